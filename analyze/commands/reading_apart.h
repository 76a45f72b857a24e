/* Who reads what strangers wrote may not rename files, and -o ends with that: the reading is then done by a
 * process of its own, and what it writes is taken as bytes. */
#ifndef MAILWHY_READING_APART_H
#define MAILWHY_READING_APART_H

#include "analyze/commands/output.h"

/* Call `run`, which enters a sandbox and writes to `output`: in this process where that is standard output,
 * else in another. Returns its exit status; STATUS_BUG where it died, and the output is then dropped. */
int reading_apart(struct output *output, int (*run)(void *context), void *context);

#endif
