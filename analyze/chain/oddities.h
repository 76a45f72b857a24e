/* What does not fit together in a chain. */
#ifndef MAILWHY_ODDITIES_H
#define MAILWHY_ODDITIES_H

#include "analyze/chain/building.h"

void chain_find_problems(struct chain_building *b);

#endif
