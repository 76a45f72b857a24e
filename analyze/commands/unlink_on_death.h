/* A file that goes when a signal ends the program. */
#ifndef MAILWHY_UNLINK_ON_DEATH_H
#define MAILWHY_UNLINK_ON_DEATH_H

#include <signal.h>

/* From now on, a signal that would end this process removes `name` (at most 31 bytes) from `folder` first;
 * the process then ends by that signal as it would have. One file at a time. Signals that are ignored stay
 * so; a child that is forked later leaves the file alone. exit() removes it too. */
void unlink_on_death(int folder, const char *name);

/* This process is about to end by _exit(): remove the file. */
void unlink_now(void);

/* The file is to stay, or is gone already. */
void unlink_on_death_end(void);

/* Let no signal come between two steps: block all in this thread, and what was blocked before. */
void signals_hold(sigset_t *before);
void signals_release(const sigset_t *before);

#endif
