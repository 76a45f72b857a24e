/* `mailwhy rules check|test|list|missing`: the rules' own commands. Each returns an exit status. */
#ifndef MAILWHY_COMMAND_RULES_H
#define MAILWHY_COMMAND_RULES_H

#include "analyze/commands/options.h"

int rules_check(struct options *options);
int rules_list(struct options *options);
int rules_test(struct options *options);    /* rules_test.c */
int rules_missing(struct options *options); /* rules_missing.c */

#endif
