/* The index over required literals: three bytes of each literal, chosen so that few literals share
 * them, lead to the literals that hold them. See literal.h. */
#include "parsers/base/literal.h"

#include <glib.h>
#include <stdint.h>

#define SLOTS 16384 /* a power of two */

struct entry {
    uint32_t next; /* in the same slot; 0 ends */
    uint32_t pattern;
    uint32_t offset; /* of the three bytes in the literal */
    struct slice literal;
};

struct literal_index {
    size_t patterns;
    GArray *entries; /* struct entry; [0] is unused */
    GArray *always;  /* uint32_t: patterns without literals */
    uint32_t slots[SLOTS];
    uint16_t crowd[SLOTS];
};

struct literal_scan {
    const struct literal_index *index;
    uint32_t round;
    uint32_t *seen; /* per pattern: the round in which it was found */
};

static uint32_t slot_of(const char *p) {
    uint32_t v = (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8 |
                 (uint32_t)(unsigned char)p[2] << 16;
    return (v * 2654435761U) >> 18;
}

struct literal_index *literal_index_new(size_t patterns) {
    struct literal_index *index = g_new0(struct literal_index, 1);
    index->patterns = patterns;
    index->entries = g_array_new(FALSE, TRUE, sizeof(struct entry));
    g_array_set_size(index->entries, 1);
    index->always = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    return index;
}

static void add_literal(struct literal_index *index, uint32_t pattern, struct slice literal) {
    size_t best = 0;
    for (size_t i = 1; i + LITERAL_LEAST <= literal.len; i++)
        if (index->crowd[slot_of(literal.ptr + i)] < index->crowd[slot_of(literal.ptr + best)])
            best = i;
    uint32_t slot = slot_of(literal.ptr + best);
    struct entry e = {index->slots[slot], pattern, (uint32_t)best, literal};
    index->slots[slot] = index->entries->len;
    index->crowd[slot]++;
    g_array_append_val(index->entries, e);
}

void literal_index_add(struct literal_index *index, size_t pattern, const struct literal_need *need) {
    uint32_t number = (uint32_t)pattern;
    if (need->count == 0)
        g_array_append_val(index->always, number);
    for (size_t i = 0; i < need->count; i++)
        add_literal(index, number, need->literals[i]);
}

void literal_index_free(struct literal_index *index) {
    if (!index)
        return;
    g_array_free(index->entries, TRUE);
    g_array_free(index->always, TRUE);
    g_free(index);
}

struct literal_scan *literal_scan_new(const struct literal_index *index) {
    struct literal_scan *scan = g_new0(struct literal_scan, 1);
    scan->index = index;
    scan->seen = g_new0(uint32_t, index->patterns + 1);
    return scan;
}

void literal_scan_free(struct literal_scan *scan) {
    if (!scan)
        return;
    g_free(scan->seen);
    g_free(scan);
}

static bool entry_is_at(const struct entry *e, struct slice text, size_t at) {
    if (at < e->offset || at - e->offset + e->literal.len > text.len)
        return false;
    return memcmp(text.ptr + at - e->offset, e->literal.ptr, e->literal.len) == 0;
}

void literal_scan_text(struct literal_scan *scan, struct slice text, literal_found *found, void *context) {
    const struct literal_index *index = scan->index;
    const struct entry *entries = (const struct entry *)(void *)index->entries->data;
    uint32_t round = ++scan->round;
    for (size_t at = 0; at + LITERAL_LEAST <= text.len; at++)
        for (uint32_t i = index->slots[slot_of(text.ptr + at)]; i; i = entries[i].next)
            if (scan->seen[entries[i].pattern] != round && entry_is_at(&entries[i], text, at)) {
                scan->seen[entries[i].pattern] = round;
                found(context, entries[i].pattern);
            }
    for (guint i = 0; i < index->always->len; i++)
        found(context, g_array_index(index->always, uint32_t, i));
}
