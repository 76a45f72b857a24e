/* `mailwhy explain [CAUSE]...`: a cause's page, or the list of causes. */
#ifndef MAILWHY_COMMAND_EXPLAIN_H
#define MAILWHY_COMMAND_EXPLAIN_H

#include "analyze/commands/options.h"

int command_explain(struct options *options); /* an exit status */

#endif
