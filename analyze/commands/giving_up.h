/* Libraries that give up, as GLib does where there is no memory: they abort. The program then ends with a
 * word and with STATUS_BUG, and leaves no file; --pipe makes 75 of it. What the C library itself finds to be
 * broken (a stack, the heap) still ends it by a signal. */
#ifndef MAILWHY_GIVING_UP_H
#define MAILWHY_GIVING_UP_H

/* To be called first. */
void giving_up_begin(void);

/* End. `why` may come from anywhere. */
void giving_up(const char *why) __attribute__((noreturn));

#endif
