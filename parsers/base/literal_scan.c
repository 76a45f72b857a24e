/* One pass over a text: which patterns can match it? See literal.h. */
#include "parsers/base/literal.h"

#include <glib.h>

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

struct literal_scan *literal_scan_new(const struct literal_index *index) {
    struct literal_scan *scan = g_new0(struct literal_scan, 1);
    scan->index = index;
    scan->seen = g_new0(uint32_t, index->entry_count);
    scan->told = g_new0(uint32_t, index->patterns + 1);
    scan->states = g_new0(struct state, index->target_count + 1);
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

static bool entry_is_at(const struct literal_index *index, const struct literal_entry *e, struct slice text,
                        size_t at) {
    if (at < e->offset || at - e->offset + e->length > text.len)
        return false;
    return memcmp(text.ptr + at - e->offset, index->pool + e->literal, e->length) == 0;
}

/* A literal was found: the patterns for which it was the last one missing can match. */
static void use_literal(struct literal_scan *scan, const struct literal_entry *e, literal_found *found,
                        void *context) {
    const struct literal_use *uses = scan->index->uses + e->use;
    for (unsigned i = 0; i < e->uses; i++) {
        struct state *s = &scan->states[uses[i].branch];
        const struct literal_target *t = &scan->index->targets[uses[i].branch];
        if (s->round != scan->round)
            *s = (struct state){scan->round, 0};
        s->have |= uses[i].set;
        if (s->have != t->wanted || scan->told[t->pattern] == scan->round)
            continue;
        scan->told[t->pattern] = scan->round;
        found(context, t->pattern);
    }
}

static void try_slot(struct literal_scan *scan, uint32_t slot, struct slice text, size_t at,
                     literal_found *found, void *context) {
    const struct literal_index *index = scan->index;
    for (uint32_t i = index->slots[slot]; i; i = index->entries[i].next)
        if (scan->seen[i] != scan->round && entry_is_at(index, &index->entries[i], text, at)) {
            scan->seen[i] = scan->round;
            use_literal(scan, &index->entries[i], found, context);
        }
}

void literal_scan_text(struct literal_scan *scan, struct slice text, literal_found *found, void *context) {
    const struct literal_index *index = scan->index;
    scan->round++;
    for (size_t at = 0; at + LITERAL_LEAST <= text.len; at++) {
        uint32_t slot = literal_slot(text.ptr + at);
        if (index->used[slot / 64] >> slot % 64 & 1)
            try_slot(scan, slot, text, at, found, context);
    }
    for (uint32_t i = 0; i < index->always_count; i++)
        found(context, index->always[i]);
}
