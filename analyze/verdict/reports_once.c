/* Each report once: see reports_once.h. */
#include "analyze/verdict/reports_once.h"

#include "parsers/base/hash.h"
#include "parsers/base/packed.h"

#include <glib.h>

struct seen_report {
    uint64_t hash, check; /* two hashes of its names, or of these and what it says */
};

static bool is_seen(const void *entry, const void *key) {
    const struct seen_report *a = entry;
    const struct seen_report *b = key;
    return a->hash == b->hash && a->check == b->check;
}

uint64_t reports_hash(const struct slice *texts, size_t count, uint64_t hash) {
    for (size_t i = 0; i < count; i++)
        hash =
            hash_bytes_nocase(texts[i].ptr, texts[i].len) ^ hash_bytes((const char *)&hash, sizeof hash, i);
    return hash;
}

/* Is it there? It is from now on. */
static bool note_seen(struct reports_once *once, struct seen_report wanted, struct arena *arena) {
    if (hash_table_find(&once->seen, wanted.hash, is_seen, &wanted))
        return true;
    if (once->seen.count < 2 * LIMIT_SEEN_REPORTS) { /* two of each */
        struct seen_report *seen = ARENA_NEW(arena, struct seen_report);
        *seen = wanted;
        hash_table_add(&once->seen, wanted.hash, seen);
    }
    return false;
}

/* Does it count? `rows`: all that it says. */
static bool note_report(struct reports_once *once, const struct slice names[REPORT_NAMES], struct slice rows,
                        struct arena *arena) {
    bool has_id = names[REPORT_ID].len > 0;
    struct seen_report named = {reports_hash(names, REPORT_NAMES, 1), reports_hash(names, REPORT_NAMES, 2)};
    struct seen_report whole = {reports_hash(&rows, 1, named.hash), reports_hash(&rows, 1, named.check)};
    bool is_again = has_id && note_seen(once, whole, arena);
    bool is_named = has_id && note_seen(once, named, arena);
    once->reports += !is_again;
    once->repeated += is_again;
    once->differing += is_named && !is_again;
    return !is_again;
}

bool reports_once_take(struct reports_once *once, struct slice *bytes, uint32_t count,
                       bool take(struct slice *bytes), struct arena *arena, struct slice *rows) {
    struct slice names[REPORT_NAMES];
    *rows = SLICE_EMPTY;
    if (!count)
        return true;
    if (!packed_take_all(bytes, names, REPORT_NAMES))
        return false;
    struct slice all = *bytes;
    for (uint32_t i = 0; i < count; i++)
        if (!take(bytes))
            return false;
    all = slice_upto(all, all.len - bytes->len);
    if (once && note_report(once, names, all, arena))
        *rows = all;
    return true;
}

int reports_compare(struct slice a, struct slice b) {
    int order = g_ascii_strncasecmp(a.ptr ? a.ptr : "", b.ptr ? b.ptr : "", MIN(a.len, b.len));
    return order ? order : (a.len > b.len) - (a.len < b.len);
}
