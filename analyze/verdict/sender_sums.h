/* Who sends in the name of which domain, by many DMARC aggregate reports: the sources of each (sources.h),
 * summed by domain, address and standing. Of a report that comes twice one counts. */
#ifndef MAILWHY_SENDER_SUMS_H
#define MAILWHY_SENDER_SUMS_H

#include "analyze/verdict/reports_once.h"
#include "analyze/verdict/sources.h"

#include <glib.h>

#define LIMIT_SENDER_SUMS 20000 /* that are told apart; the messages of others are counted only */
#define LIMIT_SENDER_TEXT 200   /* bytes of each name */

struct sender_sum {
    struct slice domain; /* in whose name */
    struct source source;
    struct feedback_row row; /* what the source points to: its address */
};

struct sender_sums {
    struct arena arena;
    struct reports_once once;
    struct hash_table sums; /* struct sender_sum */
    GPtrArray *list;        /* struct sender_sum *; NULL: no report was read */
    int64_t messages, passed, left_out;
};

/* Of one domain. */
struct domain_sources {
    struct slice domain;
    struct sources sources;
};

/* Append what a report says, as bytes; nothing where it is none. Returns the number of its sources. */
uint32_t sender_facts_write(GString *out, const struct feedback *feedback, struct arena *arena);

/* Take `count` sources of a report off the bytes. `sums` may be NULL: they are passed over. */
bool sender_facts_take(struct slice *bytes, uint32_t count, struct sender_sums *sums);

/* By domain, those with most messages that do not pass first. */
struct domain_sources *sender_sums_by_domain(const struct sender_sums *sums, size_t *count,
                                             struct arena *arena);

void sender_sums_free(struct sender_sums *sums);

#endif
