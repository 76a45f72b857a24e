/* How well mail to each domain is secured, by many TLS reports (RFC 8460): sessions, and failures by their
 * type and host. Of a report that comes twice one counts. */
#ifndef MAILWHY_TLS_SUMS_H
#define MAILWHY_TLS_SUMS_H

#include "analyze/verdict/reports_once.h"
#include "parsers/feedback/feedback_facts.h"

#include <glib.h>

#define LIMIT_TLS_SUMS                                                                                       \
    20000                  /* domains and failures that are told apart; the sessions of others are left out */
#define LIMIT_TLS_TEXT 200 /* bytes of each name */

/* Of a domain, or (with `type`) of one kind of failure at one of its hosts. */
struct tls_sum {
    struct slice domain, type, host;
    int64_t secured, failed;     /* sessions */
    const struct tls_sum *whole; /* of a failure: what its domain has; NULL: it has no sum */
};

struct tls_sums {
    struct arena arena;
    struct reports_once once;
    struct hash_table sums;
    GPtrArray *list; /* struct tls_sum *; NULL: no report was read */
    int64_t left_out;
};

/* Append what a report says, as bytes; nothing where it is none. Returns the number of its sums. */
uint32_t tls_facts_write(GString *out, const struct feedback *feedback);

/* Take `count` sums of a report off the bytes. `sums` may be NULL: they are passed over. */
bool tls_facts_take(struct slice *bytes, uint32_t count, struct tls_sums *sums);

/* Put them in order: domains by the sessions that failed, most first, each before its failures. */
void tls_sums_sort(const struct tls_sums *sums);

void tls_sums_free(struct tls_sums *sums);

#endif
