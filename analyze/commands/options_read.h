/* The parser of the command line. */
#ifndef MAILWHY_OPTIONS_READ_H
#define MAILWHY_OPTIONS_READ_H

#include "analyze/commands/options.h"

/* Read the command line: options may stand before and after the command's words. options->command is the
 * command that was found below `program`, or `program` itself; arguments are what is left. What
 * they leave open is that of the configuration. Returns STATUS_OK, or STATUS_USAGE or STATUS_CONFIG when it
 * has said what is wrong. */
int options_read(struct options *options, int argc, char **argv, const struct command *program);

#endif
