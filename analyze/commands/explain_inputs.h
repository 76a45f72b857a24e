/* `mailwhy [FILE|DIR|-]...`: explain every message in the inputs. */
#ifndef MAILWHY_EXPLAIN_INPUTS_H
#define MAILWHY_EXPLAIN_INPUTS_H

#include "analyze/commands/options.h"

int command_explain_inputs(struct options *options); /* an exit status */

#endif
