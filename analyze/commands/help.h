/* What --help prints, from the tables of commands and options. */
#ifndef MAILWHY_HELP_H
#define MAILWHY_HELP_H

#include "analyze/commands/command.h"

/* Append a command's synopsis, its sub-commands, and the options that it takes, in lines of 80 columns. */
void help_write(const struct command *command, GString *out);

/* Print it; returns an exit status. */
int help_show(const struct command *command);

/* `mailwhy help [COMMAND]` */
int command_help(struct options *options);

#endif
