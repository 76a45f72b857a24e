/* The index over what many patterns need, for one pass over a text (literal_scan.h). Plain arrays, so that
 * the one of the built-in rules can be made when mailwhy is built. */
#ifndef MAILWHY_LITERAL_INDEX_H
#define MAILWHY_LITERAL_INDEX_H

#include "parsers/rules/literal.h"

#include <stdint.h>

#define LITERAL_SLOTS 32768 /* a power of two */

struct literal_entry {
    uint32_t literal;       /* its offset in the pool */
    uint32_t lead;          /* the first branch that it leads to, up to that of the next entry */
    uint8_t length, offset; /* of the three bytes that lead to it */
    uint8_t first, last;    /* its bytes, by which most texts are told from it */
    uint8_t is_last;        /* of those in the same slot, which stand side by side */
};

/* A branch. Its rarest set leads to it; what else it needs is asked for only then. Most sets are of one
 * literal: its entry is needed. Else it is a group, a set of literals of which one must be there: its
 * members, up to those of the next group. */
#define LITERAL_NEEDS 2
#define LITERAL_GROUP (1U << 31) /* it is a group, not an entry */
struct literal_target {
    uint32_t pattern;
    uint32_t needs[LITERAL_NEEDS]; /* 0: nothing, nor do those behind it */
};

struct literal_index {
    uint32_t patterns, entry_count, lead_count, target_count, group_count, member_count, always_count,
        pool_size;
    const struct literal_entry *entries;  /* [0] is unused; and an end */
    const uint32_t *leads;                /* branches */
    const struct literal_target *targets; /* per branch, and an end */
    const uint32_t *groups;               /* the first member of each, and an end */
    const uint32_t *members;              /* entries */
    const uint32_t *always;               /* patterns without literals */
    const uint32_t *slots;                /* LITERAL_SLOTS: the first entry of each; 0: none */
    const uint64_t *used;                 /* a bit for each slot: small enough to stay in the cache */
    const char *pool;                     /* in the order of the entries */
};

/* Three bytes as a number, of which the last `next` is; `before`: the one that ends a byte earlier. */
static inline uint32_t literal_three(uint32_t before, char next) {
    return before >> 8 | (uint32_t)(unsigned char)next << 16;
}

static inline uint32_t literal_slot_of(uint32_t three) {
    return three * 2654435761U >> 17;
}

static inline uint32_t literal_slot(const char *three) {
    uint32_t first_two = literal_three(literal_three(0, three[0]), three[1]);
    return literal_slot_of(literal_three(first_two, three[2]));
}

/* `typical` is text of the kind that will be scanned, in folded case: what is common in it is not looked
 * for first. The result is to be freed with literal_index_free. */
struct literal_index *literal_index_build(const struct literal_need *needs, size_t patterns,
                                          struct slice typical);
void literal_index_free(struct literal_index *index);

#endif
