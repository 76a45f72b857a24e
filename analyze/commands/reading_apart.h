/* Who reads what strangers wrote may not rename files, and not use the network: where a command ends with
 * that, the reading is done by a process of its own, and what it writes is taken as bytes. */
#ifndef MAILWHY_READING_APART_H
#define MAILWHY_READING_APART_H

#include "analyze/commands/output.h"
#include "analyze/mailwhy.h"

#include <glib.h>

/* Call `run`, which enters a sandbox and writes to `output`: in this process where that is standard output,
 * else in another. Returns its exit status; STATUS_BUG where it died, and the output is then dropped. */
int reading_apart(struct output *output, int (*run)(void *context), void *context);

/* Always in another process: `run` writes to `output`, which here may be OUTPUT_CLOSED; `take`
 * gets the bytes here. */
int reading_collect(struct output *output, int (*run)(void *context), void *context, mailwhy_sink *take,
                    void *take_context);

/* The same for who asks the DNS: its output is appended to `text`, and nothing of it where it died
 * (STATUS_BUG), as it does where it has not ended by the deadline (as g_get_monotonic_time counts), or has
 * more than `most` bytes to say. */
int asking_collect(struct output *output, int (*run)(void *context), void *context, gint64 deadline,
                   gsize most, GString *text);

#endif
