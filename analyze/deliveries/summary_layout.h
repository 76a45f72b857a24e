/* What summary_bytes.c writes and summary_read.c reads: what was counted of logs as bytes, which add up,
 * associatively and in any order (docs/decisions/0011-stages.md). SUMMARY_MAGIC, the length of the records,
 * the records, and their check: a piece that was cut or damaged is refused whole. Records, each behind a
 * letter, first those that say which logs were read, and with what; numbers are written as LEB128, those that
 * may be -1 plus one; domains and causes are named once, and meant by the order of these. */
#ifndef MAILWHY_SUMMARY_LAYOUT_H
#define MAILWHY_SUMMARY_LAYOUT_H

#include "analyze/deliveries/log_summary.h"
#include "analyze/version.h"

#define SUMMARY_MAGIC "mailwhy counted 4 " MAILWHY_VERSION "\n"
#define SUMMARY_CHECK 8 /* bytes behind the records: their hash_alike, lowest first */

enum summary_map { MAP_BY_DOMAIN, MAP_BY_SENDER, MAP_MATRIX, MAP_TIMELINE, MAP_REJECTS, MAPS };

/* A map of the totals. */
struct hash_table *summary_map(struct totals *totals, enum summary_map map);

/* The i-th of the counters that only add up; NULL behind the last. */
uint64_t *summary_counter(struct log_summary *summary, size_t i);

/* What is known of the inputs beside: texts (char *), and where the names of files of events are kept. */
struct summary_notes {
    GPtrArray *names, *problems, *notes;
    int *status;         /* the worst */
    const int *statuses; /* those that there are beside 0, which ends them; NULL: any */
    uint64_t rules;      /* a number for the rules with which all are made */
    int damage;          /* the status where a piece cannot be put together with the others */
};

#endif
