/* The parts of `mailwhy rules`. */
#ifndef MAILWHY_COMMAND_RULES_H
#define MAILWHY_COMMAND_RULES_H

#include "analyze/commands/options.h"
#include "analyze/internal.h"

int rules_test(struct options *options);    /* rules_test.c */
int rules_missing(struct options *options); /* rules_missing.c */

#endif
