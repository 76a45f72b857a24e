/* Reports of receivers, each of which counts once, however often it comes. Who foresees an id may send a
 * report of that name before the receiver does: one that says something else counts, and is told. */
#ifndef MAILWHY_REPORTS_ONCE_H
#define MAILWHY_REPORTS_ONCE_H

#include "parsers/base/arena.h"
#include "parsers/base/hash_table.h"

#define LIMIT_SEEN_REPORTS 100000

struct reports_once {
    struct hash_table seen;
    uint64_t reports, repeated; /* that count, and that came again */
    uint64_t differing; /* of those that count: with the names of another one, which says another thing */
};

/* What names a report: who reports, its id, and the domain. */
enum { REPORT_BY, REPORT_ID, REPORT_DOMAIN, REPORT_NAMES };

/* Take a report's facts off the bytes with which they begin: its names, and `count` rows, each of which
 * `take` takes off. False: they make no sense. `*rows`: those that count; empty: none does, for the same was
 * counted before, or `once` is NULL. A report without an id cannot be known again. */
bool reports_once_take(struct reports_once *once, struct slice *bytes, uint32_t count,
                       bool take(struct slice *bytes), struct arena *arena, struct slice *rows);

/* Of texts and a number, letters in any case. */
uint64_t reports_hash(const struct slice *texts, size_t count, uint64_t hash);

/* The order of two texts, by letters in any case: below, at or above 0. */
int reports_compare(struct slice one, struct slice other);

#endif
