/* What became of the mail of a log, at the head of what is said of it. See present_log_outcome.h. */
#include "analyze/report/present_log_outcome.h"

#include "analyze/report/present_mail.h"

#include "analyze/report/log_words.h"
#include "analyze/report/present_summary.h"
#include "analyze/report/present_who.h"

#include <assert.h>

#define SHOWN_NAMES 3 /* of inputs, in the title */

static const enum words outcome_labels[] = {
    [OUTCOME_SENT] = LABEL_SENT,           [OUTCOME_BOUNCED] = LABEL_BOUNCED,
    [OUTCOME_EXPIRED] = LABEL_EXPIRED,     [OUTCOME_DEFERRED] = LABEL_DEFERRED,
    [OUTCOME_DISCARDED] = LABEL_DISCARDED, [OUTCOME_HELD] = LABEL_HELD};
static_assert(G_N_ELEMENTS(outcome_labels) == RECIPIENT_OUTCOMES, "a label for each outcome");

enum words outcome_label(int outcome) {
    return outcome_labels[outcome];
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

void present_log_span(struct page *p, const struct log_tables *t) {
    const struct log_summary *s = t->summary;
    struct value lines = page_say(p, SAY_LINES, as_count(s->lines));
    page_row(p, word(LABEL_LOG),
             s->first == -1 ? page_say(p, SAY_LOG_NO_SPAN, lines)
                            : page_say(p, SAY_LOG_SPAN, lines, as_time(s->first), as_time(s->last)));
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

static struct value title_of(struct page *p, const struct log_tables *t) {
    const struct totals *totals = &t->summary->totals;
    const struct counts *c = &totals->outcomes;
    uint64_t waiting = c->of[OUTCOME_DEFERRED];
    uint64_t all = counts_all(c);
    uint64_t lost = lost_of(c);
    return !all && totals->rejected ? page_say(p, TITLE_LOG_REJECTED, as_count(totals->rejected))
           : !all                   ? word(TITLE_LOG_NOTHING)
           : lost && waiting
               ? page_say(p, TITLE_LOG_WAITING, as_count(lost), as_count(all), as_count(waiting))
           : lost    ? page_say(p, TITLE_LOG, as_count(lost), as_count(all))
           : waiting ? page_say(p, t->is_filtered ? TITLE_LOG_WAITING_OF_ASKED : TITLE_LOG_ONLY_WAITING,
                                as_count(waiting), as_count(all))
                     : title_of_taken(p, all, totals->handed_on);
}

static void present_title(struct page *p, const struct log_tables *t) {
    const struct totals *totals = &t->summary->totals;
    const struct counts *c = &totals->outcomes;
    uint64_t waiting = c->of[OUTCOME_DEFERRED];
    uint64_t lost = lost_of(c);
    page_title(p, title_of(p, t),
               lost                                             ? EMPHASIS_BAD
               : waiting || totals->handed_on || !counts_all(c) ? EMPHASIS_WARN
                                                                : EMPHASIS_GOOD);
}

static struct value names_of(struct page *p, const struct log_tables *t) {
    struct value names = NO_LABEL;
    for (guint i = 0; i < MIN(t->names->len, SHOWN_NAMES); i++)
        names = page_join(p, names, ", ", as_file(slice_of(t->names->pdata[i])));
    return t->names->len > SHOWN_NAMES
               ? page_join(p, names, " ", page_say(p, SAY_MORE, as_count(t->names->len - SHOWN_NAMES)))
               : names;
}

void present_log_about(struct page *p, const struct log_tables *t) {
    struct value title = t->matches_nothing ? word(TITLE_NOTHING_MATCHES) : title_of(p, t);
    page_about(p,
               t->summary->first == -1
                   ? title
                   : page_say(p, TITLE_AND_SPAN, title, as_day(t->summary->first), as_day(t->summary->last)),
               names_of(p, t));
}

/* Were logs read, or only reports on mails? */
bool log_was_read(const struct log_tables *t) {
    return !t->mail || t->summary->lines;
}

static void present_figures(struct page *p, const struct totals *totals) {
    present_shares(p, &totals->outcomes, counts_all(&totals->outcomes));
    if (totals->rejected)
        page_figure(p, word(LABEL_REJECTED_INBOUND), as_count(totals->rejected), NO_LABEL, EMPHASIS_NONE);
}

/* What a log tells of beside mail, as far as there was any. */
static struct value beside_mail(struct page *p, const struct totals *totals) {
    const struct {
        enum words words;
        uint64_t count;
    } all[] = {{SAY_LOG_LOGINS, totals->logins}, {SAY_LOG_LOST, totals->lost}, {SAY_LOG_TLS, totals->tls}};
    struct value text = NO_LABEL;
    for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
        if (all[i].count)
            text = page_join(p, text, ", ", page_say(p, all[i].words, as_count(all[i].count)));
    return text;
}

static void present_beside_mail(struct page *p, const struct log_tables *t) {
    if (!t->is_filtered)
        page_row_known(p, word(LABEL_ALSO), beside_mail(p, &t->summary->totals));
}

void present_log_outcomes(struct page *p, const struct log_tables *t) {
    const struct totals *totals = &t->summary->totals;
    const struct counts *c = &totals->outcomes;
    bool has_figures = p->medium->figure && !t->stories;
    if (!t->stories || !present_mail_title(p, t->stories))
        present_title(p, t);
    if (has_figures)
        present_figures(p, totals);
    present_mail_inputs(p, t);
    if (log_was_read(t))
        present_log_span(p, t);
    if (totals_open(totals) && !t->is_filtered)
        page_row(p, word(LABEL_OPEN_MAILS), page_say(p, SAY_OPEN_MAILS, as_count(totals_open(totals))));
    if (t->stories) {
        present_beside_mail(p, t);
        return;
    }
    if (!has_figures)
        present_shares(p, c, counts_all(c));
    if (!log_was_read(t))
        return;
    if (totals->forwarded && !counts_all(c) && !t->is_filtered) /* else it stands with the other volumes */
        page_row(p, word(LABEL_FORWARDED), page_say(p, SAY_FORWARDED, as_count(totals->forwarded)));
    if (totals->maybe_twice)
        page_row(p, word(LABEL_MAYBE_TWICE), page_say(p, SAY_MAYBE_TWICE, as_count(totals->maybe_twice)));
    if (totals->handed_on)
        page_row(p, word(LABEL_HANDED_ON), page_say(p, SAY_HANDED_ON, as_count(totals->handed_on)));
    if (totals->untold && !t->is_filtered)
        page_row(p, word(LABEL_UNTOLD), page_say(p, SAY_UNTOLD, as_count(totals->untold)));
    page_row(p, word(LABEL_ATTEMPTS),
             page_say(p, SAY_LOG_ATTEMPTS, as_count(totals->attempts[LOG_SENT]),
                      as_count(totals->attempts[LOG_DEFERRED]), as_count(totals->attempts[LOG_BOUNCED])));
    present_delay(p, t);
    if (totals->rejected)
        page_row(p, word(LABEL_REJECTED_INBOUND), page_say(p, SAY_LOG_INBOUND, as_count(totals->rejected)));
    present_beside_mail(p, t);
}
