/* Texts that are the same: see repeats.h. */
#include "parsers/log/repeats.h"

#include "parsers/base/hash.h"
#include "parsers/base/hash_table.h"

#include <string.h>

#define PIECE_BYTES ((size_t)256 << 10)

void repeat_begin(struct repeat_text *t, struct slice start) {
    *t = (struct repeat_text){.mark_count = start.len > 0};
    t->marks[0] = hash_bytes(start.ptr, MIN(start.len, REPEAT_LEAST), 0);
    for (size_t len = 2 * REPEAT_LEAST; len <= start.len && t->mark_count < REPEAT_MARKS; len *= 2)
        t->marks[t->mark_count++] = hash_bytes(start.ptr, len, 0);
}

/* --- which may be the same --- */

/* How many texts begin with some bytes, and of how many no longer beginning is marked. */
struct beginning {
    uint64_t hash;
    unsigned count, ends;
};

static bool is_beginning(const void *entry, const void *key) {
    return ((const struct beginning *)entry)->hash == *(const uint64_t *)key;
}

static struct beginning *beginning_of(const struct hash_table *table, uint64_t hash) {
    return hash_table_find(table, hash, is_beginning, &hash);
}

static void note_beginnings(const struct repeat_text *t, struct hash_table *table, struct arena *arena) {
    for (unsigned i = 0; i < t->mark_count; i++) {
        struct beginning *b = beginning_of(table, t->marks[i]);
        if (!b) {
            b = ARENA_NEW(arena, struct beginning);
            *b = (struct beginning){.hash = t->marks[i]};
            hash_table_add(table, b->hash, b);
        }
        b->count++;
        b->ends += i + 1 == t->mark_count;
    }
}

/* Does another text begin alike, as far as the marks of the shorter one go? */
static bool has_like(const struct repeat_text *t, const struct hash_table *table) {
    for (unsigned i = 0; i < t->mark_count; i++) {
        const struct beginning *b = beginning_of(table, t->marks[i]);
        if (i + 1 < t->mark_count ? b->ends > 0 : b->count > 1)
            return true;
    }
    return false;
}

/* --- reading them --- */

struct repeats {
    const struct repeat_reader *reader;
    struct hash_table by_digest; /* struct repeat_text *, of those that are not another's */
    char *piece;
};

static void put_digest(const GChecksum *sum, unsigned char *digest) {
    gsize len = 32;
    GChecksum *copy = g_checksum_copy(sum);
    g_checksum_get_digest(copy, digest, &len);
    g_checksum_free(copy);
}

static bool has_digest(const void *entry, const void *key) {
    const struct repeat_text *a = entry;
    const struct repeat_text *b = key;
    return a->length == b->length && memcmp(a->digest, b->digest, sizeof a->digest) == 0;
}

static struct repeat_text *find_same(const struct repeats *r, const struct repeat_text *t) {
    uint64_t hash = hash_bytes((const char *)t->digest, sizeof t->digest, 0);
    return hash_table_find(&r->by_digest, hash, has_digest, t);
}

/* Hears a text's bytes up to each of some lengths, which ascend; they are moved behind those that it has. */
struct hearing {
    GChecksum *sum;
    uint64_t length;
    const uint64_t *at, *end;
    void (*reached)(const struct repeats *r, const struct hearing *hearing, struct repeat_text *text);
};

static void hear(const struct repeats *r, struct hearing *h, struct repeat_text *t, size_t got) {
    for (size_t used = 0; used < got;) {
        size_t most = h->at < h->end ? (size_t)MIN(got - used, *h->at - h->length) : got - used;
        g_checksum_update(h->sum, (const guchar *)r->piece + used, (gssize)most);
        used += most;
        h->length += most;
        if (h->reached && h->at < h->end && h->length == *h->at) {
            h->reached(r, h, t);
            h->at++;
        }
    }
}

/* All of it; with `reached`, up to the last of its lengths. */
static void read_text(const struct repeats *r, struct repeat_text *t, struct hearing *h) {
    const char *damage = NULL;
    struct stream stream;
    if (!r->reader->open(r->reader->context, t->number, &stream)) {
        t->is_damaged = true;
        return;
    }
    h->sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (size_t got = 1; got && !damage && (!h->reached || h->at < h->end);) {
        got = stream_read(&stream, r->piece, PIECE_BYTES, &damage);
        hear(r, h, t, got);
    }
    t->is_damaged |= damage != NULL;
    r->reader->close(r->reader->context, t->number, &stream);
}

static void read_whole(struct repeats *r, struct repeat_text *t) {
    struct hearing h = {.sum = NULL};
    read_text(r, t, &h);
    t->is_read = h.sum != NULL;
    t->length = h.length;
    if (!h.sum)
        return;
    put_digest(h.sum, t->digest);
    g_checksum_free(h.sum);
    if (t->is_damaged || !t->length)
        return;
    const struct repeat_text *same = find_same(r, t);
    if (same)
        t->of = same;
    else
        hash_table_add(&r->by_digest, hash_bytes((const char *)t->digest, sizeof t->digest, 0), t);
}

static void note_start(const struct repeats *r, const struct hearing *h, struct repeat_text *t) {
    struct repeat_text start = {.length = h->length};
    put_digest(h->sum, start.digest);
    struct repeat_text *same = find_same(r, &start);
    if (!same || same->of)
        return;
    same->of = t;
    same->is_start = true;
}

static int by_length(const void *a, const void *b) {
    const struct repeat_text *x = *(struct repeat_text *const *)a;
    const struct repeat_text *y = *(struct repeat_text *const *)b;
    return x->length != y->length ? (x->length < y->length ? 1 : -1)
                                  : (x->number > y->number) - (x->number < y->number);
}

/* The longest first: what is the beginning of a beginning is its beginning too, and need not be read again.
 */
static void find_starts(struct repeats *r, GPtrArray *alike) {
    g_autoptr(GArray) lengths = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    qsort(alike->pdata, alike->len, sizeof *alike->pdata, by_length);
    for (guint i = alike->len; i > 0; i--) {
        const struct repeat_text *t = alike->pdata[i - 1];
        bool is_new = !lengths->len || g_array_index(lengths, uint64_t, lengths->len - 1) != t->length;
        if (is_new && !t->of && !t->is_damaged && t->length)
            g_array_append_val(lengths, t->length);
    }
    const uint64_t *first = (const uint64_t *)(const void *)lengths->data;
    for (guint i = 0; i < alike->len; i++) {
        struct repeat_text *t = alike->pdata[i];
        struct hearing h = {.at = first, .end = first, .reached = note_start};
        while (h.end < first + lengths->len && *h.end < t->length)
            h.end++;
        if (!t->is_read || t->of || h.at == h.end)
            continue;
        read_text(r, t, &h);
        if (h.sum)
            g_checksum_free(h.sum);
    }
}

/* Texts whose first bytes are the same, one behind the other. */
static int by_first_mark(const void *a, const void *b) {
    const struct repeat_text *x = *(struct repeat_text *const *)a;
    const struct repeat_text *y = *(struct repeat_text *const *)b;
    return x->marks[0] != y->marks[0] ? (x->marks[0] < y->marks[0] ? -1 : 1)
                                      : (x->number > y->number) - (x->number < y->number);
}

static void find_alike(struct repeats *r, GPtrArray *all) {
    g_autoptr(GPtrArray) alike = g_ptr_array_new();
    qsort(all->pdata, all->len, sizeof *all->pdata, by_first_mark);
    uint64_t mark = 0;
    for (guint i = 0; i < all->len; i++) {
        struct repeat_text *t = all->pdata[i];
        if (alike->len && t->marks[0] != mark) {
            find_starts(r, alike);
            g_ptr_array_set_size(alike, 0);
        }
        mark = t->marks[0];
        read_whole(r, t);
        g_ptr_array_add(alike, t);
    }
    if (alike->len)
        find_starts(r, alike);
}

/* Of a text that is the same as another, the longest text is the other's. */
static void name_longest(struct repeat_text *t) {
    while (t->of && t->of->of) {
        t->is_start |= t->of->is_start;
        t->of = t->of->of;
    }
}

void repeats_find(struct repeat_text **texts, unsigned count, const struct repeat_reader *reader) {
    struct arena arena = {.blocks = NULL};
    struct hash_table beginnings = {.arena = &arena};
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (unsigned i = 0; i < count; i++) {
        texts[i]->number = i;
        note_beginnings(texts[i], &beginnings, &arena);
    }
    for (unsigned i = 0; i < count; i++)
        if (has_like(texts[i], &beginnings))
            g_ptr_array_add(all, texts[i]);
    arena_free(&arena);
    if (!all->len)
        return;
    struct repeats r = {reader, {.slots = NULL}, g_malloc(PIECE_BYTES)};
    find_alike(&r, all);
    for (guint i = 0; i < all->len; i++)
        name_longest(all->pdata[i]);
    hash_table_free(&r.by_digest);
    g_free(r.piece);
}
