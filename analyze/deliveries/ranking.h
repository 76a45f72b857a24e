/* Who did most: names with what was counted of each, exactly and in any order of counting. A name's row
 * stands near, at the place that its hash says, until another name comes there: then it is set aside, packed
 * (ranked_store.h), until all is added up. Where even that is too much, the names with the least are
 * forgotten; what is told of the busiest is then nearly right. */
#ifndef MAILWHY_RANKING_H
#define MAILWHY_RANKING_H

#include "analyze/deliveries/ranked_store.h"
#include "parsers/base/hash_table.h"

#define FEW_RANKED   4096               /* names that are told of at most, the heaviest */
#define LIMIT_RANKED ((size_t)48 << 20) /* bytes of packed rows: of a million names of 25 bytes, and more */

struct near_row;

struct ranking { /* all zero: empty */
    struct arena arena;
    struct near_row *near;
    char lower[RANKED_NAME]; /* the name that is looked for */
    uint64_t message;        /* that is being counted; 0: none */
    struct hash_table gone;  /* by the hashes of names: rows that it has a part in, and were set aside */
    struct ranked_store aside;
    GPtrArray *rows; /* struct ranked *: once sorted, the heaviest of all */
    size_t limit;    /* of bytes that are set aside; 0: LIMIT_RANKED */
    bool is_pruned;
};

/* The row of a name, in which case does not count, while a message is counted (its number + 1), or nothing of
 * a message (0). It stands until another name is asked for. */
struct ranked *ranking_of(struct ranking *ranking, struct slice name, uint64_t message);

/* Count a recipient of a message under it. */
void ranked_count(struct ranked *row, const struct delivery *d);

/* Note the address of the client that handed a message in. */
void ranked_note_client(struct ranked *row, struct slice address);

/* Set all rows aside and give those of each name as one, with those of `shared` (NULL: none), which count for
 * another ranking too: see ranked_store_each. */
void ranking_each(struct ranking *ranking, struct ranking *shared, const uint64_t *least, ranked_sink *sink,
                  void *context);

/* The heaviest of these rows by falling weight, then by how many were refused because of the sender, then by
 * name, once all is counted. */
enum ranked_by { RANKED_BY_RECIPIENTS, RANKED_BY_TIMES };
void ranking_sort(struct ranking *ranking, struct ranking *shared, enum ranked_by by);

/* Free what it was counted from; what was sorted stays. */
void ranking_forget(struct ranking *ranking);

void ranking_free(struct ranking *ranking);

#endif
