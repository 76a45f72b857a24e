/* `mailwhy rules missing INPUT...`: the replies that no rule knows, with skeletons of rules for them. */
#ifndef MAILWHY_RULES_MISSING_H
#define MAILWHY_RULES_MISSING_H

#include "analyze/commands/options.h"

int rules_missing(struct options *options); /* an exit status */

#endif
