/* What the files of the configuration set: mailwhy.conf of the system, then of the user, then the options. A
 * name there is that of an option, whose row of option_table.c says for which commands it holds. */
#ifndef MAILWHY_CONFIGURATION_H
#define MAILWHY_CONFIGURATION_H

#include "analyze/commands/options.h"

/* Read mailwhy.conf in these folders, the one that counts most first, for the command of the options.
 * STATUS_CONFIG: something is wrong with a file, and has been said. */
int configuration_read(struct options *options, const char *const *folders, size_t count);

/* The same in the folders of config_place.h, where the command takes --no-config and it was not given. */
int configuration_read_default(struct options *options);

/* Was the value of that option given by a file, and not typed? */
bool configuration_gave(const struct configuration *configuration, const char *option);

#endif
