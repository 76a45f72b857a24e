/* What a log says, in words and tables: outcomes, then the causes in the order in which fixing them would
 * help most, then who is hit. See present_log.h. */
#include "analyze/report/present_log.h"

#include "analyze/deliveries/port_25.h"
#include "analyze/report/log_words.h"
#include "analyze/report/present_cause.h"
#include "analyze/report/present_chart.h"
#include "analyze/report/present_customer.h"
#include "analyze/report/present_log_outcome.h"
#include "analyze/report/present_log_reading.h"
#include "analyze/report/present_mail.h"
#include "analyze/report/present_receiver.h"
#include "analyze/report/present_summary.h"
#include "analyze/report/present_who.h"
#include "analyze/report/story_report.h"
#include "analyze/verdict/advice.h"
#include "analyze/verdict/log_verdict.h"
#include "parsers/base/text.h"

#define BAR_CELLS       16
#define MOST_STEPS_HERE 3 /* causes of refusals of this server of which the first step is told */
#define MOST_STEPS      8 /* of a cause */
#define MOST_TOLD_WHOLE 3 /* causes of which all steps are told */
#define SHOWN_WITH      3 /* domains beside a cause */
#define MOST_OF_CELL    300
#define MOST_OF_REPLY   100 /* beside a cause of rejection */

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

/* Few systems discard or hold mail: a column for it stands in the tables of a log in which that happened. */
static bool has_column(const struct log_tables *t, int outcome) {
    return outcome < OUTCOME_DISCARDED || t->summary->totals.outcomes.of[outcome];
}

/* --- causes --- */

static struct value where_it_hits(struct page *p, const struct log_cause_row *row,
                                  const struct totals *totals) {
    struct value text = NO_LABEL;
    uint64_t unnamed = 0; /* a reply alone names nobody */
    for (size_t i = 0; i < row->domain_count && i < SHOWN_WITH; i++) {
        struct slice name = totals->domains[row->domains[i].b].name;
        uint64_t failed = counts_failed(&row->domains[i].counts);
        unnamed += name.len ? 0 : failed;
        if (name.len)
            text = page_join(p, text, ", ", page_say(p, SAY_DOMAIN_COUNT, as_host(name), as_count(failed)));
    }
    if (unnamed && value_is_known(text))
        text = page_join(p, text, ", ", page_say(p, SAY_DOMAIN_UNNAMED, as_count(unnamed)));
    if (row->domain_count > SHOWN_WITH)
        text = page_say(p, SAY_MORE_DOMAINS, text, as_count(row->domain_count - SHOWN_WITH));
    return text;
}

struct cause_steps {
    struct slice list[MOST_STEPS];
    size_t count;
};

static void take_step(void *steps, struct slice step) {
    struct cause_steps *taken = steps;
    if (taken->count < MOST_STEPS)
        taken->list[taken->count++] = step;
}

/* What to do about a cause, as it is advised for the reply that is shown: all of it for those that come
 * first, the first step for the others. */
static void present_steps(struct page *p, const struct verdict *v, size_t place) {
    struct cause_steps steps = {.count = 0};
    verdict_remedies(v, p->outlet.arena, take_step, &steps);
    for (size_t i = 0; i < steps.count && (!i || place <= MOST_TOLD_WHOLE); i++)
        page_row(p, NO_LABEL,
                 page_say(p, i ? SAY_CAUSE_NEXT_STEP : SAY_CAUSE_FIRST_STEP, as_advice(steps.list[i])));
}

/* Steps of one provider are no steps for what another one refused: whose they are, where the cause hits both.
 */
static void present_whose_steps(struct page *p, const struct verdict *v, const struct log_cause_row *row,
                                const struct totals *totals) {
    for (size_t i = 0; i < row->domain_count && v->provider; i++) {
        const struct domain *domain = &totals->domains[row->domains[i].b];
        if (domain->name.len && domain->provider != v->provider) {
            page_row(p, NO_LABEL,
                     page_say(p, SAY_CAUSE_OF_ONE, as_ours(v->provider->name), as_ours(v->cause->id),
                              as_host(domain->name)));
            return;
        }
    }
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
    struct verdict v = log_row_verdict(row, t->summary, p->outlet.arena);
    bool is_closed = log_port_25_closed(t, row);
    bool is_doubtful = !is_closed && cause_is_without_connection(c->cause) && log_port_25_doubtful(t);
    struct value origin = is_closed     ? word(SAY_PORT_25_CLOSED)
                          : is_doubtful ? word(SAY_PORT_25_DOUBTFUL)
                                        : suspect_words(p, t, c);
    struct value recipients = page_say(p, SAY_RECIPIENTS, as_count(c->recipients));
    struct value attempts = page_say(p, SAY_ATTEMPTS, as_count(c->attempts));
    if (row->counts.of[OUTCOME_DEFERRED])
        recipients = page_say(p, SAY_STILL_WAITING, recipients, as_count(row->counts.of[OUTCOME_DEFERRED]));
    page_item(p, page_say(p, SAY_PLACE, as_count(place)),
              log_was_read(t) ? page_say(p, SAY_CAUSE_COUNT, as_ours(c->cause->title), as_ours(c->cause->id),
                                         recipients, attempts)
                              : page_say(p, SAY_CAUSE_RECIPIENTS, as_ours(c->cause->title),
                                         as_ours(c->cause->id), recipients));
    if (row->is_new)
        page_row(p, NO_LABEL, page_say(p, SAY_NEW_SINCE, time_words(c->first)));
    struct value domains = where_it_hits(p, row, &t->summary->totals);
    if (value_is_known(domains))
        page_row(p, NO_LABEL, page_say(p, SAY_AT_DOMAINS, domains));
    page_row(p, NO_LABEL,
             page_say(p, SAY_CAUSE_FIXER,
                      fixer_words(is_closed || is_doubtful ? "network-operator"
                                  : value_is_known(origin) ? "sender-operator"
                                                           : v.fixer,
                                  v.cause)));
    if (v.confidence != CONFIDENCE_NONE)
        page_row(p, NO_LABEL,
                 page_say(p, SAY_CAUSE_SURE,
                          sureness_words(is_doubtful ? MIN(v.confidence, CONFIDENCE_LIKELY) : v.confidence)));
    if (value_is_known(origin))
        page_row(p, NO_LABEL, page_say(p, SAY_CAUSE_FIRST_STEP, origin));
    else {
        present_whose_steps(p, &v, row, &t->summary->totals);
        present_steps(p, &v, place);
    }
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
    if (t->cause_count > 1)
        page_row(p, NO_LABEL, word(SAY_ORDER_OF_CAUSES));
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
        struct value who = page_say(p, SAY_SET_ASIDE, word(outcome_label(one->outcome)),
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
            heads[columns++] = outcome_label(k);
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
        page_cell(
            p, &table,
            upto(page_say(p, SAY_INBOUND_CAUSE, as_ours(inbound_title(p->style.rules, c->cause)),
                          as_ours(c->cause->id), upto(as_reply(c->inbound_sample.reply), MOST_OF_REPLY)),
                 MOST_OF_CELL));
    }
    table_end(p, &table, t->inbound_count - shown(t, t->inbound_count), SAY_MORE_ROWS_CAUSES);
    for (size_t i = 0; i < MIN(shown(t, t->inbound_count), MOST_STEPS_HERE); i++) {
        const struct cause *cause = t->inbound[i]->cause;
        const struct inbound_text *text = rulebase_inbound(p->style.rules, cause->id);
        if (text)
            page_row(p, i ? NO_LABEL : word(LABEL_WHAT_TO_DO),
                     page_say(p, SAY_INBOUND_STEP, as_ours(cause->id), as_ours(text->steps[0])));
    }
}

static struct value bar(struct page *p, uint64_t value, uint64_t most) {
    char text[BAR_CELLS * 3 + 1] = "";
    uint64_t cells = most ? (value * BAR_CELLS + most - 1) / most : 0;
    for (uint64_t i = 0; i < cells && i < BAR_CELLS; i++)
        memcpy(text + i * 3, "█", 4);
    return as_type(VALUE_OURS, arena_copy(p->outlet.arena, slice_of(text)));
}

static void present_timeline(struct page *p, const struct log_tables *t) {
    enum words heads[7] = {HEAD_FROM_TIME, LABEL_SENT, HEAD_NOT_SENT};
    size_t columns = 3;
    for (int k = OUTCOME_DISCARDED; k < RECIPIENT_OUTCOMES; k++)
        if (has_column(t, k))
            heads[columns++] = outcome_label(k);
    heads[columns++] = LABEL_REJECTED_INBOUND;
    size_t bar_column = columns;
    if (!page_has_pictures(p))
        heads[columns++] = HEAD_BAR;
    uint64_t most = 0;
    uint64_t timeless = counts_all(&t->summary->totals.outcomes);
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
        timeless -= counts_all(c);
    }
    page_table_end(p, &table);
    if (timeless)
        page_row(p, NO_LABEL, page_say(p, SAY_WITHOUT_TIME, as_count(timeless)));
}

/* A page of each recipient's story, as of a bounce; what went on to another queue, or was taken later, is
 * told there. */
static void present_stories(struct page *p, const struct log_tables *t,
                            void (*present)(struct page *, const struct report *),
                            void (*nothing)(struct page *)) {
    size_t told = 0;
    size_t left_out = 0;
    for (size_t i = 0; t->stories && i < t->stories->stories->len; i++) {
        const struct mail_story *story = t->stories->stories->pdata[i];
        struct report report;
        bool is_told = !story->is_handed_over && !story->later;
        told += is_told;
        left_out += is_told && told > t->top;
        if (!is_told || told > t->top)
            continue;
        story_report(&report, story, p->style.rules, p->outlet.arena);
        present(p, &report);
    }
    if (!told)
        nothing(p);
    if (left_out)
        page_row(p, NO_LABEL, page_say(p, SAY_MORE_RECIPIENTS, as_count(left_out)));
}

/* Who asks for mail of one cause, to one domain or from one asks who of the others has to do with it: it
 * stands before what to do then. */
static bool is_part_asked_for(const struct log_tables *t) {
    bool is_one = t->cause_count == 1 || t->destination_count == 1 || t->sender_count == 1;
    return t->is_filtered && is_one && t->destination_count + t->sender_count > 2;
}

static void present_receiving(struct page *p, const struct log_tables *t) {
    present_domains(p, t, SECTION_BY_RECIPIENT, SAY_MORE_ROWS_DOMAINS, t->destinations, t->destination_count);
}

static void present_sending(struct page *p, const struct log_tables *t) {
    present_domains(p, t, SECTION_BY_SENDER, SAY_MORE_ROWS_DOMAINS, t->senders, t->sender_count);
}

static void present_all(struct page *p, const struct log_tables *t) {
    bool is_part = is_part_asked_for(t);
    if (is_part && t->sender_count > 1) /* a table of one row says no more than the counts above it */
        present_sending(p, t);
    if (is_part && t->destination_count > 1)
        present_receiving(p, t);
    present_causes(p, t);
    present_dmarc_reports(p, t);
    present_cause_providers(p, t);
    present_set_aside(p, t);
    present_differences(p, t);
    present_matrix(p, t);
    present_origins(p, t);
    present_domains(p, t, SECTION_BY_PROVIDER, SAY_MORE_ROWS_PROVIDERS, t->providers, t->provider_count);
    if (!is_part) {
        present_receiving(p, t);
        present_sending(p, t);
    }
    present_inbound(p, t);
    present_timeline(p, t);
    present_statistics(p, t);
    present_log_troubles(p, t);
    if (log_was_read(t))
        present_log_reading(p, t);
    present_index(p, t);
}

static void present_support(struct page *p, const struct log_tables *t) {
    if (t->matches_nothing) {
        page_title(p, word(TITLE_NOTHING_MATCHES), EMPHASIS_WARN);
        present_log_span(p, t);
        present_log_reading(p, t);
        return;
    }
    if (t->stories && p->medium->has_titles_only) {
        present_mails_briefly(p, t->stories);
        return;
    }
    present_log_outcomes(p, t);
    if (t->stories) {
        present_mails(p, t->stories, t->top, log_port_25_doubtful(t));
        if (!t->is_filtered) {
            present_failed_logins(p, t);
            present_log_troubles(p, t);
        }
        present_log_reading(p, t);
        return;
    }
    present_all(p, t);
}

void page_log(struct page *p, const void *tables) {
    const struct log_tables *t = tables;
    p->outlet.zone = t->zone;
    page_begin(p);
    present_log_about(p, t);
    if (p->style.reader == READER_SUPPORT || t->matches_nothing)
        present_support(p, t);
    else if (p->style.reader == READER_CUSTOMER)
        present_stories(p, t, present_customer, present_customer_log);
    else
        present_stories(p, t, present_receiver, present_receiver_log);
    page_end(p);
}
