/* One pass over a text: which patterns can match it? See literal_scan.h. */
#include "parsers/rules/literal_scan.h"

#include <glib.h>

struct literal_scan {
    const struct literal_index *index;
    uint32_t round;
    uint32_t *seen;     /* per literal: the round in which it was found */
    uint32_t *reported; /* per pattern: the round in which `found` was called for it */
    uint32_t *led;      /* per branch: the round in which a literal led to it */
    uint32_t *branches;
    size_t branch_count; /* that were led to in this round */
};

struct literal_scan *literal_scan_new(const struct literal_index *index) {
    struct literal_scan *scan = g_new0(struct literal_scan, 1);
    scan->index = index;
    scan->seen = g_new0(uint32_t, index->entry_count);
    scan->reported = g_new0(uint32_t, index->patterns + 1);
    scan->led = g_new0(uint32_t, index->target_count + 1);
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
    const uint32_t *leads = scan->index->leads + e->lead;
    for (unsigned i = 0; i < e->leads; i++)
        if (scan->led[leads[i]] != scan->round) {
            scan->led[leads[i]] = scan->round;
            scan->branches[scan->branch_count++] = leads[i];
        }
}

static bool has_one_of(const struct literal_scan *scan, const struct literal_group *group) {
    const uint16_t *members = scan->index->members + group->first;
    for (unsigned i = 0; i < group->count; i++)
        if (scan->seen[members[i]] == scan->round)
            return true;
    return false;
}

static bool has_all(const struct literal_scan *scan, const struct literal_target *t) {
    for (unsigned i = 0; i < t->groups; i++)
        if (!has_one_of(scan, &scan->index->groups[t->group + i]))
            return false;
    return true;
}

/* Call `found` for the patterns of which a branch was led to and has all it needs. */
static void report_patterns(struct literal_scan *scan, literal_found *found, void *context) {
    for (size_t i = 0; i < scan->branch_count; i++) {
        const struct literal_target *t = &scan->index->targets[scan->branches[i]];
        if (scan->reported[t->pattern] != scan->round && has_all(scan, t)) {
            scan->reported[t->pattern] = scan->round;
            found(context, t->pattern);
        }
    }
}

static void try_slot(struct literal_scan *scan, uint32_t slot, struct slice text, size_t at) {
    const struct literal_index *index = scan->index;
    for (uint32_t i = index->slots[slot]; i; i = index->entries[i].next)
        if (scan->seen[i] != scan->round && entry_is_at(index, &index->entries[i], text, at)) {
            scan->seen[i] = scan->round;
            follow(scan, &index->entries[i]);
        }
}

void literal_scan_text(struct literal_scan *scan, struct slice text, literal_found *found, void *context) {
    const struct literal_index *index = scan->index;
    scan->round++;
    scan->branch_count = 0;
    for (size_t at = 0; at + LITERAL_LEAST <= text.len; at++) {
        uint32_t slot = literal_slot(text.ptr + at);
        if (index->used[slot / 64] >> slot % 64 & 1)
            try_slot(scan, slot, text, at);
    }
    report_patterns(scan, found, context);
    for (uint32_t i = 0; i < index->always_count; i++)
        found(context, index->always[i]);
}
