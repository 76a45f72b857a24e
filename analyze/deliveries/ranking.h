/* Who did most: names with what was counted of each, in bounded memory. Where there are more names than are
 * kept, those with the least are forgotten from time to time; what is told of the busiest is then nearly
 * right. */
#ifndef MAILWHY_RANKING_H
#define MAILWHY_RANKING_H

#include "analyze/deliveries/delivery.h"
#include "parsers/base/hash_table.h"

#define LIMIT_RANKED 4096 /* names that are kept of one ranking */
#define RANKED_NAME  200  /* bytes of a name that are kept */

struct ranked {
    struct slice name;
    size_t room; /* for the name, where it stands */
    uint64_t hash, last_message;
    uint64_t of[RECIPIENT_OUTCOMES]; /* recipients */
    uint64_t messages, bytes;
    uint64_t times;              /* of what is no recipient: refusals, logins, connections */
    uint64_t hit;                /* recipients refused because of the sender (cause_hits_sender) */
    int64_t first, first_hit;    /* times; -1: none */
    const struct cause *top_hit; /* the cause of the first of these */
};

struct ranking { /* all zero: empty */
    struct arena arena;
    struct hash_table names;
    GPtrArray *rows;   /* struct ranked * */
    GPtrArray *unused; /* rows that were forgotten, with the room of their names */
    bool is_pruned;
};

/* The row of a name, in which case does not count. */
struct ranked *ranking_of(struct ranking *ranking, struct slice name);

/* Count a recipient of a message under it. */
void ranked_count(struct ranked *row, const struct delivery *d);

/* The rows by falling weight, then by name. */
enum ranked_by { RANKED_BY_RECIPIENTS, RANKED_BY_TIMES };
void ranking_sort(struct ranking *ranking, enum ranked_by by);

void ranking_free(struct ranking *ranking);

#endif
