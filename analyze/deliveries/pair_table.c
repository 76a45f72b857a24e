/* Senders and receiving providers: see pair_table.h. */
#include "analyze/deliveries/pair_table.h"

#include <stdlib.h>

static struct slice provider_name(const struct domain *d) {
    return d->provider ? slice_of(d->provider->id) : d->name;
}

/* A cell of the matrix with the provider in place of the domain. */
struct cell {
    uint32_t sender, cause;
    struct slice provider;
    struct counts counts;
    struct slice sample;
};

static int by_cell(const void *a, const void *b) {
    const struct cell *x = a;
    const struct cell *y = b;
    int order = slice_compare(x->provider, y->provider);
    if (order)
        return order;
    return x->sender != y->sender ? (x->sender < y->sender ? -1 : 1)
           : x->cause < y->cause  ? -1
                                  : x->cause > y->cause;
}

static struct cell cell_of(const struct totals *totals, const struct tally *t) {
    const struct log_sample *sample = totals_sample(totals, t);
    return (struct cell){t->a, t->c, provider_name(&totals->domains[t->b]), t->counts,
                         sample ? sample->reply : SLICE_EMPTY};
}

static struct cell *collect_cells(const struct totals *totals, size_t *count, struct arena *arena) {
    const struct hash_table *matrix = &totals->matrix;
    struct cell *cells = arena_alloc(arena, (matrix->count + 1) * sizeof *cells);
    size_t n = 0;
    size_t at = 0;
    for (const struct tally *t; (t = tally_next(matrix, &at)) != NULL;)
        cells[n++] = cell_of(totals, t);
    qsort(cells, n, sizeof *cells, by_cell);
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        struct cell *last = *count ? &cells[*count - 1] : NULL;
        if (last && by_cell(last, &cells[i]) == 0) {
            counts_add(&last->counts, &cells[i].counts);
            if (cells[i].sample.len &&
                (!last->sample.len || slice_compare(cells[i].sample, last->sample) < 0))
                last->sample = cells[i].sample;
        } else {
            cells[(*count)++] = cells[i];
        }
    }
    return cells;
}

/* Of causes with as many the first by its name, whatever the order of the lines. */
static bool is_more(uint64_t failed, const struct cause *cause, uint64_t top_failed,
                    const struct cause *top) {
    return failed > top_failed || (failed && failed == top_failed && strcmp(cause->id, top->id) < 0);
}

static void add_cell(struct log_pair_row *row, const struct cell *c, const struct totals *totals) {
    uint64_t failed = counts_failed(&c->counts);
    if (c->cause == 0) {
        row->sent = c->counts.of[OUTCOME_SENT];
        row->discarded = c->counts.of[OUTCOME_DISCARDED];
        row->held = c->counts.of[OUTCOME_HELD];
        row->failed = failed;
        return;
    }
    const struct cause *cause = totals->causes[c->cause - 1].cause;
    if (is_more(failed, cause, row->top_failed, row->top_cause)) {
        row->top_failed = failed;
        row->top_cause = cause;
    }
    if (!cause->hits)
        return;
    row->hit += failed;
    if (is_more(failed, cause, row->top_hit_failed, row->top_hit)) {
        row->top_hit_failed = failed;
        row->top_hit = cause;
        row->sample = c->sample;
    }
}

/* Of the senders to one provider: who fails by a cause that depends on the sender, and that another, who gets
 * through, does not meet? It rests on replies to that sender from there. */
static void note_differences(struct log_pair_row *rows, size_t count) {
    const struct log_pair_row *best = NULL;
    for (size_t i = 0; i < count; i++) {
        bool is_through = rows[i].sent >= 2 && rows[i].hit * 10 <= rows[i].sent;
        if (is_through && (!best || rows[i].sent > best->sent ||
                           (rows[i].sent == best->sent && slice_compare(rows[i].sender, best->sender) < 0)))
            best = &rows[i];
    }
    for (size_t i = 0; best && i < count; i++) {
        struct log_pair_row *row = &rows[i];
        row->is_different = row != best && row->top_hit_failed >= 2 && row->hit > row->sent &&
                            row->sample.len && row->top_hit != best->top_hit;
        row->better.sender = best->sender;
        row->better.sent = best->sent;
        row->better.failed = best->failed;
    }
}

static int by_difference(const void *a, const void *b) {
    const struct log_pair_row *x = a;
    const struct log_pair_row *y = b;
    if (x->is_different != y->is_different)
        return x->is_different ? -1 : 1;
    int order = compare_falling(x->failed, y->failed);
    if (!order)
        order = compare_falling(x->sent, y->sent);
    if (!order)
        order = slice_compare(x->sender, y->sender);
    return order ? order : slice_compare(x->provider, y->provider);
}

void log_pairs_build(struct log_tables *t, const struct totals *totals, struct arena *arena) {
    size_t count;
    struct cell *cells = collect_cells(totals, &count, arena);
    t->pairs = arena_alloc(arena, (count + 1) * sizeof *t->pairs);
    size_t first = 0; /* of the provider's rows */
    for (size_t i = 0; i < count; i++) {
        const struct cell *c = &cells[i];
        bool is_new_provider = i > 0 && slice_compare(cells[i - 1].provider, c->provider) != 0;
        if (is_new_provider) {
            note_differences(t->pairs + first, t->pair_count - first);
            first = t->pair_count;
        }
        if (i == 0 || is_new_provider || cells[i - 1].sender != c->sender)
            t->pairs[t->pair_count++] =
                (struct log_pair_row){.sender = totals->domains[c->sender].name, .provider = c->provider};
        add_cell(&t->pairs[t->pair_count - 1], c, totals);
    }
    note_differences(t->pairs + first, t->pair_count - first);
    qsort(t->pairs, t->pair_count, sizeof *t->pairs, by_difference);
}
