/* Who did most: see ranking.h. */
#include "analyze/deliveries/ranking.h"

#include "parsers/base/hash.h"

void ranking_free(struct ranking *r) {
    hash_table_free(&r->names);
    if (r->rows) {
        g_ptr_array_free(r->rows, TRUE);
        g_ptr_array_free(r->unused, TRUE);
    }
    arena_free(&r->arena);
    *r = (struct ranking){.rows = NULL};
}

static uint64_t recipients_of(const struct ranked *row) {
    uint64_t all = 0;
    for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
        all += row->of[i];
    return all;
}

static uint64_t weight_of(const struct ranked *row) {
    return recipients_of(row) + row->times;
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

/* The greatest number than which no more than half of the weights are less: found bit by bit, which takes as
 * many passes as the heaviest has bits. */
static uint64_t middle_weight(const uint64_t *weights, size_t count, uint64_t heaviest) {
    uint64_t middle = 0;
    for (int bit = 63 - __builtin_clzll(heaviest | 1); bit >= 0; bit--) {
        uint64_t tried = middle | (uint64_t)1 << bit;
        size_t less = 0;
        for (size_t i = 0; i < count; i++)
            less += weights[i] < tried;
        if (less <= count / 2)
            middle = tried;
    }
    return middle;
}

/* Forget the lighter half, and all that are no heavier than the heaviest of it. */
static void prune(struct ranking *r) {
    g_autofree uint64_t *weights = g_new(uint64_t, r->rows->len);
    uint64_t heaviest = 0;
    guint kept = 0;
    for (guint i = 0; i < r->rows->len; i++) {
        weights[i] = weight_of(r->rows->pdata[i]);
        heaviest = MAX(heaviest, weights[i]);
    }
    uint64_t light = middle_weight(weights, r->rows->len, heaviest);
    for (guint i = 0; i < r->rows->len; i++) {
        struct ranked *row = r->rows->pdata[i];
        if (weights[i] > light) {
            r->rows->pdata[kept++] = row;
            continue;
        }
        hash_table_remove(&r->names, row->hash, row);
        g_ptr_array_add(r->unused, row);
    }
    g_ptr_array_set_size(r->rows, (gint)kept);
    r->is_pruned = true;
}

static bool has_name(const void *entry, const void *key) {
    return slice_equal(((const struct ranked *)entry)->name, *(const struct slice *)key);
}

struct ranked *ranking_of(struct ranking *r, struct slice name) {
    char lower[RANKED_NAME];
    name = slice_upto(name, sizeof lower);
    for (size_t i = 0; i < name.len; i++)
        lower[i] = ascii_lower(name.ptr[i]);
    name.ptr = lower;
    uint64_t hash = hash_bytes(lower, name.len, 0);
    struct ranked *found = hash_table_find(&r->names, hash, has_name, &name);
    if (found)
        return found;
    if (!r->rows) {
        r->rows = g_ptr_array_new();
        r->unused = g_ptr_array_new();
    }
    if (r->rows->len >= LIMIT_RANKED)
        prune(r);
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
    if (row->first_hit == -1 || d->last < row->first_hit) {
        row->first_hit = d->last;
        row->top_hit = delivery_cause(d);
    }
}

static int compare(uint64_t a, uint64_t b) {
    return (a < b) - (a > b);
}

static int by_name(const struct ranked *a, const struct ranked *b) {
    size_t len = MIN(a->name.len, b->name.len);
    int order = len ? memcmp(a->name.ptr, b->name.ptr, len) : 0;
    return order ? order : (a->name.len > b->name.len) - (a->name.len < b->name.len);
}

static gint in_order(gconstpointer a, gconstpointer b, gpointer by) {
    const struct ranked *x = *(const struct ranked *const *)a;
    const struct ranked *y = *(const struct ranked *const *)b;
    enum ranked_by order_by = (enum ranked_by)GPOINTER_TO_INT(by);
    int order = order_by == RANKED_BY_TIMES ? compare(x->times, y->times)
                                            : compare(recipients_of(x), recipients_of(y));
    return order ? order : by_name(x, y);
}

void ranking_sort(struct ranking *r, enum ranked_by by) {
    if (r->rows)
        g_ptr_array_sort_with_data(r->rows, in_order, GINT_TO_POINTER(by));
}
