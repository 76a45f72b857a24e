/* Who did most: see ranking.h. */
#include "analyze/deliveries/ranking.h"

#include "parsers/base/hash.h"

#define NEAR 64 /* names that are looked up: power of two */

struct near_row {
    struct ranked row; /* its name has no address: none */
    char name[RANKED_NAME];
};

void ranking_free(struct ranking *r) {
    ranking_forget(r);
    if (r->rows)
        g_ptr_array_free(r->rows, TRUE);
    arena_free(&r->arena);
    *r = (struct ranking){.rows = NULL};
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
    const uint64_t none = 0;
    g_autoptr(GArray) weights = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    ranked_store_each(&r->aside, NULL, &none, take_weight, weights);
    ranked_store_add_up(&r->aside, middle_weight(&g_array_index(weights, uint64_t, 0), weights->len) + 1);
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

/* Where the name comes again while the same message is counted, that message is not counted again. */
static void set_aside(struct ranking *r, const struct ranked *row) {
    if (r->message && row->last_message == r->message)
        hash_table_add(&r->gone, row->hash, r);
    ranked_store_put(&r->aside, row);
    bound_aside(r);
}

static void set_all_aside(struct ranking *r) {
    for (size_t i = 0; r->near && i < NEAR; i++)
        if (r->near[i].row.name.ptr)
            ranked_store_put(&r->aside, &r->near[i].row);
    g_free(r->near);
    r->near = NULL;
}

void ranking_each(struct ranking *r, struct ranking *shared, const uint64_t *least, ranked_sink *sink,
                  void *context) {
    set_all_aside(r);
    if (shared)
        set_all_aside(shared);
    ranked_store_each(&r->aside, shared ? &shared->aside : NULL, least, sink, context);
}

/* --- counting --- */

static bool is_gone(const void *entry, const void *key) {
    (void)key;
    return entry != NULL; /* its hash says enough */
}

struct ranked *ranking_of(struct ranking *r, struct slice name, uint64_t message) {
    name = slice_upto(name, sizeof r->lower);
    slice_lower(r->lower, name);
    name.ptr = r->lower;
    uint64_t hash = hash_bytes(name.ptr, name.len, 0);
    if (!r->near)
        r->near = g_new0(struct near_row, NEAR);
    if (r->message != message && r->gone.count)
        hash_table_clear(&r->gone);
    r->message = message;
    struct near_row *near = &r->near[hash & (NEAR - 1)];
    struct ranked *row = &near->row;
    if (row->name.ptr && row->hash == hash && slice_equal(row->name, name))
        return row;
    if (row->name.ptr)
        set_aside(r, row);
    bool was_counted = r->gone.count && hash_table_find(&r->gone, hash, is_gone, NULL);
    *row = (struct ranked){.name = {memcpy(near->name, name.ptr, name.len), name.len},
                           .hash = hash,
                           .last_message = was_counted ? message : 0,
                           .first = -1,
                           .first_hit = -1};
    return row;
}

/* The same in every process, as what they counted is added up. */
void ranked_note_client(struct ranked *row, struct slice address) {
    row->clients |= (uint64_t)1 << (hash_alike(address.ptr, address.len, 0) & 63);
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
    if (outcome_is_failure(d->outcome) && d->class)
        row->unknown += strcmp(delivery_cause(d)->id, "recipient.unknown") == 0;
    if (!delivery_hits_sender(d))
        return;
    row->hit++;
    ranked_note_hit(row, d->refused ? d->refused : d->last, delivery_cause(d));
}

/* --- the heaviest --- */

/* A row with what decides of its place, mostly before the whole name does. */
struct heavy {
    struct ranked row;
    uint64_t counted;
    uint64_t begins; /* the first bytes of its name, in their order */
};

/* Rows of which no more than the wanted ones are told; where these are full, the lighter ones go. */
struct heaviest {
    GPtrArray *rows; /* struct heavy *: all that there is room for */
    size_t count;    /* of those in use, which are the first */
    size_t wanted;
    enum ranked_by by;
    const struct heavy *least; /* none that comes behind it is told of; NULL: not known */
    uint64_t least_counted;    /* of it; 0: not known */
};

static uint64_t counted(const struct ranked *row, enum ranked_by by) {
    return by == RANKED_BY_TIMES ? row->times : ranked_weight(row) - row->times;
}

static uint64_t begins(struct slice name) {
    uint64_t bytes = 0;
    if (name.len)
        memcpy(&bytes, name.ptr, MIN(name.len, sizeof bytes));
    return GUINT64_FROM_BE(bytes);
}

static inline int in_order(const struct heavy *a, const struct heavy *b) {
    if (a->counted != b->counted)
        return a->counted > b->counted ? -1 : 1;
    if (a->row.hit != b->row.hit)
        return a->row.hit > b->row.hit ? -1 : 1;
    if (a->begins != b->begins)
        return a->begins < b->begins ? -1 : 1;
    return slice_compare(a->row.name, b->row.name);
}

static gint compare_rows(gconstpointer a, gconstpointer b) {
    return in_order(*(const struct heavy *const *)a, *(const struct heavy *const *)b);
}

/* Bring those that come first to the front (C. A. R. Hoare, "Algorithm 65: Find", 1961). Rows are offered in
 * the order of keyed hashes, so that nobody can choose one that makes it slow. */
static void bring_forward(const struct heaviest *h) {
    gpointer *rows = h->rows->pdata;
    ptrdiff_t last = (ptrdiff_t)h->wanted - 1;
    ptrdiff_t low = 0;
    ptrdiff_t high = (ptrdiff_t)h->count - 1;
    while (low < high) {
        const struct heavy *middle = rows[low + (high - low) / 3];
        ptrdiff_t i = low;
        ptrdiff_t k = high;
        while (i <= k) {
            while (in_order(rows[i], middle) < 0)
                i++;
            while (in_order(middle, rows[k]) < 0)
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
    struct heavy *heavy = h->rows->pdata[h->count]; /* which is free */
    heavy->counted = counted(row, h->by);
    if (heavy->counted < h->least_counted)
        return;
    heavy->begins = begins(row->name);
    heavy->row.name = row->name;
    heavy->row.hit = row->hit;
    if (h->least && in_order(heavy, h->least) > 0)
        return;
    heavy->row = *row;
    h->count++;
    if (h->count < h->rows->len)
        return;
    bring_forward(h);
    h->count = h->wanted;
    h->least = h->rows->pdata[h->wanted - 1];
    h->least_counted = h->least->counted;
}

/* No more names than that. */
static size_t most_names(const struct ranking *r) {
    return r ? ranked_store_rows(&r->aside) + (r->near ? NEAR : 0) : 0;
}

/* The first of these, with names of their own. */
static GPtrArray *keep_rows(struct arena *arena, const GPtrArray *heaviest, size_t count) {
    GPtrArray *kept = g_ptr_array_sized_new((guint)count);
    struct ranked *rows = arena_alloc(arena, (count + 1) * sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        rows[i] = ((const struct heavy *)heaviest->pdata[i])->row;
        rows[i].name = arena_copy(arena, rows[i].name);
        g_ptr_array_add(kept, &rows[i]);
    }
    return kept;
}

void ranking_sort(struct ranking *r, struct ranking *shared, enum ranked_by by) {
    size_t names = most_names(r) + most_names(shared);
    if (!names)
        return;
    struct heaviest h = {.rows = g_ptr_array_new(), .wanted = FEW_RANKED, .by = by};
    size_t room = MIN(names, (size_t)2 * FEW_RANKED);
    g_autofree struct heavy *rows = g_new(struct heavy, room + 1);
    for (size_t i = 0; i <= room; i++)
        g_ptr_array_add(h.rows, &rows[i]);
    r->is_pruned |= shared && shared->is_pruned;
    ranking_each(r, shared, &h.least_counted, offer, &h);
    g_ptr_array_set_size(h.rows, (gint)h.count);
    g_ptr_array_sort(h.rows, compare_rows);
    if (r->rows)
        g_ptr_array_free(r->rows, TRUE);
    r->rows = keep_rows(&r->arena, h.rows, MIN(h.count, h.wanted));
    g_ptr_array_free(h.rows, TRUE);
}

void ranking_forget(struct ranking *r) {
    hash_table_free(&r->gone);
    g_free(r->near);
    r->near = NULL;
    ranked_store_free(&r->aside);
}
