/* `mailwhy log FILE...`: what became of every recipient in mail logs. */
#ifndef MAILWHY_COMMAND_LOG_H
#define MAILWHY_COMMAND_LOG_H

#include "analyze/commands/options.h"

int command_log(struct options *options); /* an exit status */

#endif
