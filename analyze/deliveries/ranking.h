/* Who did most: names with what was counted of each, exactly and in any order of counting, up to a million
 * names. A table of few is looked up; what is light in it is set aside from time to time, in room that is not
 * looked at again until all is added up. Where even that is full, those with the least are forgotten; what is
 * told of the busiest is then nearly right. */
#ifndef MAILWHY_RANKING_H
#define MAILWHY_RANKING_H

#include "analyze/deliveries/delivery.h"
#include "parsers/base/hash_table.h"

#define FEW_RANKED   4096    /* names that are looked up, and at most told of, the heaviest */
#define LIMIT_RANKED 1000000 /* rows that are set aside */
#define RANKED_NAME  200     /* bytes of a name that are kept */

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
    GPtrArray *rows;   /* struct ranked *: those that are looked up; once sorted, the heaviest of all */
    GPtrArray *aside;  /* struct ranked *: the others, several of one name; once added up, one of each name */
    GPtrArray *unused; /* rows that were forgotten, with the room of their names */
    size_t limit;      /* of rows that are set aside; 0: LIMIT_RANKED */
    size_t most;       /* rows that are looked up: FEW_RANKED, and more where one message has more */
    bool is_pruned;
};

/* The row of a name, in which case does not count. */
struct ranked *ranking_of(struct ranking *ranking, struct slice name);

/* Count a recipient of a message under it. */
void ranked_count(struct ranked *row, const struct delivery *d);

/* Set all rows aside and add up those of one name: `aside` then has all that was counted, in no order. */
void ranking_add_up(struct ranking *ranking);

/* Add what was counted of the same name elsewhere; its messages are others. */
void ranked_add(struct ranked *row, const struct ranked *other);

/* The heaviest rows by falling weight, then by name, once all is counted. */
enum ranked_by { RANKED_BY_RECIPIENTS, RANKED_BY_TIMES };
void ranking_sort(struct ranking *ranking, enum ranked_by by);

void ranking_free(struct ranking *ranking);

#endif
