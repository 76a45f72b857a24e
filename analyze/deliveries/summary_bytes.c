/* What was counted, as bytes: see summary_layout.h. */
#include "analyze/deliveries/summary_bytes.h"

#include "parsers/base/hash.h"

static void put(GString *out, uint64_t number) {
    for (; number >= 0x80; number >>= 7)
        g_string_append_c(out, (char)(number | 0x80));
    g_string_append_c(out, (char)number);
}

static void put_time(GString *out, int64_t time) {
    put(out, (uint64_t)time + 1);
}

static void put_text(GString *out, struct slice text) {
    put(out, text.len);
    if (text.len)
        g_string_append_len(out, text.ptr, (gssize)text.len);
}

static void put_name(GString *out, const char *name) {
    put_text(out, name ? slice_of(name) : SLICE_EMPTY);
}

static void put_counts(GString *out, const uint64_t *of, size_t count) {
    for (size_t i = 0; i < count; i++)
        put(out, of[i]);
}

static void put_class(GString *out, const struct reply_class *c) {
    put_name(out, c->cause ? c->cause->id : NULL);
    if (!c->cause)
        return;
    put_name(out, c->underlying ? c->underlying->id : NULL);
    put_name(out, c->rule ? c->rule->id : NULL);
    put_name(out, c->provider ? c->provider->id : NULL);
    put_name(out, c->fixer);
    put(out, c->is_permanent);
    put(out, c->confidence);
}

static void put_sample(GString *out, const struct log_sample *s) {
    bool is_any = s && s->room;
    put(out, is_any);
    if (!is_any)
        return;
    put_text(out, s->reply);
    put_text(out, s->host);
    put_text(out, s->queue_id);
    put_text(out, s->recipient);
    put_time(out, s->time);
    put(out, s->domain);
    put(out, s->outcome);
    put_class(out, &s->class);
}

static void put_lines(GString *out, struct log_summary *s) {
    const char *name;
    uint64_t lines;
    g_string_append_c(out, 'L');
    put_time(out, s->first);
    put_time(out, s->last);
    put(out, (uint64_t)((int64_t)s->first_offset + (1 << 20)));
    put(out, s->has_local);
    for (size_t i = 0; summary_counter(s, i); i++)
        put(out, *summary_counter(s, i));
    for (size_t i = 0; (name = log_summary_system(s, i, &lines)); i++)
        if (lines) {
            g_string_append_c(out, 'S');
            put_name(out, name);
            put(out, i < LOG_DIALECTS);
            put(out, lines);
        }
    if (s->dialect_lines[DIALECT_export]) {
        g_string_append_c(out, 'E');
        put(out, s->dialect_lines[DIALECT_export]);
    }
}

static void put_kinds(GString *out, const struct line_kinds *kinds) {
    for (const struct line_kind *k = kinds->first; k; k = k->next) {
        g_string_append_c(out, 'K');
        put_name(out, k->dialect);
        put_name(out, k->trouble);
        put_text(out, k->name);
        put(out, k->is_known);
        put(out, k->count);
        put(out, k->first);
        put_text(out, k->raw);
        put_text(out, k->sample);
    }
}

static void put_texts(GString *out, char letter, const GPtrArray *texts) {
    for (guint i = 0; texts && i < texts->len; i++) {
        g_string_append_c(out, letter);
        put_name(out, texts->pdata[i]);
    }
}

static void put_names(GString *out, const struct totals *t) {
    for (uint32_t i = 0; i < t->domain_count; i++) {
        const struct domain *d = &t->domains[i];
        g_string_append_c(out, 'd');
        put_text(out, d->name);
        put_name(out, d->provider ? d->provider->id : NULL);
        put_counts(out, d->received.of, RECIPIENT_OUTCOMES);
        put_counts(out, d->sent.of, RECIPIENT_OUTCOMES);
    }
    for (size_t i = 0; i < t->cause_count; i++) {
        const struct cause_count *c = &t->causes[i];
        g_string_append_c(out, 'c');
        put_name(out, c->cause->id);
        put(out, c->recipients);
        put(out, c->attempts);
        put(out, c->inbound);
        put_time(out, c->first);
        put_sample(out, &c->sample);
        put_sample(out, &c->inbound_sample);
    }
}

static void put_tallies(GString *out, struct totals *t) {
    for (int map = 0; map < MAPS; map++) {
        const struct tally *tally;
        size_t at = 0;
        while ((tally = tally_next(summary_map(t, (enum summary_map)map), &at))) {
            g_string_append_c(out, 't');
            put(out, (uint64_t)map);
            put(out, tally->a);
            put(out, tally->b);
            put(out, tally->c);
            put_counts(out, tally->counts.of, map == MAP_REJECTS ? 1 : RECIPIENT_OUTCOMES);
            put_sample(out, totals_sample(t, tally));
        }
    }
}

static size_t number_of_cause(const struct totals *t, const struct cause *cause) {
    size_t i = 0;
    while (i < t->cause_count && t->causes[i].cause != cause)
        i++;
    return i;
}

/* A ranking whose rows are written. */
struct put_ranking {
    GString *out;
    const struct totals *totals;
    size_t ranking;
};

static void put_ranked(void *context, const struct ranked *row) {
    const struct put_ranking *p = context;
    const struct totals *t = p->totals;
    size_t cause = row->top_hit ? number_of_cause(t, row->top_hit) : t->cause_count;
    g_string_append_c(p->out, 'r');
    put(p->out, p->ranking);
    put_text(p->out, row->name);
    put_counts(p->out, row->of, RECIPIENT_OUTCOMES);
    put(p->out, row->messages);
    put(p->out, row->bytes);
    put(p->out, row->times);
    put(p->out, row->hit);
    put(p->out, row->unknown);
    put(p->out, row->clients);
    put_time(p->out, row->first);
    put_time(p->out, row->first_hit);
    put(p->out, cause < t->cause_count ? cause + 1 : 0);
}

static void put_rankings(GString *out, struct totals *t) {
    const uint64_t none = 0;
    for (size_t i = 0; i < RANKINGS; i++) {
        struct put_ranking p = {out, t, i};
        struct ranking *shared = totals_shared(t, (enum rankings)i);
        if (t->rankings[i].is_pruned || (shared && shared->is_pruned)) {
            g_string_append_c(out, 'p');
            put(out, i);
        }
        ranking_each(&t->rankings[i], shared, &none, put_ranked, &p);
    }
}

static void put_delays(GString *out, size_t part, const char *provider, const struct delays *d) {
    if (!d)
        return;
    g_string_append_c(out, 'y');
    put(out, part);
    put_name(out, provider);
    put(out, d->count);
    put(out, d->most);
    for (unsigned i = 0; i < DELAY_BUCKETS; i++)
        if (d->of[i]) {
            put(out, i + 1);
            put(out, d->of[i]);
        }
    put(out, 0);
}

/* Which logs, and with what they were read. */
static void put_piece(GString *out, const struct log_summary *s, const struct summary_notes *notes) {
    const GArray *logs = s->pieces.logs;
    for (guint i = 0; logs && i < logs->len; i++) {
        const struct log_identity *log = &g_array_index(logs, struct log_identity, i);
        if (!log->bytes)
            continue;
        g_string_append_c(out, 'F');
        put(out, log->head);
        put(out, log->bytes);
    }
    g_string_append_c(out, 'H');
    put(out, notes->rules);
    put_name(out, s->pieces.filters);
}

static void put_records(struct log_summary *s, const struct summary_notes *notes, GString *out) {
    struct totals *t = &s->totals;
    put_piece(out, s, notes);
    put_texts(out, 'N', notes->names);
    put_texts(out, 'P', notes->problems);
    put_texts(out, 'O', notes->notes);
    g_string_append_c(out, 'X');
    put(out, notes->status ? (uint64_t)*notes->status : 0);
    put_lines(out, s);
    put_kinds(out, &s->kinds);
    put_names(out, t);
    for (unsigned i = 0; i < t->set_aside.count; i++) {
        g_string_append_c(out, 'a');
        put_sample(out, &t->set_aside.list[i]);
    }
    put_tallies(out, t);
    put_rankings(out, t);
    for (size_t i = 0; i < DELAY_PARTS; i++)
        put_delays(out, i, NULL, t->delays[i]);
    for (size_t i = 0; i < t->provider_count; i++)
        put_delays(out, DELAY_PARTS, t->providers[i].provider->id, t->providers[i].delays);
}

void summary_write(struct log_summary *s, const struct summary_notes *notes, GString *out) {
    g_autoptr(GString) records = g_string_new(NULL);
    put_records(s, notes, records);
    g_string_append(out, SUMMARY_MAGIC);
    put(out, records->len);
    g_string_append_len(out, records->str, (gssize)records->len);
    uint64_t check = hash_alike(records->str, records->len, 0);
    for (int i = 0; i < SUMMARY_CHECK; i++)
        g_string_append_c(out, (char)(check >> (8 * i)));
}
