/* One pass over a text: which patterns can match it? See literal_scan.h. */
#include "parsers/rules/literal_scan.h"

#include <glib.h>

/* The tables are large: what is looked at so many steps later is asked for, so that it is there then. */
#define AHEAD 8

#define STRETCH 64 /* places that are looked at together */

struct literal_scan {
    const struct literal_index *index;
    uint8_t round;     /* bytes, which are cleared when it begins anew: more of them stay in the cache */
    uint8_t *seen;     /* per literal: the round in which it was found */
    uint8_t *reported; /* per pattern: the round in which `found` was called for it */
    uint8_t *led;      /* per branch: the round in which a literal led to it */
    uint32_t *branches;
    size_t branch_count; /* that were led to in this round */
    uint32_t slots[STRETCH];
    uint8_t places[STRETCH];
};

struct literal_scan *literal_scan_new(const struct literal_index *index) {
    struct literal_scan *scan = g_new0(struct literal_scan, 1);
    scan->index = index;
    scan->seen = g_new0(uint8_t, index->entry_count);
    scan->reported = g_new0(uint8_t, index->patterns + 1);
    scan->led = g_new0(uint8_t, index->target_count + 1);
    scan->branches = g_new0(uint32_t, index->target_count + 1);
    return scan;
}

void literal_scan_free(struct literal_scan *scan) {
    if (!scan)
        return;
    g_free(scan->seen);
    g_free(scan->reported);
    g_free(scan->led);
    g_free(scan->branches);
    g_free(scan);
}

static bool entry_is_at(const struct literal_index *index, const struct literal_entry *e, struct slice text,
                        size_t at) {
    if (at < e->offset || at - e->offset + e->length > text.len)
        return false;
    const char *place = text.ptr + at - e->offset;
    return place[0] == (char)e->first && place[e->length - 1] == (char)e->last &&
           memcmp(place, index->pool + e->literal, e->length) == 0;
}

static void follow(struct literal_scan *scan, const struct literal_entry *e) {
    const uint32_t *leads = scan->index->leads;
    for (uint32_t i = e[0].lead; i < e[1].lead; i++)
        if (scan->led[leads[i]] != scan->round) {
            scan->led[leads[i]] = scan->round;
            scan->branches[scan->branch_count++] = leads[i];
        }
}

static bool has_one_of(const struct literal_scan *scan, uint32_t group) {
    const struct literal_index *index = scan->index;
    for (uint32_t i = index->groups[group]; i < index->groups[group + 1]; i++)
        if (scan->seen[index->members[i]] == scan->round)
            return true;
    return false;
}

static bool has_all(const struct literal_scan *scan, const struct literal_target *t) {
    for (unsigned n = 0; n < LITERAL_NEEDS && t->needs[n]; n++) {
        uint32_t need = t->needs[n];
        if (need & LITERAL_GROUP ? !has_one_of(scan, need & ~LITERAL_GROUP) : scan->seen[need] != scan->round)
            return false;
    }
    return true;
}

/* Call `found` for the patterns of which a branch was led to and has all it needs. */
static void report_patterns(struct literal_scan *scan, literal_found *found, void *context) {
    const struct literal_target *targets = scan->index->targets;
    for (size_t i = 0; i < scan->branch_count; i++) {
        const struct literal_target *t = &targets[scan->branches[i]];
        if (i + AHEAD < scan->branch_count)
            __builtin_prefetch(&targets[scan->branches[i + AHEAD]]);
        if (scan->reported[t->pattern] != scan->round && has_all(scan, t)) {
            scan->reported[t->pattern] = scan->round;
            found(context, t->pattern);
        }
    }
}

/* The entries of a slot. */
static void try_entries(struct literal_scan *scan, uint32_t first, struct slice text, size_t at) {
    const struct literal_entry *entries = scan->index->entries;
    uint32_t i = first;
    do {
        if (entry_is_at(scan->index, &entries[i], text, at) && scan->seen[i] != scan->round) {
            scan->seen[i] = scan->round;
            follow(scan, &entries[i]);
        }
    } while (!entries[i++].is_last);
}

/* Most places are told by one bit. Which have one is found out for many before any is tried, without a
 * branch for each, which no processor could foresee. */
static void try_places(struct literal_scan *scan, struct slice text, size_t from, size_t count) {
    const struct literal_index *index = scan->index;
    const uint64_t *used = index->used;
    const char *last = text.ptr + from + 2; /* of the three bytes at a place */
    uint32_t three = literal_three(literal_three(0, last[-2]), last[-1]);
    unsigned found = 0;
    for (unsigned i = 0; i < count; i++) {
        three = literal_three(three, last[i]);
        uint32_t slot = literal_slot_of(three);
        scan->slots[found] = slot;
        scan->places[found] = (uint8_t)i;
        found += used[slot / 64] >> slot % 64 & 1;
    }
    for (unsigned i = 0; i < found; i++) {
        scan->slots[i] = index->slots[scan->slots[i]];
        __builtin_prefetch(&index->entries[scan->slots[i]]);
    }
    for (unsigned i = 0; i < found; i++)
        try_entries(scan, scan->slots[i], text, from + scan->places[i]);
}

static void begin_round(struct literal_scan *scan) {
    scan->branch_count = 0;
    scan->round = (uint8_t)(scan->round + 1U); /* after 255 comes 0 */
    if (scan->round)
        return;
    memset(scan->seen, 0, scan->index->entry_count);
    memset(scan->reported, 0, scan->index->patterns);
    memset(scan->led, 0, scan->index->target_count);
    scan->round = 1;
}

void literal_scan_text(struct literal_scan *scan, struct slice text, literal_found *found, void *context) {
    const struct literal_index *index = scan->index;
    begin_round(scan);
    for (size_t at = 0; at + LITERAL_LEAST <= text.len; at += STRETCH)
        try_places(scan, text, at, MIN(STRETCH, text.len - at - LITERAL_LEAST + 1));
    report_patterns(scan, found, context);
    for (uint32_t i = 0; i < index->always_count; i++)
        found(context, index->always[i]);
}
