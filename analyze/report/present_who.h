/* Who sent, who was refused, how long it took: what a log says beside the causes, as a page. */
#ifndef MAILWHY_PRESENT_WHO_H
#define MAILWHY_PRESENT_WHO_H

#include "analyze/deliveries/table_rows.h"
#include "analyze/report/page.h"

/* Which accounts, users, scripts and addresses of ours sent what was refused because of the sender. */
void present_origins(struct page *p, const struct log_tables *t);

/* How long it took, in one line. */
void present_delay(struct page *p, const struct log_tables *t);

/* From which clients and as which users; nothing where there were none. */
void present_failed_logins(struct page *p, const struct log_tables *t);

/* What -v adds: delays, the busiest, refused clients, failed logins, versions of TLS, hours and days. */
void present_statistics(struct page *p, const struct log_tables *t);

/* Who of ours may have caused it, and by what that shows: "64 of its 191 recipients do not exist: …"; nobody:
 * no value. */
struct value suspect_words(struct page *p, const struct log_tables *t, const struct cause_count *cause);

#endif
