/* The replies in an input: of a message, or a text with one reply per line. */
#ifndef MAILWHY_EACH_REPLY_H
#define MAILWHY_EACH_REPLY_H

#include "analyze/internal.h"
#include "parsers/base/input.h"

/* Of each verdict: the words of its reply and the name of its input, as they may be shown; `report` is NULL
 * of a bare reply. What they point to stands until the next call. */
typedef void each_reply_found(void *context, const struct report *report, const struct verdict *verdict,
                              struct slice words, struct slice where);

void each_reply(struct mailwhy_worker *worker, const char *path, const struct input *file,
                each_reply_found *found, void *context);

#endif
