/* Who did most: names with what was counted of each, exactly and in any order of counting. A table of few is
 * looked up; what is light in it is set aside from time to time, packed (ranked_store.h), until all is added
 * up. Where even that is too much, the names with the least are forgotten; what is told of the busiest is
 * then nearly right. */
#ifndef MAILWHY_RANKING_H
#define MAILWHY_RANKING_H

#include "analyze/deliveries/ranked_store.h"
#include "parsers/base/hash_table.h"

#define FEW_RANKED   4096               /* names that are told of at most, the heaviest */
#define LOOKED_UP    1024               /* names that are looked up, and more where one message has more */
#define LIMIT_RANKED ((size_t)48 << 20) /* bytes of packed rows: of a million names of 25 bytes, and more */

struct ranking { /* all zero: empty */
    struct arena arena, scratch;
    struct hash_table names;
    GPtrArray *rows;   /* struct ranked *: those that are looked up; once sorted, the heaviest of all */
    GPtrArray *unused; /* rows that were set aside, with the room of their names */
    struct ranked_store aside;
    size_t limit; /* of bytes that are set aside; 0: LIMIT_RANKED */
    size_t most;  /* rows that are looked up */
    bool is_pruned;
};

/* The row of a name, in which case does not count. It stands while that message's recipients are counted. */
struct ranked *ranking_of(struct ranking *ranking, struct slice name);

/* Count a recipient of a message under it. */
void ranked_count(struct ranked *row, const struct delivery *d);

/* Set all rows aside and give those of each name as one, in no order: see ranked_store_each. */
void ranking_each(struct ranking *ranking, ranked_sink *sink, void *context);

/* The heaviest rows by falling weight, then by name, once all is counted. */
enum ranked_by { RANKED_BY_RECIPIENTS, RANKED_BY_TIMES };
void ranking_sort(struct ranking *ranking, enum ranked_by by);

void ranking_free(struct ranking *ranking);

#endif
