/* What happened to the mail on its way: lists, forwarding, loops. */
#ifndef MAILWHY_STORY_H
#define MAILWHY_STORY_H

#include "analyze/chain/building.h"

void chain_describe(struct chain_building *b);

#endif
