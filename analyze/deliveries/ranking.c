/* Who did most: see ranking.h. */
#include "analyze/deliveries/ranking.h"

#include "parsers/base/hash.h"

void ranking_free(struct ranking *r) {
    hash_table_free(&r->names);
    if (r->rows) {
        g_ptr_array_free(r->rows, TRUE);
        g_ptr_array_free(r->unused, TRUE);
    }
    ranked_store_free(&r->aside);
    arena_free(&r->arena);
    arena_free(&r->scratch);
    *r = (struct ranking){.rows = NULL};
}

static struct ranked *add(struct ranking *r, struct slice lower, uint64_t hash) {
    struct ranked *added = r->unused->len ? g_ptr_array_steal_index_fast(r->unused, r->unused->len - 1)
                                          : ARENA_NEW(&r->arena, struct ranked);
    char *name = (char *)added->name.ptr;
    size_t room = added->room;
    if (!name || room < lower.len) { /* the second time for any name */
        room = name ? RANKED_NAME : lower.len;
        name = arena_alloc(&r->arena, room);
    }
    if (lower.len)
        memcpy(name, lower.ptr, lower.len);
    *added =
        (struct ranked){.name = {name, lower.len}, .room = room, .hash = hash, .first = -1, .first_hit = -1};
    g_ptr_array_add(r->rows, added);
    hash_table_add(&r->names, added->hash, added);
    return added;
}

/* --- what is set aside --- */

/* The greatest number than which no more than half of the weights are less: found bit by bit, which takes as
 * many passes as the heaviest has bits. */
static uint64_t middle_weight(const uint64_t *weights, size_t count) {
    uint64_t heaviest = 1;
    uint64_t middle = 0;
    for (size_t i = 0; i < count; i++)
        heaviest = MAX(heaviest, weights[i]);
    for (int bit = 63 - __builtin_clzll(heaviest); bit >= 0; bit--) {
        uint64_t tried = middle | (uint64_t)1 << bit;
        size_t less = 0;
        for (size_t i = 0; i < count; i++)
            less += weights[i] < tried;
        if (less <= count / 2)
            middle = tried;
    }
    return middle;
}

static void take_weight(void *weights, const struct ranked *row) {
    uint64_t weight = ranked_weight(row);
    g_array_append_val((GArray *)weights, weight);
}

/* Names that weigh no more than half of them go, and no more than that is needed. */
static void forget_light(struct ranking *r) {
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    ranked_store_each(&r->aside, take_weight, weights);
    ranked_store_add_up(&r->aside, middle_weight(&g_array_index(weights, uint64_t, 0), weights->len));
    r->is_pruned = true;
}

static void bound_aside(struct ranking *r) {
    size_t limit = r->limit ? r->limit : LIMIT_RANKED;
    if (r->aside.bytes <= limit)
        return;
    ranked_store_add_up(&r->aside, 0);
    if (r->aside.bytes > limit / 2)
        forget_light(r);
}

/* Rows that are no heavier than half of them are set aside, but none that the message that is being counted
 * has a part in. */
static void set_aside(struct ranking *r) {
    uint64_t *weights = arena_alloc(&r->scratch, r->rows->len * sizeof *weights);
    uint64_t newest = 1;
    guint kept = 0;
    for (guint i = 0; i < r->rows->len; i++) {
        const struct ranked *row = r->rows->pdata[i];
        weights[i] = ranked_weight(row);
        newest = MAX(newest, row->last_message);
    }
    uint64_t light = middle_weight(weights, r->rows->len);
    hash_table_clear(&r->names);
    for (guint i = 0; i < r->rows->len; i++) {
        struct ranked *row = r->rows->pdata[i];
        if (weights[i] > light || row->last_message == newest) {
            r->rows->pdata[kept++] = row;
            hash_table_add(&r->names, row->hash, row);
            continue;
        }
        ranked_store_put(&r->aside, row);
        g_ptr_array_add(r->unused, row);
    }
    g_ptr_array_set_size(r->rows, (gint)kept);
    r->most = MAX((size_t)LOOKED_UP, 2 * (size_t)kept); /* so that the next look pays for itself */
    arena_reset(&r->scratch);
    bound_aside(r);
}

void ranking_each(struct ranking *r, ranked_sink *sink, void *context) {
    if (!r->rows)
        return;
    for (guint i = 0; i < r->rows->len; i++) {
        ranked_store_put(&r->aside, r->rows->pdata[i]);
        g_ptr_array_add(r->unused, r->rows->pdata[i]);
    }
    g_ptr_array_set_size(r->rows, 0);
    hash_table_free(&r->names);
    ranked_store_each(&r->aside, sink, context);
}

/* --- counting --- */

static bool has_name(const void *entry, const void *key) {
    return slice_equal(((const struct ranked *)entry)->name, *(const struct slice *)key);
}

struct ranked *ranking_of(struct ranking *r, struct slice name) {
    char lower[RANKED_NAME];
    name = slice_upto(name, sizeof lower);
    slice_lower(lower, name);
    name.ptr = lower;
    uint64_t hash = hash_bytes(lower, name.len, 0);
    struct ranked *found = hash_table_find(&r->names, hash, has_name, &name);
    if (found)
        return found;
    if (!r->rows) {
        r->rows = g_ptr_array_new();
        r->unused = g_ptr_array_new();
    }
    if (r->rows->len >= MAX(r->most, (size_t)LOOKED_UP))
        set_aside(r);
    return add(r, name, hash);
}

void ranked_count(struct ranked *row, const struct delivery *d) {
    row->of[d->outcome]++;
    if (row->last_message != d->message + 1) {
        row->last_message = d->message + 1;
        row->messages++;
        row->bytes += d->size > 0 ? (uint64_t)d->size : 0;
    }
    if (d->first != -1 && (row->first == -1 || d->first < row->first))
        row->first = d->first;
    if (!delivery_hits_sender(d))
        return;
    row->hit++;
    ranked_note_hit(row, d->last, delivery_cause(d));
}

/* --- the heaviest --- */

/* Rows of which no more than the wanted ones are told; where these are full, the lighter ones go. */
struct heaviest {
    GPtrArray *rows; /* struct ranked *: all that there is room for */
    size_t count;    /* of those in use, which are the first */
    size_t wanted;
    enum ranked_by by;
    const struct ranked *least; /* none that comes behind it is told of; NULL: not known */
};

static uint64_t counted(const struct ranked *row, enum ranked_by by) {
    return by == RANKED_BY_TIMES ? row->times : ranked_weight(row) - row->times;
}

static int in_order(const struct ranked *a, const struct ranked *b, enum ranked_by by) {
    uint64_t of_a = counted(a, by);
    uint64_t of_b = counted(b, by);
    if (of_a != of_b)
        return of_a > of_b ? -1 : 1;
    size_t len = MIN(a->name.len, b->name.len);
    int order = len ? memcmp(a->name.ptr, b->name.ptr, len) : 0;
    return order ? order : (a->name.len > b->name.len) - (a->name.len < b->name.len);
}

static gint compare_rows(gconstpointer a, gconstpointer b, gpointer by) {
    return in_order(*(const struct ranked *const *)a, *(const struct ranked *const *)b,
                    (enum ranked_by)GPOINTER_TO_INT(by));
}

/* Bring those that come first to the front (C. A. R. Hoare, "Algorithm 65: Find", 1961). Rows are offered in
 * the order of keyed hashes, so that nobody can choose one that makes it slow. */
static void bring_forward(const struct heaviest *h) {
    gpointer *rows = h->rows->pdata;
    ptrdiff_t last = (ptrdiff_t)h->wanted - 1;
    ptrdiff_t low = 0;
    ptrdiff_t high = (ptrdiff_t)h->count - 1;
    while (low < high) {
        const struct ranked *middle = rows[low + (high - low) / 3];
        ptrdiff_t i = low;
        ptrdiff_t k = high;
        while (i <= k) {
            while (in_order(rows[i], middle, h->by) < 0)
                i++;
            while (in_order(middle, rows[k], h->by) < 0)
                k--;
            if (i > k)
                break;
            gpointer row = rows[i];
            rows[i++] = rows[k];
            rows[k--] = row;
        }
        if (k < last)
            low = i;
        if (last < i)
            high = k;
    }
}

static void offer(void *context, const struct ranked *row) {
    struct heaviest *h = context;
    if (h->least && in_order(row, h->least, h->by) > 0)
        return;
    *(struct ranked *)h->rows->pdata[h->count++] = *row;
    if (h->count < h->rows->len)
        return;
    bring_forward(h);
    h->count = h->wanted;
    h->least = h->rows->pdata[h->wanted - 1];
}

void ranking_sort(struct ranking *r, enum ranked_by by) {
    if (!r->rows)
        return;
    struct heaviest h = {.rows = g_ptr_array_new(), .wanted = FEW_RANKED, .by = by};
    size_t room = MIN(r->rows->len + ranked_store_rows(&r->aside), (size_t)2 * FEW_RANKED);
    struct ranked *rows = arena_alloc(&r->arena, (room + 1) * sizeof *rows);
    for (size_t i = 0; i <= room; i++)
        g_ptr_array_add(h.rows, &rows[i]);
    ranking_each(r, offer, &h);
    g_ptr_array_set_size(h.rows, (gint)h.count);
    g_ptr_array_sort_with_data(h.rows, compare_rows, GINT_TO_POINTER(by));
    g_ptr_array_set_size(h.rows, (gint)MIN(h.count, h.wanted));
    g_ptr_array_free(r->rows, TRUE);
    r->rows = h.rows;
}
