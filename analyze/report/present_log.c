/* What a log says, in words and tables: outcomes, then the causes in the order in which mending them would
 * help most, then who is hit. See render.h. */
#include "analyze/deliveries/join.h"
#include "analyze/deliveries/tables.h"
#include "analyze/report/log_words.h"
#include "analyze/report/render.h"

#include "analyze/verdict/advice.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"

#include <inttypes.h>

#define BAR_CELLS  24
#define SHOWN_WITH 3 /* domains beside a cause */

static struct slice number(struct arena *arena, uint64_t n) {
    return arena_printf(arena, "%" PRIu64, n);
}

static struct slice stamp(struct arena *arena, int64_t time) {
    char text[24];
    if (time == -1)
        return SLICE("-");
    date_format(time, text);
    return arena_copy(arena, slice_of(text));
}

/* Cells of a table, filled row by row. */
struct rows {
    struct table table;
    struct slice *next;
};

static struct rows rows_begin(const char *const *heads, size_t columns, size_t wide, size_t most,
                              struct arena *arena) {
    struct rows r = {
        {heads, columns, wide, arena_alloc(arena, (most + 1) * columns * sizeof(struct slice)), 0}, NULL};
    r.next = r.table.cells;
    return r;
}

static void cell(struct rows *r, struct slice text) {
    *r->next++ = text_upto(text, 300);
    r->table.rows = (size_t)(r->next - r->table.cells) / r->table.columns;
}

static void rows_end(struct page *p, const struct rows *r, size_t left_out, const char *what,
                     struct arena *arena) {
    p->medium->table(p, &r->table);
    if (left_out)
        p->medium->row(
            p, "", arena_printf(arena, "and %zu more %s: --top N shows more, -f json all", left_out, what));
}

static size_t shown(const struct log_tables *t, size_t count) {
    return count < t->top ? count : t->top;
}

static void present_outcomes(struct page *p, const struct log_tables *t, struct arena *arena) {
    const struct log_summary *s = t->summary;
    const struct counts *c = &s->totals.outcomes;
    uint64_t all = counts_failed(c) + c->of[OUTCOME_SENT];
    static const char *const labels[] = {"Sent", "Bounced", "Expired", "Deferred"};
    p->medium->title(p,
                     arena_printf(arena, "%" PRIu64 " of %" PRIu64 " recipients did not get their mail",
                                  counts_failed(c), all),
                     counts_failed(c) ? EMPHASIS_BAD : EMPHASIS_GOOD);
    p->medium->row(p, "Log",
                   arena_printf(arena, "%" PRIu64 " lines, %.*s to %.*s", s->lines, S(stamp(arena, s->first)),
                                S(stamp(arena, s->last))));
    for (int i = 0; i <= OUTCOME_DEFERRED; i++)
        p->medium->row(p, labels[i],
                       arena_printf(arena, "%" PRIu64 " (%.1f %%)", c->of[i],
                                    all ? 100.0 * (double)c->of[i] / (double)all : 0.0));
    p->medium->row(p, "Tries",
                   arena_printf(arena, "%" PRIu64 " sent, %" PRIu64 " deferred, %" PRIu64 " refused",
                                s->totals.attempts[LOG_SENT], s->totals.attempts[LOG_DEFERRED],
                                s->totals.attempts[LOG_BOUNCED]));
    if (c->of[OUTCOME_REJECTED])
        p->medium->row(
            p, "Refused here",
            arena_printf(arena, "mail that others tried to send in: %" PRIu64, c->of[OUTCOME_REJECTED]));
    if (s->totals.logins || s->totals.lost || s->totals.tls)
        p->medium->row(p, "Also",
                       arena_printf(arena,
                                    "failed logins %" PRIu64 ", lost connections %" PRIu64
                                    ", failed TLS handshakes %" PRIu64,
                                    s->totals.logins, s->totals.lost, s->totals.tls));
}

static struct slice where_it_hits(const struct log_cause_row *row, const struct totals *totals,
                                  struct arena *arena) {
    struct slice text = SLICE_EMPTY;
    for (size_t i = 0; i < row->domain_count && i < SHOWN_WITH; i++)
        text =
            arena_printf(arena, "%.*s%s%.*s %" PRIu64, S(text), text.len ? ", " : "",
                         S(totals->domains[row->domains[i].b].name), counts_failed(&row->domains[i].counts));
    if (row->domain_count > SHOWN_WITH)
        text = arena_printf(arena, "%.*s and %zu more domains", S(text), row->domain_count - SHOWN_WITH);
    return text;
}

static void present_cause_row(struct page *p, const struct log_tables *t, const struct log_cause_row *row,
                              unsigned place, struct arena *arena) {
    const struct cause_count *c = row->cause;
    p->medium->row(p, arena_printf(arena, "%u.", place).ptr,
                   arena_printf(arena, "%s (%s): %" PRIu64 " recipient%s, %" PRIu64 " %s", c->cause->title,
                                c->cause->id, c->recipients, c->recipients == 1 ? "" : "s", c->attempts,
                                c->attempts == 1 ? "try" : "tries"));
    p->medium->row(p, "", arena_printf(arena, "at %.*s", S(where_it_hits(row, &t->summary->totals, arena))));
    p->medium->row(p, "", arena_printf(arena, "who can fix it: %.*s", S(fixer_words(c->cause->fixer))));
    if (c->cause->remedy && c->cause->remedy[0])
        p->medium->row(
            p, "", arena_printf(arena, "first step: %.*s", S(advice_fill(NULL, arena, c->cause->remedy[0]))));
    if (c->reply.len)
        p->medium->quote(
            p, c->reply,
            arena_printf(arena, "queue id %.*s, %.*s", S(c->queue_id), S(stamp(arena, c->time))));
}

static void present_causes(struct page *p, const struct log_tables *t, struct arena *arena) {
    if (!t->cause_count)
        return;
    p->medium->section(p, "Why, and what to mend first");
    for (size_t i = 0; i < shown(t, t->cause_count); i++)
        present_cause_row(p, t, &t->causes[i], (unsigned)i + 1, arena);
    if (t->cause_count > t->top)
        p->medium->row(
            p, "", arena_printf(arena, "and %zu more causes: --top N shows more", t->cause_count - t->top));
}

static void present_differences(struct page *p, const struct log_tables *t, struct arena *arena) {
    size_t count = 0;
    while (count < t->pair_count && t->pairs[count].is_different)
        count++;
    if (!count)
        return;
    p->medium->section(p, "One domain gets through, another does not");
    for (size_t i = 0; i < shown(t, count); i++) {
        const struct log_pair_row *pair = &t->pairs[i];
        p->medium->row(p, i ? "" : "Differ", log_why_different(pair, arena));
        if (pair->sample.len)
            p->medium->quote(p, pair->sample,
                             arena_printf(arena, "%s, %" PRIu64 " of %" PRIu64 " recipients",
                                          pair->top_cause->id, pair->top_failed, pair->sent + pair->failed));
    }
    if (count > t->top)
        p->medium->row(p, "", arena_printf(arena, "and %zu more pairs: --top N shows more", count - t->top));
}

static void present_domains(struct page *p, const struct log_tables *t, const char *title, const char *what,
                            const struct log_domain_row *rows, size_t count, struct arena *arena) {
    static const char *const heads[] = {"Sent", "Bounced", "Expired", "Deferred", "Name"};
    struct rows r = rows_begin(heads, 5, 4, shown(t, count), arena);
    if (!count)
        return;
    p->medium->section(p, title);
    for (size_t i = 0; i < shown(t, count); i++) {
        const struct log_domain_row *d = &rows[i];
        for (int k = 0; k <= OUTCOME_DEFERRED; k++)
            cell(&r, number(arena, d->counts.of[k]));
        struct slice name = d->name.len ? d->name : SLICE("(none: bounces, or the log begins later)");
        cell(&r, d->top_cause ? arena_printf(arena, "%.*s: %s", S(name), d->top_cause->id) : name);
    }
    rows_end(p, &r, count - shown(t, count), what, arena);
}

static void present_inbound(struct page *p, const struct log_tables *t, struct arena *arena) {
    static const char *const heads[] = {"Refused", "Why"};
    struct rows r = rows_begin(heads, 2, 1, shown(t, t->inbound_count), arena);
    if (!t->inbound_count)
        return;
    p->medium->section(p, "Refused by this server");
    for (size_t i = 0; i < shown(t, t->inbound_count); i++) {
        cell(&r, number(arena, t->inbound[i]->inbound));
        cell(&r, arena_printf(arena, "%s (%s): %.*s", t->inbound[i]->cause->title, t->inbound[i]->cause->id,
                              S(text_upto(t->inbound[i]->inbound_reply, 100))));
    }
    rows_end(p, &r, t->inbound_count - shown(t, t->inbound_count), "causes", arena);
}

static struct slice bar(struct arena *arena, uint64_t value, uint64_t most) {
    char text[BAR_CELLS * 3 + 1] = "";
    uint64_t cells = most ? (value * BAR_CELLS + most - 1) / most : 0;
    for (uint64_t i = 0; i < cells && i < BAR_CELLS; i++)
        memcpy(text + i * 3, "█", 4);
    return arena_copy(arena, slice_of(text));
}

static void present_timeline(struct page *p, const struct log_tables *t, struct arena *arena) {
    static const char *const heads[] = {"From (UTC)", "Sent", "Failed", "Refused here", "Failed, as a bar"};
    uint64_t most = 0;
    if (t->bar_count < 2)
        return;
    for (size_t i = 0; i < t->bar_count; i++)
        most = MAX(most, counts_failed(&t->bars[i].counts));
    struct rows r = rows_begin(heads, 5, 4, t->bar_count, arena);
    p->medium->section(p, "When");
    for (size_t i = 0; i < t->bar_count; i++) {
        const struct counts *c = &t->bars[i].counts;
        cell(&r, stamp(arena, t->bars[i].start));
        cell(&r, number(arena, c->of[OUTCOME_SENT]));
        cell(&r, number(arena, counts_failed(c)));
        cell(&r, number(arena, c->of[OUTCOME_REJECTED]));
        cell(&r, bar(arena, counts_failed(c), most));
    }
    rows_end(p, &r, 0, "", arena);
}

static void present_reading(struct page *p, const struct log_tables *t, struct arena *arena) {
    const struct log_summary *s = t->summary;
    p->medium->section(p, "How it was read");
    struct slice text = SLICE_EMPTY;
    for (size_t i = 0; log_dialect_name(i); i++)
        if (s->dialect_lines[i])
            text = arena_printf(arena, "%.*s%s%s %" PRIu64, S(text), text.len ? ", " : "",
                                log_dialect_name(i), s->dialect_lines[i]);
    p->medium->row(p, "Lines of", text.len ? text : SLICE("no mail system that is known"));
    p->medium->row(p, "Not read",
                   arena_printf(arena, "%" PRIu64 " lines were not understood%s", s->unparsed,
                                s->unparsed && !p->verbose ? " (-v lists their kinds)" : ""));
    if (s->cut)
        p->medium->row(
            p, "Warning",
            arena_printf(arena, "%" PRIu64 " lines were longer than 256 KiB and were cut", s->cut));
    if (s->forgotten)
        p->medium->row(
            p, "Warning",
            arena_printf(
                arena, "%" PRIu64 " messages were counted as they stood, for more than %d were open at once",
                s->forgotten, LIMIT_OPEN));
    for (guint i = 0; i < t->problems->len; i++)
        p->medium->row(p, "Error", text_clean_line(arena, slice_of(t->problems->pdata[i])));
    for (const struct line_kind *k = s->kinds.first; k && p->verbose; k = k->next) {
        p->medium->row(p, k->is_known ? "Passed over" : "Unknown",
                       arena_printf(arena, "%" PRIu64 " lines: %s%s%.*s", k->count,
                                    k->is_known ? k->dialect : "", k->is_known ? ", " : "",
                                    S(text_clean_line(arena, k->name))));
        p->medium->row(p, "", k->sample);
    }
}

void present_log(struct page *p, const struct log_tables *t, struct arena *arena) {
    p->medium->begin(p);
    present_outcomes(p, t, arena);
    present_causes(p, t, arena);
    present_differences(p, t, arena);
    present_domains(p, t, "To which providers", "providers", t->providers, t->provider_count, arena);
    present_domains(p, t, "To which domains", "domains", t->destinations, t->destination_count, arena);
    present_domains(p, t, "From which domains", "domains", t->senders, t->sender_count, arena);
    present_inbound(p, t, arena);
    present_timeline(p, t, arena);
    present_reading(p, t, arena);
    p->medium->end(p);
}
