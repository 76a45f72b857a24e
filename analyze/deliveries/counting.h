/* Counting what became of each recipient, and what else a log tells of. */
#ifndef MAILWHY_COUNTING_H
#define MAILWHY_COUNTING_H

#include "analyze/deliveries/totals.h"

/* Count a recipient. `matcher` knows providers by their hosts; NULL: none is looked up. */
void totals_count(struct totals *t, const struct delivery *d, const struct matcher *matcher);

/* One that nobody asked for: all that counts of it is whether somebody answered. */
void totals_note_unasked(struct totals *t, const struct delivery *d);

/* Count what this server refused to take. */
void totals_count_reject(struct totals *t, const struct delivery *d);

/* Count a failed login, and a connection with TLS. */
void totals_count_login(struct totals *t, const struct log_event *e, unsigned times);
void totals_count_tls(struct totals *t, const struct log_event *e);

#endif
