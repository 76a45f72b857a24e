/* `mailwhy rules test [FILE...]`: is every example judged by its own rule? */
#ifndef MAILWHY_RULES_TEST_H
#define MAILWHY_RULES_TEST_H

#include "analyze/commands/options.h"

int rules_test(struct options *options); /* an exit status */

#endif
