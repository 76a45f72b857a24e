/* Sorting what was counted: see tables.h. */
#include "analyze/deliveries/tables.h"

#include "parsers/base/zone.h"

#include <stdlib.h>

#define MOST_BARS 48 /* where the longest step allows it */
#define SHORT_GAP 2  /* bars without mail that are shown; more in a row are left out */

uint64_t counts_failed(const struct counts *c) {
    return c->of[OUTCOME_BOUNCED] + c->of[OUTCOME_EXPIRED] + c->of[OUTCOME_DEFERRED];
}

uint64_t counts_all(const struct counts *c) {
    uint64_t all = 0;
    for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
        all += c->of[i];
    return all;
}

static void counts_add(struct counts *to, const struct counts *from) {
    for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
        to->of[i] += from->of[i];
}

static int compare(uint64_t x, uint64_t y) {
    return x > y ? -1 : x < y;
}

static int by_slice(struct slice a, struct slice b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
    return order ? order : a.len < b.len ? -1 : a.len > b.len;
}

/* Numbers are given as lines come; names are the same in any order of these. */
static int by_failed(const void *a, const void *b, void *all) {
    const struct totals *totals = all;
    const struct tally *x = a;
    const struct tally *y = b;
    int order = compare(counts_failed(&x->counts), counts_failed(&y->counts));
    if (!order && x->b != y->b)
        order = by_slice(totals->domains[x->b].name, totals->domains[y->b].name);
    return order || x->a == y->a ? order
                                 : strcmp(totals->causes[x->a].cause->id, totals->causes[y->a].cause->id);
}

/* The tallies of one cause, by falling count. */
static struct tally *domains_of(const struct totals *totals, uint32_t cause, size_t *count,
                                struct arena *arena) {
    const struct hash_table *map = &totals->by_domain;
    size_t n = 0;
    size_t at = 0;
    for (const struct tally *t; (t = tally_next(map, &at)) != NULL;)
        n += t->a == cause;
    struct tally *list = arena_alloc(arena, (n + 1) * sizeof *list);
    *count = at = 0;
    for (const struct tally *t; (t = tally_next(map, &at)) != NULL;)
        if (t->a == cause)
            list[(*count)++] = *t;
    g_qsort_with_data(list, (gint)n, sizeof *list, by_failed, (void *)totals);
    return list;
}

static int by_second_then_failed(const void *a, const void *b, void *totals) {
    const struct tally *x = a;
    const struct tally *y = b;
    return x->b != y->b ? (x->b < y->b ? -1 : 1) : by_failed(a, b, totals);
}

/* All tallies, grouped by their second number: the causes of each domain. */
static struct tally *group(const struct totals *totals, const struct hash_table *map, size_t *count,
                           struct arena *arena) {
    struct tally *list = arena_alloc(arena, (map->count + 1) * sizeof *list);
    size_t at = 0;
    *count = 0;
    for (const struct tally *t; (t = tally_next(map, &at)) != NULL;)
        list[(*count)++] = *t;
    g_qsort_with_data(list, (gint)*count, sizeof *list, by_second_then_failed, (void *)totals);
    return list;
}

/* What can be done about a cause by those who read the report: one that hits all mail of a sender or server
 * comes before an address that does not exist, and what only others can mend, or time, comes last. */
static uint64_t leverage(const struct cause *c) {
    static const struct {
        const char *fixer;
        uint64_t weight;
    } fixers[] = {{"sender-operator", 20}, {"author", 10}, {"network-operator", 10}, {"nobody", 1}};
    if (c->hits)
        return 50;
    for (size_t i = 0; c->fixer && i < G_N_ELEMENTS(fixers); i++)
        if (strcmp(c->fixer, fixers[i].fixer) == 0)
            return fixers[i].weight;
    return 4; /* the receiving side */
}

/* Who may still get the mail is harmed less. */
static uint64_t harm(const struct counts *c) {
    return 4 * (counts_failed(c) - c->of[OUTCOME_DEFERRED]) + c->of[OUTCOME_DEFERRED];
}

static int by_weight(const void *a, const void *b) {
    const struct log_cause_row *x = a;
    const struct log_cause_row *y = b;
    int order = compare(x->weight, y->weight);
    if (!order)
        order = compare(x->cause->recipients, y->cause->recipients);
    return order ? order : strcmp(x->cause->cause->id, y->cause->cause->id);
}

static int64_t day_of(const struct log_tables *t, int64_t time) {
    return (time + (t->zone ? zone_offset_at(t->zone, time) : 0)) / 86400;
}

static bool is_new(const struct log_tables *t, const struct cause_count *c) {
    const struct log_summary *s = t->summary;
    return c->first != -1 && s->first != -1 && day_of(t, s->first) < day_of(t, s->last) &&
           day_of(t, c->first) == day_of(t, s->last);
}

static int by_inbound(const void *a, const void *b) {
    const struct cause_count *x = *(const struct cause_count *const *)a;
    const struct cause_count *y = *(const struct cause_count *const *)b;
    int order = compare(x->inbound, y->inbound);
    return order ? order : strcmp(x->cause->id, y->cause->id);
}

static void build_causes(struct log_tables *t, const struct totals *totals, struct arena *arena) {
    t->causes = arena_alloc(arena, (totals->cause_count + 1) * sizeof *t->causes);
    t->inbound = arena_alloc(arena, (totals->cause_count + 1) * sizeof *t->inbound);
    for (size_t i = 0; i < totals->cause_count; i++) {
        const struct cause_count *c = &totals->causes[i];
        if (c->inbound)
            t->inbound[t->inbound_count++] = c;
        if (!c->recipients)
            continue;
        struct log_cause_row *row = &t->causes[t->cause_count++];
        row->cause = c;
        row->domains = domains_of(totals, (uint32_t)i, &row->domain_count, arena);
        row->counts = (struct counts){{0}};
        for (size_t k = 0; k < row->domain_count; k++)
            counts_add(&row->counts, &row->domains[k].counts);
        row->weight = leverage(c->cause) * harm(&row->counts);
        row->is_new = is_new(t, c);
    }
    qsort(t->causes, t->cause_count, sizeof *t->causes, by_weight);
    qsort(t->inbound, t->inbound_count, sizeof *t->inbound, by_inbound);
}

static int by_all(const void *a, const void *b) {
    const struct log_domain_row *x = a;
    const struct log_domain_row *y = b;
    int order = compare(counts_failed(&x->counts), counts_failed(&y->counts));
    if (!order)
        order = compare(counts_all(&x->counts), counts_all(&y->counts));
    return order ? order : by_slice(x->name, y->name);
}

static struct log_domain_row *build_domains(const struct totals *totals, bool are_senders, size_t *count,
                                            struct arena *arena) {
    struct log_domain_row *rows = arena_alloc(arena, (totals->domain_count + 1) * sizeof *rows);
    size_t grouped;
    struct tally *causes =
        group(totals, are_senders ? &totals->by_sender : &totals->by_domain, &grouped, arena);
    size_t at = 0;
    *count = 0;
    for (uint32_t i = 0; i < totals->domain_count; i++) {
        const struct domain *d = &totals->domains[i];
        const struct counts *counts = are_senders ? &d->sent : &d->received;
        while (at < grouped && causes[at].b < i)
            at++;
        size_t first = at;
        while (at < grouped && causes[at].b == i)
            at++;
        if (!counts_all(counts))
            continue;
        rows[(*count)++] = (struct log_domain_row){
            d->name,        d->provider, *counts, at > first ? totals->causes[causes[first].a].cause : NULL,
            causes + first, at - first};
    }
    qsort(rows, *count, sizeof *rows, by_all);
    return rows;
}

static struct slice provider_name(const struct domain *d) {
    return d->provider ? slice_of(d->provider->id) : d->name;
}

static void build_providers(struct log_tables *t, struct arena *arena) {
    t->providers = arena_alloc(arena, (t->destination_count + 1) * sizeof *t->providers);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < t->destination_count; i++) {
        const struct log_domain_row *d = &t->destinations[i];
        if (!d->provider)
            continue;
        struct log_domain_row *row = g_hash_table_lookup(seen, d->provider);
        if (!row) {
            row = &t->providers[t->provider_count++];
            *row = (struct log_domain_row){.name = slice_of(d->provider->name), .provider = d->provider};
            g_hash_table_insert(seen, (gpointer)d->provider, row);
        }
        counts_add(&row->counts, &d->counts);
    }
    qsort(t->providers, t->provider_count, sizeof *t->providers, by_all);
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
    int order = by_slice(x->provider, y->provider);
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
            if (cells[i].sample.len && (!last->sample.len || by_slice(cells[i].sample, last->sample) < 0))
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
                           (rows[i].sent == best->sent && by_slice(rows[i].sender, best->sender) < 0)))
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
    int order = compare(x->failed, y->failed);
    if (!order)
        order = compare(x->sent, y->sent);
    if (!order)
        order = by_slice(x->sender, y->sender);
    return order ? order : by_slice(x->provider, y->provider);
}

static void build_pairs(struct log_tables *t, const struct totals *totals, struct arena *arena) {
    size_t count;
    struct cell *cells = collect_cells(totals, &count, arena);
    t->pairs = arena_alloc(arena, (count + 1) * sizeof *t->pairs);
    size_t first = 0; /* of the provider's rows */
    for (size_t i = 0; i < count; i++) {
        const struct cell *c = &cells[i];
        bool is_new_provider = i > 0 && by_slice(cells[i - 1].provider, c->provider) != 0;
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

static void build_sent_by(struct log_tables *t, const struct totals *totals) {
    for (int kind = 0; kind < ORIGINS; kind++) {
        const GPtrArray *rows = totals->rankings[kind].rows;
        for (guint i = 0; rows && i < rows->len; i++) {
            uint64_t messages = ((const struct ranked *)rows->pdata[i])->messages;
            t->sent_by[kind].all += messages;
            t->sent_by[kind].next = MAX(t->sent_by[kind].next, MIN(messages, t->sent_by[kind].most));
            t->sent_by[kind].most = MAX(t->sent_by[kind].most, messages);
        }
    }
}

/* Bars in the zone's own hours and days. A number counts steps of its clock. */
static int64_t bar_of(const struct log_tables *t, uint32_t step) {
    int64_t time = (int64_t)step * TIMELINE_SECONDS;
    return (time + (t->zone ? zone_offset_at(t->zone, time) : 0)) / t->bar_seconds;
}

static int64_t start_of_bar(const struct log_tables *t, int64_t number) {
    int64_t local = number * t->bar_seconds;
    return local - (t->zone ? zone_offset_of_local(t->zone, local) : 0);
}

/* What was counted in one step of the timeline. */
struct moment {
    uint32_t step;
    struct counts counts;
    uint64_t rejected;
};

static int by_time(const void *a, const void *b) {
    uint32_t x = ((const struct moment *)a)->step;
    uint32_t y = ((const struct moment *)b)->step;
    return (x > y) - (x < y);
}

/* All of the timeline, in order. */
static struct moment *collect_times(const struct totals *totals, size_t *count, struct arena *arena) {
    size_t most = totals->timeline.count + totals->rejects.count + 1;
    struct moment *times = arena_alloc(arena, most * sizeof *times);
    size_t at = 0;
    *count = 0;
    for (const struct tally *c; (c = tally_next(&totals->timeline, &at)) != NULL;)
        times[(*count)++] = (struct moment){.step = c->a, .counts = c->counts};
    at = 0;
    for (const struct tally *c; (c = tally_next(&totals->rejects, &at)) != NULL;)
        times[(*count)++] = (struct moment){.step = c->a, .rejected = c->times};
    qsort(times, *count, sizeof *times, by_time);
    return times;
}

static uint64_t moment_sum(const struct moment *m) {
    return counts_all(&m->counts) + m->rejected;
}

/* Seconds in which all but the first and last hundredth of it was, so that one wrong stamp does not stretch
 * the chart over years. */
static int64_t span_of(const struct moment *times, size_t count) {
    uint64_t all = 0;
    uint64_t before = 0;
    size_t first = 0;
    size_t last = count ? count - 1 : 0;
    for (size_t i = 0; i < count; i++)
        all += moment_sum(&times[i]);
    while (first < last && (before += moment_sum(&times[first])) <= all / 100)
        first++;
    for (before = 0; last > first && (before += moment_sum(&times[last])) <= all / 100;)
        last--;
    return count ? ((int64_t)times[last].step - times[first].step) * TIMELINE_SECONDS : 0;
}

static void add_bar(struct log_tables *t, int64_t number) {
    t->bars[t->bar_count++].start = start_of_bar(t, number);
}

static void add_to_hour(struct log_tables *t, const struct moment *moment) {
    int64_t time = (int64_t)moment->step * TIMELINE_SECONDS;
    struct log_bar *hour = &t->hours[(time + (t->zone ? zone_offset_at(t->zone, time) : 0)) / 3600 % 24];
    counts_add(&hour->counts, &moment->counts);
    hour->rejected += moment->rejected;
}

/* The step is the shortest of which there are not too many with mail in them, so that one wrong stamp does
 * not stretch the chart over years. Of times without mail only a short one has bars. */
static void build_bars(struct log_tables *t, const struct totals *totals, struct arena *arena) {
    static const int64_t steps[] = {TIMELINE_SECONDS, 1800, 3600, 7200, 21600, 43200, 86400, 604800, 2592000};
    size_t step = 0;
    size_t count;
    const struct moment *times = collect_times(totals, &count, arena);
    int64_t span = span_of(times, count);
    while (step + 1 < G_N_ELEMENTS(steps) && span / steps[step] >= MOST_BARS)
        step++;
    t->bar_seconds = steps[step];
    t->bars = arena_alloc(arena, (count * (SHORT_GAP + 1) + 1) * sizeof *t->bars);
    memset(t->bars, 0, (count * (SHORT_GAP + 1) + 1) * sizeof *t->bars);
    for (size_t i = 0; i < count; i++) {
        int64_t bar = bar_of(t, times[i].step);
        int64_t last = i ? bar_of(t, times[i - 1].step) : bar - 1;
        for (int64_t empty = last + 1; bar - last <= SHORT_GAP + 1 && empty < bar; empty++)
            add_bar(t, empty);
        if (bar != last)
            add_bar(t, bar);
        counts_add(&t->bars[t->bar_count - 1].counts, &times[i].counts);
        t->bars[t->bar_count - 1].rejected += times[i].rejected;
        add_to_hour(t, &times[i]);
    }
}

void log_tables_build(struct log_tables *t, const struct log_summary *summary, struct arena *arena) {
    const struct totals *totals = &summary->totals;
    t->summary = summary;
    build_causes(t, totals, arena);
    t->destinations = build_domains(totals, false, &t->destination_count, arena);
    t->senders = build_domains(totals, true, &t->sender_count, arena);
    build_providers(t, arena);
    build_pairs(t, totals, arena);
    build_sent_by(t, totals);
    build_bars(t, totals, arena);
}
