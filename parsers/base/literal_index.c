/* The index over required literals: three bytes of each literal, chosen so that few literals share
 * them, lead to the literals that hold them, and each literal to the patterns that ask for it. */
#include "parsers/base/literal.h"

#include <glib.h>
#include <stdint.h>

#define SLOTS     32768 /* a power of two */
#define MOST_SETS 3     /* sets of a branch that are asked for */

/* One branch's set that a literal fulfils. */
struct use {
    uint32_t next; /* of the same literal; 0 ends */
    uint32_t branch;
    uint8_t set; /* one bit */
};

struct branch {
    uint32_t pattern;
    uint8_t wanted; /* a bit for each of its sets */
};

struct entry {
    uint32_t next; /* in the same slot; 0 ends */
    uint32_t use;
    uint32_t offset; /* of the three bytes in the literal */
    struct slice literal;
};

struct literal_index {
    size_t patterns;
    const struct literal_need **needs; /* per pattern */
    GArray *branches;  /* struct branch */
    GArray *entries;   /* struct entry; [0] is unused */
    GArray *uses;      /* struct use; [0] is unused */
    GArray *always;    /* uint32_t: patterns without literals */
    GHashTable *known; /* literal → its number */
    uint32_t slots[SLOTS];
    uint16_t crowd[SLOTS];
    uint64_t used[SLOTS / 64]; /* a bit for each slot that is not empty: small enough to stay in the cache */
};

struct state {
    uint32_t round;
    uint8_t have;
};

struct literal_scan {
    const struct literal_index *index;
    uint32_t round;
    uint32_t *seen;       /* per literal: the round in which it was found */
    uint32_t *told;       /* per pattern: the round in which it was told */
    struct state *states; /* per branch */
};

static uint32_t slot_of(const char *p) {
    uint32_t v = (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8 |
                 (uint32_t)(unsigned char)p[2] << 16;
    return (v * 2654435761U) >> 17;
}

struct literal_index *literal_index_new(size_t patterns) {
    struct literal_index *index = g_new0(struct literal_index, 1);
    index->patterns = patterns;
    index->needs = g_new0(const struct literal_need *, patterns + 1);
    index->branches = g_array_new(FALSE, FALSE, sizeof(struct branch));
    index->entries = g_array_new(FALSE, TRUE, sizeof(struct entry));
    index->uses = g_array_new(FALSE, TRUE, sizeof(struct use));
    g_array_set_size(index->entries, 1);
    g_array_set_size(index->uses, 1);
    index->always = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    index->known = g_hash_table_new(g_str_hash, g_str_equal);
    return index;
}

static uint32_t add_literal(struct literal_index *index, struct slice literal) {
    size_t best = 0;
    for (size_t i = 1; i + LITERAL_LEAST <= literal.len; i++)
        if (index->crowd[slot_of(literal.ptr + i)] < index->crowd[slot_of(literal.ptr + best)])
            best = i;
    uint32_t slot = slot_of(literal.ptr + best);
    struct entry e = {.next = index->slots[slot], .offset = (uint32_t)best, .literal = literal};
    uint32_t number = index->entries->len;
    index->slots[slot] = number;
    index->crowd[slot]++;
    index->used[slot / 64] |= (uint64_t)1 << slot % 64;
    g_array_append_val(index->entries, e);
    return number;
}

static void add_use(struct literal_index *index, struct slice literal, uint32_t branch, uint8_t set) {
    uint32_t number = GPOINTER_TO_UINT(g_hash_table_lookup(index->known, literal.ptr));
    if (!number) {
        number = add_literal(index, literal);
        g_hash_table_insert(index->known, (gpointer)literal.ptr, GUINT_TO_POINTER(number));
    }
    struct entry *e = &g_array_index(index->entries, struct entry, number);
    struct use use = {e->use, branch, set};
    e->use = index->uses->len;
    g_array_append_val(index->uses, use);
}

void literal_index_add(struct literal_index *index, size_t pattern, const struct literal_need *need) {
    index->needs[pattern] = need;
}

static unsigned popularity(const struct literal_set *set, GHashTable *counts) {
    unsigned most = 0;
    for (size_t i = 0; i < set->count; i++)
        most = MAX(most, GPOINTER_TO_UINT(g_hash_table_lookup(counts, set->literals[i].ptr)));
    return most;
}

static void count_branch(GHashTable *counts, const struct literal_branch *branch) {
    for (size_t i = 0; i < branch->count; i++)
        for (size_t k = 0; k < branch->sets[i].count; k++) {
            char *literal = (char *)branch->sets[i].literals[k].ptr;
            unsigned n = GPOINTER_TO_UINT(g_hash_table_lookup(counts, literal));
            g_hash_table_insert(counts, literal, GUINT_TO_POINTER(n + 1));
        }
}

/* Words that many patterns hold tell little and cost much: of each branch the rarest sets are kept. */
static void add_branch(struct literal_index *index, uint32_t pattern, const struct literal_branch *branch,
                       GHashTable *counts) {
    struct branch b = {.pattern = pattern};
    bool is_taken[LITERAL_SETS] = {false};
    for (unsigned bit = 0; bit < MOST_SETS && bit < branch->count; bit++) {
        size_t best = branch->count;
        for (size_t i = 0; i < branch->count; i++)
            if (!is_taken[i] && (best == branch->count || popularity(&branch->sets[i], counts) <
                                                              popularity(&branch->sets[best], counts)))
                best = i;
        is_taken[best] = true;
        b.wanted |= (uint8_t)(1u << bit);
        for (size_t k = 0; k < branch->sets[best].count; k++)
            add_use(index, branch->sets[best].literals[k], index->branches->len, (uint8_t)(1u << bit));
    }
    g_array_append_val(index->branches, b);
}

void literal_index_finish(struct literal_index *index) {
    GHashTable *counts = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t p = 0; p < index->patterns; p++)
        for (size_t i = 0; i < index->needs[p]->count; i++)
            count_branch(counts, &index->needs[p]->branches[i]);
    for (uint32_t p = 0; p < index->patterns; p++) {
        if (index->needs[p]->count == 0)
            g_array_append_val(index->always, p);
        for (size_t i = 0; i < index->needs[p]->count; i++)
            add_branch(index, p, &index->needs[p]->branches[i], counts);
    }
    g_hash_table_destroy(counts);
}

void literal_index_free(struct literal_index *index) {
    if (!index)
        return;
    g_array_free(index->entries, TRUE);
    g_array_free(index->uses, TRUE);
    g_array_free(index->always, TRUE);
    g_hash_table_destroy(index->known);
    g_array_free(index->branches, TRUE);
    g_free(index->needs);
    g_free(index);
}

struct literal_scan *literal_scan_new(const struct literal_index *index) {
    struct literal_scan *scan = g_new0(struct literal_scan, 1);
    scan->index = index;
    scan->seen = g_new0(uint32_t, index->entries->len);
    scan->told = g_new0(uint32_t, index->patterns + 1);
    scan->states = g_new0(struct state, index->branches->len + 1);
    return scan;
}

void literal_scan_free(struct literal_scan *scan) {
    if (!scan)
        return;
    g_free(scan->seen);
    g_free(scan->told);
    g_free(scan->states);
    g_free(scan);
}

static bool entry_is_at(const struct entry *e, struct slice text, size_t at) {
    if (at < e->offset || at - e->offset + e->literal.len > text.len)
        return false;
    return memcmp(text.ptr + at - e->offset, e->literal.ptr, e->literal.len) == 0;
}

/* A literal was found: the patterns for which it was the last one missing can match. */
static void literal_use(struct literal_scan *scan, uint32_t use, literal_found *found, void *context) {
    const struct use *uses = (const struct use *)(void *)scan->index->uses->data;
    for (; use; use = uses[use].next) {
        struct state *s = &scan->states[uses[use].branch];
        const struct branch *b = &g_array_index(scan->index->branches, struct branch, uses[use].branch);
        if (s->round != scan->round)
            *s = (struct state){scan->round, 0};
        s->have |= uses[use].set;
        if (s->have != b->wanted || scan->told[b->pattern] == scan->round)
            continue;
        scan->told[b->pattern] = scan->round;
        found(context, b->pattern);
    }
}

static void try_slot(struct literal_scan *scan, uint32_t slot, struct slice text, size_t at, literal_found *found,
                     void *context) {
    const struct entry *entries = (const struct entry *)(void *)scan->index->entries->data;
    for (uint32_t i = scan->index->slots[slot]; i; i = entries[i].next)
        if (scan->seen[i] != scan->round && entry_is_at(&entries[i], text, at)) {
            scan->seen[i] = scan->round;
            literal_use(scan, entries[i].use, found, context);
        }
}

void literal_scan_text(struct literal_scan *scan, struct slice text, literal_found *found, void *context) {
    const struct literal_index *index = scan->index;
    scan->round++;
    for (size_t at = 0; at + LITERAL_LEAST <= text.len; at++) {
        uint32_t slot = slot_of(text.ptr + at);
        if (index->used[slot / 64] >> slot % 64 & 1)
            try_slot(scan, slot, text, at, found, context);
    }
    for (guint i = 0; i < index->always->len; i++)
        found(context, g_array_index(index->always, uint32_t, i));
}
