/* Replies differ in addresses, ids and times, and mean the same: what varies is taken out of the text, so
 * that the rest tells which of them are alike. */
#ifndef MAILWHY_REPLY_KIND_H
#define MAILWHY_REPLY_KIND_H

#include "parsers/log/event.h"

/* Who answered: what others tried to send in was answered by this host itself. */
static inline struct slice reply_relay(const struct log_event *e) {
    return e->kind == LOG_REJECT ? SLICE_EMPTY : e->relay;
}

/* Write the event's text at `out` with stand-ins for what varies; returns the end. It takes no more room than
 * the text. */
char *reply_kind_write(char *out, const struct log_event *event);

#endif
