/* What was counted elsewhere: see summary_read.h. */
#include "analyze/deliveries/summary_read.h"

#include "analyze/deliveries/summary_piece.h"

static void add_sample(struct summary_reading *r, struct log_sample *into) {
    struct totals *t = &r->summary->totals;
    struct log_sample s;
    if (summary_take_sample(r, &s))
        log_sample_add(into, &s, &t->arena, &t->scratch);
}

static void take_set_aside(struct summary_reading *r) {
    struct totals *t = &r->summary->totals;
    struct log_sample s;
    if (summary_take_sample(r, &s))
        log_samples_add(&t->set_aside, &s, &t->arena, &t->scratch);
}

static void take_lines(struct summary_reading *r) {
    struct log_summary *s = r->summary;
    int64_t first = summary_take_time(r);
    int64_t last = summary_take_time(r);
    int offset = (int)((int64_t)summary_take_upto(r, 1 << 21) - (1 << 20));
    log_summary_note_times(s, first, last, offset);
    s->has_local |= summary_take_upto(r, 1);
    for (size_t i = 0; summary_counter(s, i); i++)
        *summary_counter(s, i) += summary_take_number(r);
}

static void take_system(struct summary_reading *r) {
    struct slice id = summary_take_text(r);
    bool is_dialect = summary_take_upto(r, 1);
    uint64_t lines = summary_take_number(r);
    const char *name;
    uint64_t unused;
    for (size_t i = is_dialect ? 0 : LOG_DIALECTS; (name = log_summary_system(r->summary, i, &unused)); i++)
        if (slice_equal(id, slice_of(name))) {
            *(i < LOG_DIALECTS ? &r->summary->dialect_lines[i]
                               : &r->summary->export_records[i - LOG_DIALECTS]) += lines;
            return;
        }
    r->is_bad = true;
}

/* Names that stand for good: those of dialects and of kinds of exports. */
static const char *known_name(struct summary_reading *r, struct slice word) {
    const char *name;
    uint64_t unused;
    if (slice_equal(word, SLICE("?")))
        return "?";
    for (size_t i = 0; (name = log_summary_system(r->summary, i, &unused)); i++)
        if (slice_equal(word, slice_of(name)))
            return name;
    r->is_bad = true;
    return NULL;
}

static void take_kind(struct summary_reading *r) {
    struct line_kind k = {.key = NULL};
    k.dialect = known_name(r, summary_take_text(r));
    struct slice trouble = summary_take_text(r);
    k.trouble = line_kinds_trouble(trouble);
    r->is_bad |= trouble.len && !k.trouble;
    k.name = summary_take_text(r);
    k.is_known = summary_take_upto(r, 1);
    k.count = summary_take_number(r);
    k.first = summary_take_number(r);
    k.raw = summary_take_text(r);
    k.sample = summary_take_text(r);
    if (!r->is_bad)
        line_kinds_merge_one(&r->summary->kinds, &k);
}

static void take_domain(struct summary_reading *r) {
    struct totals *t = &r->summary->totals;
    uint32_t number = totals_domain(t, summary_take_text(r));
    g_array_append_val(r->domains, number);
    totals_provide(&t->domains[number], summary_take_provider(r));
    summary_add_counts(r, t->domains[number].received.of, RECIPIENT_OUTCOMES);
    summary_add_counts(r, t->domains[number].sent.of, RECIPIENT_OUTCOMES);
}

static void take_cause(struct summary_reading *r) {
    struct totals *t = &r->summary->totals;
    const struct cause *cause = summary_take_cause(r);
    r->is_bad |= !cause;
    if (!cause)
        return;
    uint32_t number = totals_cause(t, cause);
    struct cause_count *c = &t->causes[number];
    g_array_append_val(r->causes, number);
    c->recipients += summary_take_number(r);
    c->attempts += summary_take_number(r);
    c->inbound += summary_take_number(r);
    int64_t first = summary_take_time(r);
    if (first != -1 && (c->first == -1 || first < c->first))
        c->first = first;
    add_sample(r, &c->sample);
    add_sample(r, &c->inbound_sample);
}

static void take_tally(struct summary_reading *r) {
    struct totals *t = &r->summary->totals;
    enum summary_map map = (enum summary_map)summary_take_upto(r, MAPS - 1);
    bool is_of_cause = map == MAP_BY_DOMAIN || map == MAP_BY_SENDER;
    bool is_of_domain = is_of_cause || map == MAP_MATRIX;
    uint32_t a = is_of_cause    ? summary_take_named(r, r->causes)
                 : is_of_domain ? summary_take_named(r, r->domains)
                                : (uint32_t)summary_take_upto(r, UINT32_MAX);
    uint32_t b = is_of_domain ? summary_take_named(r, r->domains) : (uint32_t)summary_take_upto(r, 0);
    uint64_t c = summary_take_upto(r, map == MAP_MATRIX ? r->causes->len : 0);
    if (r->is_bad)
        return;
    struct tally *tally =
        totals_tally(t, summary_map(t, map), a, b, c ? g_array_index(r->causes, uint32_t, c - 1) + 1 : 0);
    summary_add_counts(r, tally->counts.of, map == MAP_REJECTS ? 1 : RECIPIENT_OUTCOMES);
    struct log_sample s;
    if (summary_take_sample(r, &s))
        log_sample_add(totals_sample_of(t, tally), &s, &t->arena, &t->scratch);
}

static void take_ranked(struct summary_reading *r) {
    struct ranked row = {.first = -1};
    size_t ranking = summary_take_upto(r, RANKINGS - 1);
    struct slice name = summary_take_text(r);
    summary_add_counts(r, row.of, RECIPIENT_OUTCOMES);
    row.messages = summary_take_number(r);
    row.bytes = summary_take_number(r);
    row.times = summary_take_number(r);
    row.hit = summary_take_number(r);
    row.unknown = summary_take_number(r);
    row.clients = summary_take_number(r);
    row.first = summary_take_time(r);
    row.first_hit = summary_take_time(r);
    uint64_t cause = summary_take_upto(r, r->causes->len);
    if (cause)
        row.top_hit = r->summary->totals.causes[g_array_index(r->causes, uint32_t, cause - 1)].cause;
    if (!r->is_bad)
        ranked_add(ranking_of(&r->summary->totals.rankings[ranking], name, 0), &row);
}

static void take_delays(struct summary_reading *r) {
    struct totals *t = &r->summary->totals;
    size_t part = summary_take_upto(r, DELAY_PARTS);
    const struct provider *provider = summary_take_provider(r);
    r->is_bad |= (part == DELAY_PARTS) != (provider != NULL);
    if (r->is_bad)
        return;
    struct delays unused = {.count = 0};
    struct delays *d = provider ? totals_provider_delays(t, provider) : totals_delays(t, &t->delays[part]);
    d = d ? d : &unused;
    d->count += summary_take_number(r);
    uint32_t most = (uint32_t)summary_take_upto(r, UINT32_MAX);
    d->most = MAX(d->most, most);
    uint64_t bucket;
    while ((bucket = summary_take_upto(r, DELAY_BUCKETS)))
        d->of[bucket - 1] += (uint32_t)summary_take_number(r);
}

static void take_note(struct summary_reading *r, GPtrArray *texts) {
    struct slice text = summary_take_text(r);
    if (texts)
        g_ptr_array_add(texts, g_strndup(text.ptr, text.len));
}

static void take_name(struct summary_reading *r) {
    take_note(r, r->notes->names);
}

static void take_problem(struct summary_reading *r) {
    take_note(r, r->notes->problems);
}

static void take_other_note(struct summary_reading *r) {
    take_note(r, r->notes->notes);
}

static void take_status(struct summary_reading *r) {
    int status = (int)summary_take_upto(r, 255);
    const int *known = r->notes->statuses;
    while (known && *known && *known != status)
        known++;
    r->is_bad |= known && *known != status;
    if (r->notes->status && !r->is_bad)
        *r->notes->status = MAX(*r->notes->status, status);
}

/* With the records of logs it was looked at before (summary_piece.h). */
static void skip_log(struct summary_reading *r) {
    summary_take_number(r);
    summary_take_number(r);
}

static void skip_making(struct summary_reading *r) {
    summary_take_number(r);
    summary_take_text(r);
}

static void take_records_of_events(struct summary_reading *r) {
    r->summary->dialect_lines[DIALECT_export] += summary_take_number(r);
}

static void take_pruned(struct summary_reading *r) {
    r->summary->totals.rankings[summary_take_upto(r, RANKINGS - 1)].is_pruned = true;
}

typedef void take_record(struct summary_reading *reading);

/* By the letter before it. */
static take_record *const takes[128] = {
    ['F'] = skip_log,       ['H'] = skip_making,     ['N'] = take_name,
    ['P'] = take_problem,   ['O'] = take_other_note, ['X'] = take_status,
    ['L'] = take_lines,     ['S'] = take_system,     ['E'] = take_records_of_events,
    ['K'] = take_kind,      ['d'] = take_domain,     ['c'] = take_cause,
    ['a'] = take_set_aside, ['t'] = take_tally,      ['p'] = take_pruned,
    ['r'] = take_ranked,    ['y'] = take_delays,
};

static void take_records(struct summary_reading *r) {
    g_array_set_size(r->domains, 0);
    g_array_set_size(r->causes, 0);
    while (r->rest.len && !r->is_bad) {
        unsigned char letter = (unsigned char)r->rest.ptr[0];
        take_record *take = letter < G_N_ELEMENTS(takes) ? takes[letter] : NULL;
        r->rest = slice_from(r->rest, 1);
        r->is_bad |= !take;
        if (take)
            take(r);
    }
}

bool summary_read(struct log_summary *s, const struct summary_notes *notes, struct slice bytes) {
    struct summary_reading r = {.summary = s,
                                .notes = notes,
                                .is_bad = !bytes.len,
                                .domains = g_array_new(FALSE, FALSE, sizeof(uint32_t)),
                                .causes = g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    while (bytes.len && !r.is_bad) {
        r.is_bad |= !summary_piece_take(&r, &bytes);
        if (!r.is_bad && summary_piece_is_wanted(&r))
            take_records(&r);
    }
    g_array_free(r.domains, TRUE);
    g_array_free(r.causes, TRUE);
    if (r.by_id)
        g_hash_table_destroy(r.by_id);
    return !r.is_bad;
}
