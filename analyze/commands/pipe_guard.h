/* `--pipe`: the promise to a mail system that hands over mail. Whoever runs a command for mail bounces it on
 * most exit statuses, and Exim on death by a signal; with --pipe there are two ends: 0, the report is wholly
 * written, and 75 (EX_TEMPFAIL), keep the mail and try again. */
#ifndef MAILWHY_PIPE_GUARD_H
#define MAILWHY_PIPE_GUARD_H

#include <stdbool.h>

/* Is --pipe, or the beginning of it, among the words, whatever else is wrong with them? */
bool pipe_guard_is_wanted(int argc, char **argv);

/* Run the program in a child process and wait for it. Returns the exit status: 0 or 75, also when the child
 * is ended by a signal or has no memory left. Signals that this process gets are passed on to the child. In
 * the child, returns -1: it is to run the program. */
int pipe_guard_begin(void);

#endif
