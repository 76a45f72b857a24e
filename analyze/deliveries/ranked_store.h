/* Rows of a ranking that are set aside: packed, in any number for one name, and added up when all is counted.
 * Each name has its place in one of PARTS by its hash, so that those of one name are found a part at a time,
 * in little memory. A row of one message takes some 20 bytes and its name. */
#ifndef MAILWHY_RANKED_STORE_H
#define MAILWHY_RANKED_STORE_H

#include "analyze/deliveries/delivery.h"
#include "parsers/base/slice.h"

#define RANKED_NAME 200 /* bytes of a name that are kept */

struct ranked {
    struct slice name;
    uint64_t hash, last_message;
    uint64_t of[RECIPIENT_OUTCOMES]; /* recipients */
    uint64_t messages, bytes;
    uint64_t times;              /* of what is no recipient: refusals, logins, connections */
    uint64_t hit;                /* recipients refused because of the sender (cause_hits_sender) */
    uint64_t unknown;            /* recipients that there are not (recipient.unknown) */
    uint64_t clients;            /* a bit for each client address, by its hash: ranked_clients */
    int64_t first, first_hit;    /* times; -1: none */
    const struct cause *top_hit; /* the cause of the first of these */
};

/* What it counts, of recipients and times. */
static inline uint64_t ranked_weight(const struct ranked *row) {
    uint64_t all = row->times;
    for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
        all += row->of[i];
    return all;
}

/* From about how many client addresses it came: as many as are to be expected where so many of 64 bits are
 * set (K.-Y. Whang et al., "A linear-time probabilistic counting algorithm", 1990); MOST_CLIENTS where all
 * are. */
unsigned ranked_clients(const struct ranked *row);
#define MOST_CLIENTS 250

/* Add what was counted of the same name elsewhere; its messages are others. */
void ranked_add(struct ranked *row, const struct ranked *other);

/* A recipient was refused for a cause that depends on the sender: of several the first is kept. */
void ranked_note_hit(struct ranked *row, int64_t time, const struct cause *cause);

#define RANKED_PARTS 16

struct ranked_chunk; /* of packed rows */

struct ranked_part {
    struct ranked_chunk *first, *last;
    size_t rows;
};

struct ranked_store { /* all zero: empty */
    struct ranked_part parts[RANKED_PARTS];
    struct ranked_chunk *unused;
    size_t bytes; /* of all rows, packed */
};

void ranked_store_put(struct ranked_store *store, const struct ranked *row);

size_t ranked_store_rows(const struct ranked_store *store); /* several of one name */

/* Give each name that weighs *least or more once, with all that was counted of it there and in `shared`
 * (NULL: nowhere else), in no order. The row stands until the sink returns, its name until rows are put or
 * added up.
 */
typedef void ranked_sink(void *context, const struct ranked *row);
void ranked_store_each(const struct ranked_store *store, const struct ranked_store *shared,
                       const uint64_t *least, ranked_sink *sink, void *context);

/* Make those of one name one row, and forget names that weigh less than `least`. */
void ranked_store_add_up(struct ranked_store *store, uint64_t least);

void ranked_store_free(struct ranked_store *store);

#endif
