/* `mailwhy config`: each setting, and where it came from. */
#ifndef MAILWHY_COMMAND_CONFIG_H
#define MAILWHY_COMMAND_CONFIG_H

#include "analyze/commands/options.h"

int command_config(struct options *options);

#endif
