/* `mailwhy rules check|list`: are the rules well formed, and which are there? Each returns an exit status. */
#ifndef MAILWHY_COMMAND_RULES_H
#define MAILWHY_COMMAND_RULES_H

#include "analyze/commands/options.h"

int rules_check(struct options *options);
int rules_list(struct options *options);

#endif
