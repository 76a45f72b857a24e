/* Who sent, who was refused, how long it took: what a log says beside the causes, as a page. */
#ifndef MAILWHY_PRESENT_WHO_H
#define MAILWHY_PRESENT_WHO_H

#include "analyze/deliveries/tables.h"
#include "analyze/report/page.h"

/* Which accounts, users, scripts and addresses of ours sent what was refused because of the sender. */
void present_origins(struct page *p, const struct log_tables *t);

/* How long it took, in one line. */
void present_delay(struct page *p, const struct log_tables *t);

/* What -v adds: delays, the busiest, refused clients, failed logins, versions of TLS, hours and days. */
void present_statistics(struct page *p, const struct log_tables *t);

/* "12 of 12 came from one account hackedb: …", where nearly all recipients of a cause were refused because of
 * one of ours; else no value. */
struct value one_origin(struct page *p, const struct log_tables *t, const struct cause *cause,
                        uint64_t recipients);

#endif
