/* One recipient of a record of another program's export, and what the record says of it. */
#ifndef MAILWHY_EXPORT_ENTRY_H
#define MAILWHY_EXPORT_ENTRY_H

#include "parsers/log/export_plan.h"

struct export_entry {
    struct slice recipient, event, reply, code, status, last_reply, relay, relay_ip;
    struct slice message_id; /* that a pattern found */
};

/* What the kind's patterns find in what is said of a recipient takes the place of it. What happened is told
 * by a line's own words alone: whoever answers may write the same. */
void export_entry_find(struct export_entry *e, const struct export_plan *plan, struct arena *arena);

/* Bring reply, status, recipient and relay into the form that events have. */
void export_entry_clean(struct export_entry *e, struct arena *arena);

/* Was it given up after too long (RFC 3463: 4.4.7, delivery time expired)? */
bool export_entry_is_expiry(const struct export_entry *e);

/* Is its recipient cut off? Tables on screens end values that have no room with dots. */
bool export_entry_is_cut(const struct export_entry *e);

#endif
