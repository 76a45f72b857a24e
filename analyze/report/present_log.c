/* What a log says, in words and tables: outcomes, then the causes in the order in which fixing them would
 * help most, then who is hit. See present_log.h. */
#include "analyze/report/present_log.h"

#include "analyze/deliveries/join.h"
#include "analyze/deliveries/port_25.h"
#include "analyze/deliveries/tables.h"
#include "analyze/report/log_words.h"
#include "analyze/report/present_cause.h"
#include "analyze/report/present_chart.h"
#include "analyze/report/present_customer.h"
#include "analyze/report/present_mail.h"
#include "analyze/report/present_receiver.h"
#include "analyze/report/present_summary.h"
#include "analyze/report/present_who.h"
#include "analyze/report/story_report.h"
#include "analyze/verdict/advice.h"
#include "analyze/verdict/log_verdict.h"
#include "parsers/base/text.h"

#include <assert.h>

#define BAR_CELLS     16
#define SHOWN_WITH    3 /* domains beside a cause */
#define MOST_OF_CELL  300
#define MOST_OF_REPLY 100 /* beside a cause of rejection */

static struct value time_words(int64_t time) {
    return time == -1 ? word(SAY_NOT_APPLICABLE) : as_time(time);
}

static size_t shown(const struct log_tables *t, size_t rows) {
    return rows < t->top ? rows : t->top;
}

/* A table whose rows are counted: what is left out is said below it. */
static void table_end(struct page *p, const struct table *table, size_t left_out, enum words more) {
    page_table_end(p, table);
    if (left_out)
        page_row(p, NO_LABEL, page_say(p, more, as_count(left_out)));
}

/* --- outcomes --- */

static const enum words outcome_labels[] = {
    [OUTCOME_SENT] = LABEL_SENT,           [OUTCOME_BOUNCED] = LABEL_BOUNCED,
    [OUTCOME_EXPIRED] = LABEL_EXPIRED,     [OUTCOME_DEFERRED] = LABEL_DEFERRED,
    [OUTCOME_DISCARDED] = LABEL_DISCARDED, [OUTCOME_HELD] = LABEL_HELD};
static_assert(G_N_ELEMENTS(outcome_labels) == RECIPIENT_OUTCOMES, "a label for each outcome");

/* Few systems discard or hold mail: a column for it stands in the tables of a log in which that happened. */
static bool has_column(const struct log_tables *t, int outcome) {
    return outcome < OUTCOME_DISCARDED || t->summary->totals.outcomes.of[outcome];
}

static const enum emphasis outcome_states[] = {
    [OUTCOME_SENT] = EMPHASIS_GOOD,     [OUTCOME_BOUNCED] = EMPHASIS_BAD,    [OUTCOME_EXPIRED] = EMPHASIS_BAD,
    [OUTCOME_DEFERRED] = EMPHASIS_WARN, [OUTCOME_DISCARDED] = EMPHASIS_WARN, [OUTCOME_HELD] = EMPHASIS_WARN};
static_assert(G_N_ELEMENTS(outcome_states) == RECIPIENT_OUTCOMES, "a state for each outcome");

/* What became of the recipients, as key figures or in rows. */
static void present_shares(struct page *p, const struct counts *c, uint64_t all) {
    for (size_t i = 0; i < G_N_ELEMENTS(outcome_labels); i++) {
        if (i > OUTCOME_BOUNCED && !c->of[i])
            continue;
        struct value percent =
            as_type(VALUE_OURS, arena_printf(p->outlet.arena, "%.1f",
                                             all ? 100.0 * (double)c->of[i] / (double)all : 0.0));
        struct value label = word(outcome_labels[i]);
        enum emphasis e = c->of[i] ? outcome_states[i] : EMPHASIS_NONE;
        if (!page_figure(p, label, as_count(c->of[i]), page_say(p, SAY_PERCENT, percent), e))
            page_row(p, label, page_say(p, SAY_SHARE, as_count(c->of[i]), percent));
    }
}

static void present_span(struct page *p, const struct log_tables *t) {
    const struct log_summary *s = t->summary;
    struct value lines = page_say(p, SAY_LINES, as_count(s->lines));
    page_row(p, word(LABEL_LOG),
             s->first == -1 ? page_say(p, SAY_LOG_NO_SPAN, lines)
                            : page_say(p, SAY_LOG_SPAN, lines, time_words(s->first), time_words(s->last)));
    if (s->first != -1 && t->zone_from != LOG_ZONE_LINE)
        page_row(p, word(LABEL_TIMES),
                 page_say(p, t->zone_from == LOG_ZONE_OPTION ? SAY_ZONE_OPTION : SAY_ZONE_ASSUMED,
                          as_ours(zone_name(t->zone))));
}

/* Who may still get the mail is not lost; who would have got what was thrown away or kept did not get it. */
static uint64_t lost_of(const struct counts *c) {
    return counts_failed(c) - c->of[OUTCOME_DEFERRED] + c->of[OUTCOME_DISCARDED] + c->of[OUTCOME_HELD];
}

static struct value title_of_taken(struct page *p, uint64_t all, uint64_t handed_on) {
    return !handed_on         ? page_say(p, TITLE_LOG_ALL, as_count(all), as_count(all))
           : handed_on == all ? page_say(p, TITLE_LOG_ONLY_HANDED_ON, as_count(all))
                              : page_say(p, TITLE_LOG_HANDED_ON, as_count(handed_on), as_count(all));
}

static struct value title_of(struct page *p, const struct counts *c, uint64_t handed_on) {
    uint64_t waiting = c->of[OUTCOME_DEFERRED];
    uint64_t all = counts_all(c);
    uint64_t lost = lost_of(c);
    return !all ? word(TITLE_LOG_NOTHING)
           : lost && waiting
               ? page_say(p, TITLE_LOG_WAITING, as_count(lost), as_count(all), as_count(waiting))
           : lost    ? page_say(p, TITLE_LOG, as_count(lost), as_count(all))
           : waiting ? page_say(p, TITLE_LOG_ONLY_WAITING, as_count(waiting), as_count(all))
                     : title_of_taken(p, all, handed_on);
}

static void present_title(struct page *p, const struct counts *c, uint64_t handed_on) {
    uint64_t waiting = c->of[OUTCOME_DEFERRED];
    uint64_t lost = lost_of(c);
    page_title(p, title_of(p, c, handed_on),
               lost                                     ? EMPHASIS_BAD
               : waiting || handed_on || !counts_all(c) ? EMPHASIS_WARN
                                                        : EMPHASIS_GOOD);
}

static struct value names_of(struct page *p, const struct log_tables *t) {
    struct value names = NO_LABEL;
    for (guint i = 0; i < MIN(t->names->len, SHOWN_WITH); i++)
        names = page_join(p, names, ", ", as_file(slice_of(t->names->pdata[i])));
    return t->names->len > SHOWN_WITH
               ? page_join(p, names, " ", page_say(p, SAY_MORE, as_count(t->names->len - SHOWN_WITH)))
               : names;
}

static void present_about(struct page *p, const struct log_tables *t) {
    const struct counts *c = &t->summary->totals.outcomes;
    struct value title =
        t->matches_nothing ? word(TITLE_NOTHING_MATCHES) : title_of(p, c, t->summary->totals.handed_on);
    page_about(p,
               t->summary->first == -1
                   ? title
                   : page_say(p, TITLE_AND_SPAN, title, as_day(t->summary->first), as_day(t->summary->last)),
               names_of(p, t));
}

/* Were logs read, or only reports on mails? */
static bool has_log(const struct log_tables *t) {
    return !t->mail || t->summary->lines;
}

static void present_figures(struct page *p, const struct totals *totals) {
    present_shares(p, &totals->outcomes, counts_all(&totals->outcomes));
    if (totals->rejected)
        page_figure(p, word(LABEL_REJECTED_INBOUND), as_count(totals->rejected), NO_LABEL, EMPHASIS_NONE);
}

static void present_outcomes(struct page *p, const struct log_tables *t) {
    const struct totals *totals = &t->summary->totals;
    const struct counts *c = &totals->outcomes;
    bool has_figures = p->medium->figure && !t->stories;
    present_title(p, c, totals->handed_on);
    if (has_figures)
        present_figures(p, totals);
    present_mail_inputs(p, t);
    if (has_log(t))
        present_span(p, t);
    if (t->stories)
        return;
    if (!has_figures)
        present_shares(p, c, counts_all(c));
    if (!has_log(t))
        return;
    if (totals->handed_on)
        page_row(p, word(LABEL_HANDED_ON), page_say(p, SAY_HANDED_ON, as_count(totals->handed_on)));
    page_row(p, word(LABEL_ATTEMPTS),
             page_say(p, SAY_LOG_ATTEMPTS, as_count(totals->attempts[LOG_SENT]),
                      as_count(totals->attempts[LOG_DEFERRED]), as_count(totals->attempts[LOG_BOUNCED])));
    present_delay(p, t);
    if (totals->rejected)
        page_row(p, word(LABEL_REJECTED_INBOUND), page_say(p, SAY_LOG_INBOUND, as_count(totals->rejected)));
    if (!t->is_filtered && (totals->logins || totals->lost || totals->tls))
        page_row(p, word(LABEL_ALSO),
                 page_say(p, SAY_LOG_ALSO, as_count(totals->logins), as_count(totals->lost),
                          as_count(totals->tls)));
}

/* --- causes --- */

static struct value where_it_hits(struct page *p, const struct log_cause_row *row,
                                  const struct totals *totals) {
    struct value text = NO_LABEL;
    for (size_t i = 0; i < row->domain_count && i < SHOWN_WITH; i++) {
        struct slice name = totals->domains[row->domains[i].b].name;
        uint64_t failed = counts_failed(&row->domains[i].counts);
        if (name.len) /* a reply alone names nobody */
            text = page_join(p, text, ", ", page_say(p, SAY_DOMAIN_COUNT, as_host(name), as_count(failed)));
    }
    if (row->domain_count > SHOWN_WITH)
        text = page_say(p, SAY_MORE_DOMAINS, text, as_count(row->domain_count - SHOWN_WITH));
    return text;
}

static void take_first(void *first, struct slice step) {
    struct slice *taken = first;
    *taken = taken->len ? *taken : step;
}

/* What to do about a cause, as it is advised for the reply that is shown. */
static struct slice first_step(struct page *p, const struct verdict *v) {
    struct slice step = SLICE_EMPTY;
    verdict_remedies(v, p->outlet.arena, take_first, &step);
    return step;
}

/* Where a reply stands: the queue id and the time, as far as they are known. */
static struct value place_of(struct page *p, const struct log_sample *s) {
    struct value time = s->time == -1 ? NO_LABEL : as_time(s->time);
    struct value id = s->queue_id.len ? page_say(p, SAY_CAUSE_SAMPLE,
                                                 as_identifier(text_clean_line(p->outlet.arena, s->queue_id)))
                                      : NO_LABEL;
    return page_join(p, id, ", ", time);
}

static void present_cause_row(struct page *p, const struct log_tables *t, const struct log_cause_row *row,
                              size_t place) {
    const struct cause_count *c = row->cause;
    struct verdict v = log_row_verdict(row, &t->summary->totals, p->outlet.arena);
    struct slice step = first_step(p, &v);
    bool is_closed = log_port_25_closed(t, row);
    struct value origin = is_closed ? word(SAY_PORT_25_CLOSED) : one_origin(p, t, c->cause, c->recipients);
    struct value recipients = page_say(p, SAY_RECIPIENTS, as_count(c->recipients));
    struct value attempts = page_say(p, SAY_ATTEMPTS, as_count(c->attempts));
    if (row->counts.of[OUTCOME_DEFERRED])
        recipients = page_say(p, SAY_STILL_WAITING, recipients, as_count(row->counts.of[OUTCOME_DEFERRED]));
    page_row(p, page_say(p, SAY_PLACE, as_count(place)),
             has_log(t) ? page_say(p, SAY_CAUSE_COUNT, as_ours(c->cause->title), as_ours(c->cause->id),
                                   recipients, attempts)
                        : page_say(p, SAY_CAUSE_RECIPIENTS, as_ours(c->cause->title), as_ours(c->cause->id),
                                   recipients));
    if (row->is_new)
        page_row(p, NO_LABEL, page_say(p, SAY_NEW_SINCE, time_words(c->first)));
    struct value domains = where_it_hits(p, row, &t->summary->totals);
    if (value_is_known(domains))
        page_row(p, NO_LABEL, page_say(p, SAY_AT_DOMAINS, domains));
    page_row(p, NO_LABEL,
             page_say(p, SAY_CAUSE_FIXER,
                      fixer_words(is_closed                ? "network-operator"
                                  : value_is_known(origin) ? "sender-operator"
                                                           : v.fixer,
                                  v.cause)));
    if (v.confidence != CONFIDENCE_NONE)
        page_row(p, NO_LABEL, page_say(p, SAY_CAUSE_SURE, sureness_words(v.confidence)));
    if (value_is_known(origin))
        page_row(p, NO_LABEL, page_say(p, SAY_CAUSE_FIRST_STEP, origin));
    else if (step.len)
        page_row(p, NO_LABEL, page_say(p, SAY_CAUSE_FIRST_STEP, as_advice(step)));
    if (c->sample.reply.len)
        page_quote(p, as_reply(c->sample.reply), place_of(p, &c->sample));
}

static void present_causes(struct page *p, const struct log_tables *t) {
    if (!t->cause_count)
        return;
    page_section(p, word(SECTION_CAUSES));
    chart_causes(p, t);
    for (size_t i = 0; i < shown(t, t->cause_count); i++)
        present_cause_row(p, t, &t->causes[i], i + 1);
    if (t->cause_count > t->top)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_CAUSES, as_count(t->cause_count - t->top)));
}

/* What was thrown away or kept back on purpose, and why. */
static void present_set_aside(struct page *p, const struct log_tables *t) {
    const struct log_samples *s = &t->summary->totals.set_aside;
    const struct counts *c = &t->summary->totals.outcomes;
    uint64_t all = c->of[OUTCOME_DISCARDED] + c->of[OUTCOME_HELD];
    size_t rows = shown(t, s->count);
    if (!all || t->stories)
        return;
    page_section(p, word(SECTION_SET_ASIDE));
    for (size_t i = 0; i < rows; i++) {
        const struct log_sample *one = &s->list[i];
        struct value who = page_say(p, SAY_SET_ASIDE, word(outcome_labels[one->outcome]),
                                    as_address(text_clean_line(p->outlet.arena, one->recipient)));
        page_quote(p, one->reply.len ? as_reply(one->reply) : word(SAY_NO_REASON),
                   page_join(p, who, ", ", place_of(p, one)));
    }
    if (all > rows)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_SET_ASIDE, as_count(all - rows)));
}

static void present_differences(struct page *p, const struct log_tables *t) {
    size_t pairs = 0;
    while (pairs < t->pair_count && t->pairs[pairs].is_different)
        pairs++;
    if (!pairs)
        return;
    page_section(p, word(SECTION_DIFFERENT));
    for (size_t i = 0; i < shown(t, pairs); i++) {
        const struct log_pair_row *pair = &t->pairs[i];
        page_row(p, i ? NO_LABEL : word(LABEL_DIFFERENCES),
                 as_note(log_why_different(pair, p->outlet.arena)));
        if (pair->sample.len)
            page_quote(p, as_reply(pair->sample),
                       page_say(p, SAY_DIFFERENT_SAMPLE, as_ours(pair->top_hit->id),
                                as_count(pair->top_hit_failed), as_count(pair->sent + pair->failed)));
    }
    if (pairs > t->top)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_PAIRS, as_count(pairs - t->top)));
}

/* --- who is hit, and when --- */

static void present_domains(struct page *p, const struct log_tables *t, enum words title, enum words more,
                            const struct log_domain_row *rows, size_t row_count) {
    enum words heads[RECIPIENT_OUTCOMES + 1];
    size_t columns = 0;
    for (int k = 0; k < RECIPIENT_OUTCOMES; k++)
        if (has_column(t, k))
            heads[columns++] = outcome_labels[k];
    heads[columns] = HEAD_NAME;
    if (!row_count)
        return;
    struct table table = page_table(p, heads, columns + 1, columns, shown(t, row_count));
    page_section(p, word(title));
    if (rows == t->providers)
        chart_providers(p, t);
    table.names = columns;
    for (size_t i = 0; i < shown(t, row_count); i++) {
        const struct log_domain_row *d = &rows[i];
        struct value name = d->name.len ? as_host(d->name) : word(SAY_NO_DOMAIN);
        for (int k = 0; k < RECIPIENT_OUTCOMES; k++)
            if (has_column(t, k))
                page_cell(p, &table, as_count(d->counts.of[k]));
        if (d->top_cause)
            name = page_say(p, SAY_NAME_AND_TEXT, name, as_ours(d->top_cause->id));
        page_cell(p, &table, upto(name, MOST_OF_CELL));
    }
    table_end(p, &table, row_count - shown(t, row_count), more);
}

static void present_inbound(struct page *p, const struct log_tables *t) {
    static const enum words heads[] = {HEAD_REJECTED, LABEL_WHY};
    if (!t->inbound_count)
        return;
    struct table table = page_table(p, heads, G_N_ELEMENTS(heads), 1, shown(t, t->inbound_count));
    page_section(p, word(SECTION_INBOUND));
    for (size_t i = 0; i < shown(t, t->inbound_count); i++) {
        const struct cause_count *c = t->inbound[i];
        page_cell(p, &table, as_count(c->inbound));
        page_cell(p, &table,
                  upto(page_say(p, SAY_INBOUND_CAUSE, as_ours(c->cause->title), as_ours(c->cause->id),
                                upto(as_reply(c->inbound_sample.reply), MOST_OF_REPLY)),
                       MOST_OF_CELL));
    }
    table_end(p, &table, t->inbound_count - shown(t, t->inbound_count), SAY_MORE_ROWS_CAUSES);
}

static struct value bar(struct page *p, uint64_t value, uint64_t most) {
    char text[BAR_CELLS * 3 + 1] = "";
    uint64_t cells = most ? (value * BAR_CELLS + most - 1) / most : 0;
    for (uint64_t i = 0; i < cells && i < BAR_CELLS; i++)
        memcpy(text + i * 3, "█", 4);
    return as_type(VALUE_OURS, arena_copy(p->outlet.arena, slice_of(text)));
}

static void present_timeline(struct page *p, const struct log_tables *t) {
    enum words heads[7] = {HEAD_FROM_TIME, LABEL_SENT, HEAD_FAILED};
    size_t columns = 3;
    for (int k = OUTCOME_DISCARDED; k < RECIPIENT_OUTCOMES; k++)
        if (has_column(t, k))
            heads[columns++] = outcome_labels[k];
    heads[columns++] = LABEL_REJECTED_INBOUND;
    size_t bar_column = columns;
    if (!page_has_pictures(p))
        heads[columns++] = HEAD_BAR;
    uint64_t most = 0;
    if (t->bar_count < 2)
        return;
    for (size_t i = 0; i < t->bar_count; i++)
        most = MAX(most, counts_failed(&t->bars[i].counts));
    struct table table = page_table(p, heads, columns, bar_column, t->bar_count);
    table.names = 0;
    page_section(p, word(SECTION_TIMELINE));
    chart_timeline(p, t);
    for (size_t i = 0; i < t->bar_count; i++) {
        const struct counts *c = &t->bars[i].counts;
        page_cell(p, &table, time_words(t->bars[i].start));
        page_cell(p, &table, as_count(c->of[OUTCOME_SENT]));
        page_cell(p, &table, as_count(counts_failed(c)));
        for (int k = OUTCOME_DISCARDED; k < RECIPIENT_OUTCOMES; k++)
            if (has_column(t, k))
                page_cell(p, &table, as_count(c->of[k]));
        page_cell(p, &table, as_count(t->bars[i].rejected));
        if (!page_has_pictures(p))
            page_cell(p, &table, bar(p, counts_failed(c), most));
    }
    page_table_end(p, &table);
}

/* --- how it was read --- */

static struct value dialect_lines(struct page *p, const struct log_summary *s) {
    struct value text = NO_LABEL;
    const char *name;
    uint64_t lines;
    for (size_t i = 0; (name = log_summary_system(s, i, &lines)); i++)
        if (lines)
            text = page_join(p, text, ", ", page_say(p, SAY_DOMAIN_COUNT, as_ours(name), as_count(lines)));
    return value_is_known(text) ? text : word(SAY_NO_KNOWN_SYSTEM);
}

/* What stopped a program always, warnings with -v. */
static void present_troubles(struct page *p, const struct line_kind *k) {
    bool is_first = true;
    for (; k; k = k->next) {
        if (!k->trouble || (!p->style.verbose && strcmp(k->trouble, "warning") == 0))
            continue;
        if (is_first)
            page_section(p, word(SECTION_TROUBLES));
        is_first = false;
        page_row(p, as_ours(k->trouble), page_say(p, SAY_LINES, as_count(k->count)));
        page_row(p, NO_LABEL, as_reply(k->sample));
    }
}

static void present_kinds(struct page *p, const struct line_kind *k) {
    for (; k; k = k->next) {
        if (k->trouble)
            continue;
        struct value name = as_stranger(text_clean_line(p->outlet.arena, k->name));
        struct value lines = page_say(p, SAY_LINES, as_count(k->count));
        page_row(p, word(k->is_known ? LABEL_PASSED_OVER : LABEL_UNKNOWN),
                 k->is_known ? page_say(p, SAY_LINE_KIND_OF, lines, as_ours(k->dialect), name)
                             : page_say(p, SAY_NAME_AND_TEXT, lines, name));
        page_row(p, NO_LABEL, as_stranger(k->sample));
    }
}

static void present_reading(struct page *p, const struct log_tables *t) {
    const struct log_summary *s = t->summary;
    page_section_folded(p, word(SECTION_READING));
    page_row(p, word(LABEL_LINES_OF), dialect_lines(p, s));
    page_row(p, word(LABEL_UNRECOGNIZED),
             s->unparsed && !p->style.verbose ? page_say(p, SAY_SEE_KINDS, as_count(s->unparsed))
                                              : as_count(s->unparsed));
    if (s->cut)
        page_row(p, word(LABEL_WARNING), page_say(p, SAY_LINES_CUT, as_count(s->cut)));
    if (s->forgotten)
        page_row(p, word(LABEL_WARNING),
                 page_say(p, SAY_MESSAGES_FORGOTTEN, as_count(s->forgotten), as_count(LIMIT_OPEN)));
    if (s->late)
        page_row(p, word(LABEL_WARNING), page_say(p, SAY_MAILS_TWICE, as_count(s->late)));
    for (guint i = 0; i < t->problems->len; i++)
        page_row(p, word(LABEL_ERROR),
                 as_note(text_clean_line(p->outlet.arena, slice_of(t->problems->pdata[i]))));
    for (guint i = 0; i < t->notes->len; i++)
        page_row(p, word(LABEL_NEUTRAL),
                 as_note(text_clean_line(p->outlet.arena, slice_of(t->notes->pdata[i]))));
    if (p->style.verbose)
        present_kinds(p, s->kinds.first);
}

/* A page of each recipient's story, as of a bounce; what went on to another queue is told there. */
static void present_stories(struct page *p, const struct log_tables *t,
                            void (*present)(struct page *, const struct report *),
                            void (*nothing)(struct page *)) {
    size_t told = 0;
    size_t left_out = 0;
    for (size_t i = 0; t->stories && i < t->stories->stories->len; i++) {
        const struct mail_story *story = t->stories->stories->pdata[i];
        struct report report;
        told += !story->is_handed_over;
        left_out += !story->is_handed_over && told > t->top;
        if (story->is_handed_over || told > t->top)
            continue;
        story_report(&report, story, p->style.rules, p->outlet.arena);
        present(p, &report);
    }
    if (!told)
        nothing(p);
    if (left_out)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_RECIPIENTS, as_count(left_out)));
}

static void present_support(struct page *p, const struct log_tables *t) {
    if (t->matches_nothing) {
        page_title(p, word(TITLE_NOTHING_MATCHES), EMPHASIS_WARN);
        present_span(p, t);
        present_reading(p, t);
        return;
    }
    if (t->stories && p->medium->has_titles_only) {
        present_mails_briefly(p, t->stories);
        return;
    }
    present_outcomes(p, t);
    if (t->stories) {
        present_mails(p, t->stories, t->top);
        present_reading(p, t);
        return;
    }
    present_causes(p, t);
    present_dmarc_reports(p, t);
    present_cause_providers(p, t);
    present_set_aside(p, t);
    present_differences(p, t);
    present_matrix(p, t);
    present_origins(p, t);
    present_domains(p, t, SECTION_BY_PROVIDER, SAY_MORE_ROWS_PROVIDERS, t->providers, t->provider_count);
    present_domains(p, t, SECTION_BY_RECIPIENT, SAY_MORE_ROWS_DOMAINS, t->destinations, t->destination_count);
    present_domains(p, t, SECTION_BY_SENDER, SAY_MORE_ROWS_DOMAINS, t->senders, t->sender_count);
    present_inbound(p, t);
    present_timeline(p, t);
    present_statistics(p, t);
    present_troubles(p, t->summary->kinds.first);
    if (has_log(t))
        present_reading(p, t);
    present_index(p, t);
}

void page_log(struct page *p, const void *tables) {
    const struct log_tables *t = tables;
    p->outlet.zone = t->zone;
    page_begin(p);
    present_about(p, t);
    if (p->style.reader == READER_SUPPORT || t->matches_nothing)
        present_support(p, t);
    else if (p->style.reader == READER_CUSTOMER)
        present_stories(p, t, present_customer, present_customer_log);
    else
        present_stories(p, t, present_receiver, present_receiver_log);
    page_end(p);
}
