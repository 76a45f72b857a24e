/* Lines of events by the shares in which others join them: kept, and written share by share. */
#ifndef MAILWHY_EVENT_SHARES_H
#define MAILWHY_EVENT_SHARES_H

#include <glib.h>
#include <stdint.h>

#define KEPT_EVENTS ((size_t)16 << 20) /* bytes that are kept until they are written */

struct event_shares {  /* all zero: nothing is kept */
    GHashTable *lines; /* share → GString */
    size_t kept;
};

/* Keep the lines, which are taken. */
void event_shares_add(struct event_shares *shares, uint64_t share, GString *lines);

/* Append each share that has lines, and keep none: "share NUMBER BYTES\n", and the lines in their order. */
void event_shares_write(struct event_shares *shares, GString *out);
void event_shares_free(struct event_shares *shares);

#endif
