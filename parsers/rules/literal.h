/* Which of many patterns can match a text: every branch of a pattern names sets of literals; of each
 * set one must be in the text, and one pass over the text finds the patterns for which that is so. */
#ifndef MAILWHY_LITERAL_H
#define MAILWHY_LITERAL_H

#include "parsers/base/arena.h"

#include <stdint.h>

#define LITERAL_LEAST 3  /* shorter literals do not filter */
#define LITERAL_MOST  80 /* sets with more literals do not filter */

struct literal_set {
    struct slice *literals; /* one of these, in folded case */
    size_t count;
};

struct literal_branch {
    const struct literal_set **sets; /* all of these */
    size_t count;
};

/* What a pattern asks of a text. */
struct literal_need {
    struct literal_branch *branches; /* one of these; none: the pattern is always tried */
    size_t count;
    unsigned weight; /* characters that any match holds at least: how specific the pattern is */
};

struct literal_need literal_extract(struct arena *arena, const char *regex);

/* The index over what many patterns need. Plain arrays, so that the one of the built-in rules can be
 * made when mailwhy is built. */
#define LITERAL_SLOTS 32768 /* a power of two */

struct literal_entry {
    uint32_t literal; /* its offset in the pool */
    uint32_t lead;    /* the first branch that it leads to */
    uint16_t leads;
    uint16_t next;          /* entry in the same slot; 0 ends */
    uint8_t length, offset; /* of the three bytes that lead to it */
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

/* Call `found` once for every pattern that can match `text` (case folded), in no order. */
typedef void literal_found(void *context, size_t pattern);
struct literal_scan; /* scratch of one thread */
struct literal_scan *literal_scan_new(const struct literal_index *index);
void literal_scan_free(struct literal_scan *scan);
void literal_scan_text(struct literal_scan *scan, struct slice text, literal_found *found, void *context);

#endif
