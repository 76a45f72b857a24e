/* Before the first byte that a stranger wrote is read: the sandbox (parsers/sandbox). */
#ifndef MAILWHY_READING_H
#define MAILWHY_READING_H

#include "analyze/commands/options.h"
#include "parsers/sandbox/sandbox.h"

/* Load what reading messages takes, for a process that enters the sandbox itself or starts others that do. */
void reading_prepare(void);

/* Enter the sandbox, unless the options forbid it. What is to be read and written is open, and
 * workers (mailwhy_worker_new) are there. Returns what reports have to say of it; NULL: nothing. */
const char *reading_begin(const struct options *options, enum sandbox_profile profile);

/* Let a child process that has entered the sandbox say a status. STATUS_BUG: it died. */
int reading_asked(const struct options *options, int (*say)(void *context), void *context);

#endif
