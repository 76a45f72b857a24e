/* What words mean, roughly, in whatever language: "Postfach" and "inbox" are a mailbox. The second opinion
 * learns from concepts beside words, so that a reply in words that no example has is near those that say the
 * same. The table is made from rules/concepts.tsv when mailwhy is built (mailwhy-conceptc). */
#ifndef MAILWHY_CONCEPTS_H
#define MAILWHY_CONCEPTS_H

#include "parsers/base/slice.h"

#include <stdbool.h>
#include <stdint.h>

#define CONCEPTS_OF_WORD 2   /* a word may mean two things: "listed", of a block list or of a group */
#define CONCEPTS_MOST    127 /* the numbers that they have begin at 1 */

/* A word, or how words begin. */
enum concept_kind { CONCEPT_EMPTY, CONCEPT_WORD, CONCEPT_BEGIN, CONCEPT_BOTH };

struct concept_slot {
    uint32_t hash; /* of the word (word_hash) */
    uint8_t kind;
    uint8_t concepts[CONCEPTS_OF_WORD]; /* 0: none */
};

/* Open addressing: a power of two of places, `mask` one less. `hints`: a bit for each 16 highest bits that a
 * hash in it has; few enough to stay in the cache, so that what is no word mostly touches no other memory. */
#define CONCEPT_HINTS (65536 / 64)
struct concept_table {
    const struct concept_slot *slots;
    uint32_t mask;
    const uint64_t *hints;                        /* CONCEPT_HINTS */
    uint64_t subjects[(CONCEPTS_MOST + 64) / 64]; /* a bit for each concept's number */
};

extern const struct concept_table builtin_concepts;

/* FNV-1a, a byte at a time: of words here, and of features. */
#define WORD_HASH_BEGIN 2166136261u
static inline uint32_t word_hash(uint32_t hash, unsigned char byte) {
    return (hash ^ byte) * 16777619u;
}

static inline uint32_t concept_place(uint32_t hash, uint32_t mask) {
    return (hash ^ hash >> 15) & mask;
}

/* Is it a thing of mail (a mailbox, a sender, a list), not what is said of one (full, unknown, not)? */
static inline bool concept_is_subject(const struct concept_table *table, uint8_t concept) {
    return table->subjects[concept / 64] >> concept % 64 & 1;
}

static inline uint64_t concept_hint(uint32_t hash) {
    return (uint64_t)1 << (hash >> 16) % 64;
}

/* The concepts of the words of a text in lower case, single blanks between, in their order; one that stands
 * beside itself counts once. Of a word the longest known beginning decides; text without blanks between its
 * words (Chinese, Japanese) is taken apart at the words that are known. Returns how many, at most `most`. */
size_t concepts_of(const struct concept_table *table, struct slice words, uint8_t *concepts, size_t most);

#endif
