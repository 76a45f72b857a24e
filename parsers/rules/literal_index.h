/* The index over what many patterns need, for one pass over a text (literal_scan.h). Plain arrays, so that
 * the one of the built-in rules can be made when mailwhy is built. */
#ifndef MAILWHY_LITERAL_INDEX_H
#define MAILWHY_LITERAL_INDEX_H

#include "parsers/rules/literal.h"

#include <stdint.h>

#define LITERAL_SLOTS 32768 /* a power of two */

struct literal_entry {
    uint32_t literal; /* its offset in the pool */
    uint32_t lead;    /* the first branch that it leads to */
    uint16_t leads;
    uint16_t next;          /* entry in the same slot; 0 ends */
    uint8_t length, offset; /* of the three bytes that lead to it */
    uint8_t first, last;    /* its bytes, by which most texts are told from it */
};

/* Literals of which one must be there. */
struct literal_group {
    uint32_t first;
    uint16_t count;
};

/* A branch. Its rarest set leads to it; the others are asked for only then. */
struct literal_target {
    uint32_t pattern, group;
    uint8_t groups;
};

struct literal_index {
    uint32_t patterns, entry_count, lead_count, target_count, group_count, member_count, always_count,
        pool_size;
    const struct literal_entry *entries;  /* [0] is unused */
    const uint32_t *leads;                /* branches */
    const struct literal_target *targets; /* per branch */
    const struct literal_group *groups;
    const uint16_t *members; /* entries */
    const uint32_t *always;  /* patterns without literals */
    const uint16_t *slots;   /* LITERAL_SLOTS */
    const uint64_t *used;    /* a bit for each slot: small enough to stay in the cache */
    const char *pool;
};

static inline uint32_t literal_slot(const char *three) {
    const unsigned char *p = (const unsigned char *)three;
    return (((uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16) * 2654435761U) >> 17;
}

/* `typical` is text of the kind that will be scanned, in folded case: what is common in it is not looked
 * for first. The result is to be freed with literal_index_free. */
struct literal_index *literal_index_build(const struct literal_need *needs, size_t patterns,
                                          struct slice typical);
void literal_index_free(struct literal_index *index);

#endif
