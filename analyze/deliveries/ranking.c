/* Who did most: see ranking.h. */
#include "analyze/deliveries/ranking.h"

#include "parsers/base/hash.h"

void ranking_free(struct ranking *r) {
    hash_table_free(&r->names);
    if (r->rows) {
        g_ptr_array_free(r->rows, TRUE);
        g_ptr_array_free(r->aside, TRUE);
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

/* Of two at the same time the cause whose name is less. */
static void note_hit(struct ranked *row, int64_t time, const struct cause *cause) {
    if (!cause || (row->top_hit && (time > row->first_hit ||
                                    (time == row->first_hit && strcmp(cause->id, row->top_hit->id) >= 0))))
        return;
    row->first_hit = time;
    row->top_hit = cause;
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

/* --- what is set aside --- */

static int compare(uint64_t a, uint64_t b) {
    return (a < b) - (a > b);
}

static int by_name(const struct ranked *a, const struct ranked *b) {
    size_t len = MIN(a->name.len, b->name.len);
    int order = len ? memcmp(a->name.ptr, b->name.ptr, len) : 0;
    return order ? order : (a->name.len > b->name.len) - (a->name.len < b->name.len);
}

/* Sorted by the hash that stands here, without a look at the rows. */
struct hashed {
    uint64_t hash;
    struct ranked *row;
};

static int by_hash(const void *a, const void *b) {
    const struct hashed *x = a;
    const struct hashed *y = b;
    return x->hash != y->hash ? (x->hash < y->hash ? -1 : 1) : by_name(x->row, y->row);
}

void ranked_add(struct ranked *row, const struct ranked *other) {
    for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
        row->of[i] += other->of[i];
    row->messages += other->messages;
    row->bytes += other->bytes;
    row->times += other->times;
    row->hit += other->hit;
    if (other->first != -1 && (row->first == -1 || other->first < row->first))
        row->first = other->first;
    note_hit(row, other->first_hit, other->top_hit);
}

/* Rows that are no heavier than half of them, and than the heaviest of these, go from a list to another; but
 * none that the message that is being counted has a part in, and no more than that is needed. */
static void move_light(GPtrArray *from, GPtrArray *to, struct hash_table *names) {
    uint64_t *weights = g_new(uint64_t, from->len);
    uint64_t heaviest = 0;
    uint64_t newest = 1;
    guint kept = 0;
    for (guint i = 0; i < from->len; i++) {
        const struct ranked *row = from->pdata[i];
        weights[i] = weight_of(row);
        heaviest = MAX(heaviest, weights[i]);
        newest = MAX(newest, row->last_message);
    }
    uint64_t light = middle_weight(weights, from->len, heaviest);
    for (guint i = 0; i < from->len; i++) {
        struct ranked *row = from->pdata[i];
        if (weights[i] > light || (names && row->last_message == newest)) {
            from->pdata[kept++] = row;
            continue;
        }
        if (names)
            hash_table_remove(names, row->hash, row);
        g_ptr_array_add(to, row);
    }
    g_free(weights);
    g_ptr_array_set_size(from, (gint)kept);
}

/* Those of one name become one. */
static void add_up(struct ranking *r) {
    guint count = r->aside->len;
    g_autofree struct hashed *sorted = g_new(struct hashed, count + 1);
    for (guint i = 0; i < count; i++) {
        struct ranked *row = r->aside->pdata[i];
        sorted[i] = (struct hashed){row->hash, row};
    }
    qsort(sorted, count, sizeof *sorted, by_hash);
    g_ptr_array_set_size(r->aside, 0);
    for (guint i = 0; i < count; i++) {
        bool is_other = i == 0 || by_hash(&sorted[i - 1], &sorted[i]) != 0;
        if (is_other) {
            g_ptr_array_add(r->aside, sorted[i].row);
            continue;
        }
        ranked_add(r->aside->pdata[r->aside->len - 1], sorted[i].row);
        g_ptr_array_add(r->unused, sorted[i].row);
    }
}

static void set_aside(struct ranking *r) {
    size_t limit = r->limit ? r->limit : LIMIT_RANKED;
    move_light(r->rows, r->aside, &r->names);
    r->most = MAX((size_t)FEW_RANKED, 2 * (size_t)r->rows->len); /* so that the next look pays for itself */
    if (r->aside->len < limit)
        return;
    add_up(r);
    if (r->aside->len < limit / 2)
        return;
    move_light(r->aside, r->unused, NULL);
    r->is_pruned = true;
}

void ranking_add_up(struct ranking *r) {
    if (!r->rows)
        return;
    for (guint i = 0; i < r->rows->len; i++)
        g_ptr_array_add(r->aside, r->rows->pdata[i]);
    g_ptr_array_set_size(r->rows, 0);
    hash_table_free(&r->names);
    add_up(r);
}

/* --- counting --- */

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
        r->aside = g_ptr_array_new();
        r->unused = g_ptr_array_new();
    }
    if (r->rows->len >= MAX(r->most, (size_t)FEW_RANKED))
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
    note_hit(row, d->last, delivery_cause(d));
}

static gint in_order(gconstpointer a, gconstpointer b, gpointer by) {
    const struct ranked *x = *(const struct ranked *const *)a;
    const struct ranked *y = *(const struct ranked *const *)b;
    enum ranked_by order_by = (enum ranked_by)GPOINTER_TO_INT(by);
    int order = order_by == RANKED_BY_TIMES ? compare(x->times, y->times)
                                            : compare(recipients_of(x), recipients_of(y));
    return order ? order : by_name(x, y);
}

/* Rows are taken in up to twice as many as are told of; then the lighter half of these goes. */
void ranking_sort(struct ranking *r, enum ranked_by by) {
    gpointer order = GINT_TO_POINTER(by);
    if (!r->rows)
        return;
    ranking_add_up(r);
    gpointer least = NULL;
    for (guint i = 0; i < r->aside->len; i++) {
        if (least && in_order(&r->aside->pdata[i], &least, order) > 0)
            continue;
        g_ptr_array_add(r->rows, r->aside->pdata[i]);
        if (r->rows->len < 2 * FEW_RANKED)
            continue;
        g_ptr_array_sort_with_data(r->rows, in_order, order);
        g_ptr_array_set_size(r->rows, FEW_RANKED);
        least = r->rows->pdata[FEW_RANKED - 1];
    }
    g_ptr_array_sort_with_data(r->rows, in_order, order);
    g_ptr_array_set_size(r->rows, (gint)MIN(r->rows->len, FEW_RANKED));
}
