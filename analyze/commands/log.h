/* `mailwhy log FILE...`: what became of every recipient in mail logs. */
#ifndef MAILWHY_COMMAND_LOG_H
#define MAILWHY_COMMAND_LOG_H

#include "analyze/commands/inputs.h"

int command_log(struct options *options);

/* The same of inputs that are listed already. Returns an exit status. */
int log_inputs(struct options *options, const struct inputs *inputs);

#endif
