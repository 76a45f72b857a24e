/* Before the first byte that a stranger wrote is read: the sandbox (parsers/sandbox). */
#ifndef MAILWHY_READING_H
#define MAILWHY_READING_H

#include "analyze/commands/options.h"
#include "parsers/sandbox/sandbox.h"

/* Load what reading messages takes, for a process that starts others which enter the sandbox, so that each
 * need not. One that reads a single input loads it inside, when the input asks for it: most bounces do not.
 */
void reading_prepare(void);

/* Enter the sandbox, unless the options forbid it. What is to be read and written is open, and
 * workers (mailwhy_worker_new) are there. Returns what reports have to say of it; NULL: nothing. */
const char *reading_begin(const struct options *options, enum sandbox_profile profile);

/* The same of a process that reads alone, where no report says it: it is said on standard error. */
void reading_begin_aloud(const struct options *options);

/* Let a child process that has entered the sandbox say a status. STATUS_BUG: it died. */
int reading_asked(const struct options *options, int (*say)(void *context), void *context);

#endif
