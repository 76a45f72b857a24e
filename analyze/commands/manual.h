/* The generated parts of the manual page. */
#ifndef MAILWHY_MANUAL_H
#define MAILWHY_MANUAL_H

#include "analyze/commands/command.h"

/* Append, in mdoc(7), the synopsis of every command, and the list of all options. */
void manual_synopsis(const struct command *program, GString *out);
void manual_options(const struct command *program, GString *out);

/* `mailwhy __manual < docs/mailwhy.1`: print the page with these in place of the lines `.\" SYNOPSIS` and
 * `.\" OPTIONS`. Returns an exit status. */
int command_manual(struct options *options);

#endif
