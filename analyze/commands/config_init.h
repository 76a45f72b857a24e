/* `mailwhy config init INPUT...`: which hosts and domains are one's own, by what logs and messages say, as a
 * file of the configuration to look through. */
#ifndef MAILWHY_CONFIG_INIT_H
#define MAILWHY_CONFIG_INIT_H

#include "analyze/commands/options.h"

int command_config_init(struct options *options);

#endif
