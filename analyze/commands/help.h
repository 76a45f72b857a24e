/* What --help prints, from the tables of commands and options. */
#ifndef MAILWHY_HELP_H
#define MAILWHY_HELP_H

#include "analyze/commands/command.h"

/* Append a command's synopsis, its sub-commands, and the options that it takes, in lines of 80 columns. */
void help_write(const struct command *command, GString *out);

#endif
