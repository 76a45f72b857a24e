/* Sorting what was counted: see tables.h. */
#include "analyze/deliveries/tables.h"

#include "analyze/deliveries/bar_table.h"
#include "analyze/deliveries/pair_table.h"
#include "parsers/base/zone.h"

#include <stdlib.h>

/* Numbers are given as lines come; names are the same in any order of these. */
static int by_failed(const void *a, const void *b, void *all) {
    const struct totals *totals = all;
    const struct tally *x = a;
    const struct tally *y = b;
    int order = compare_falling(counts_failed(&x->counts), counts_failed(&y->counts));
    if (!order && x->b != y->b)
        order = slice_compare(totals->domains[x->b].name, totals->domains[y->b].name);
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
    int order = compare_falling(x->weight, y->weight);
    if (!order)
        order = compare_falling(x->cause->recipients, y->cause->recipients);
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
    int order = compare_falling(x->inbound, y->inbound);
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
    int order = compare_falling(counts_failed(&x->counts), counts_failed(&y->counts));
    if (!order)
        order = compare_falling(counts_all(&x->counts), counts_all(&y->counts));
    return order ? order : slice_compare(x->name, y->name);
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

void log_tables_build(struct log_tables *t, const struct log_summary *summary, struct arena *arena) {
    const struct totals *totals = &summary->totals;
    t->summary = summary;
    build_causes(t, totals, arena);
    t->destinations = build_domains(totals, false, &t->destination_count, arena);
    t->senders = build_domains(totals, true, &t->sender_count, arena);
    build_providers(t, arena);
    log_pairs_build(t, totals, arena);
    build_sent_by(t, totals);
    log_bars_build(t, totals, arena);
}
