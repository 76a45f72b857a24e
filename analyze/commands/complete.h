/* Completion of a command line: the scripts in completions/ ask the program what can stand at the cursor, and
 * so know every option and command that the tables have. */
#ifndef MAILWHY_COMPLETE_H
#define MAILWHY_COMPLETE_H

#include "analyze/commands/command.h"

/* What can stand as the last of the words (without "mailwhy"; the last one may be empty or begun)? Appends
 * lines "word TAB description", which need not begin as the last word does, and returns what else the shell
 * shall offer. Of "--option=…" only the argument is offered. */
enum completion complete_line(const struct command *program, const char *const *words, size_t count,
                              GString *offers);

/* `mailwhy __complete -- WORD...`: print "files", "hosts" or "words" (nothing else), and the lines. Returns
 * an exit status. */
int command_complete(struct options *options);

#endif
