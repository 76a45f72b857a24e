/* `mailwhy rules draft INPUT --cause CAUSE`. */
#ifndef MAILWHY_RULES_DRAFT_H
#define MAILWHY_RULES_DRAFT_H

#include "analyze/commands/options.h"

int rules_draft(struct options *options);

#endif
