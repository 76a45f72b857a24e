/* The structure of the summary of logs. The keys are documented in docs/json.md. */
#include "analyze/report/structure_log.h"
#include "analyze/report/present_summary.h"

#include "analyze/deliveries/port_25.h"
#include "analyze/deliveries/table_rows.h"
#include "analyze/report/log_words.h"
#include "analyze/report/present_log.h"
#include "analyze/report/structure_delivery.h"
#include "analyze/report/structure_who.h"
#include "analyze/verdict/advice.h"
#include "analyze/verdict/mail_summary.h"
#include "analyze/version.h"

#include <assert.h>

static void write_outcomes(struct writer *w, const struct counts *c) {
    for (int i = 0; i < RECIPIENT_OUTCOMES; i++)
        write_value(w, outcome_name((enum outcome)i), as_number((int64_t)c->of[i]));
}

static void write_zone(struct writer *w, const struct log_tables *t) {
    static const char *const froms[] = {
        [LOG_ZONE_LINE] = "line", [LOG_ZONE_OPTION] = "option", [LOG_ZONE_ASSUMED] = "assumed"};
    static_assert(G_N_ELEMENTS(froms) == LOG_ZONES, "a word for each");
    write_object(w, "zone");
    write_known(w, "name", as_ours(zone_name(t->zone)));
    write_known(w, "from", as_ours(froms[t->zone_from]));
    write_object_end(w);
}

static void write_input(struct writer *w, const struct log_tables *t) {
    const struct log_summary *s = t->summary;
    write_object(w, "input");
    write_list(w, "names");
    for (guint i = 0; i < t->names->len; i++)
        write_value(w, NULL, as_file(slice_of(t->names->pdata[i])));
    write_list_end(w);
    write_known(w, "kind", as_ours(t->mail ? "summary" : "log"));
    write_object(w, "dialects");
    const char *name;
    uint64_t lines;
    for (size_t i = 0; (name = log_summary_system(s, i, &lines)); i++)
        if (lines)
            write_value(w, name, as_number((int64_t)lines));
    write_object_end(w);
    write_value(w, "bytes", as_number((int64_t)s->bytes));
    write_value(w, "lines", as_number((int64_t)s->lines));
    write_value(w, "unparsed_lines", as_number((int64_t)s->unparsed));
    if (s->mixed)
        write_value(w, "undecided", as_number((int64_t)s->mixed));
    if (s->first != -1)
        write_zone(w, t);
    write_known(w, "first", as_time(s->first));
    write_known(w, "last", as_time(s->last));
    write_object_end(w);
}

static void write_step(void *writer, struct slice step) {
    write_value(writer, NULL, as_advice(step));
}

static void write_cause(struct writer *w, const struct log_tables *t, const struct log_cause_row *row) {
    const struct totals *totals = &t->summary->totals;
    const struct cause_count *c = row->cause;
    bool is_closed = log_port_25_closed(t, row);
    struct verdict v = log_row_verdict(row, t->summary, w->outlet.arena);
    write_object(w, NULL);
    write_known(w, "cause", as_ours(c->cause->id));
    write_known(w, "title", as_ours(c->cause->title));
    write_known(w, "fixer", as_ours(is_closed ? "network-operator" : v.fixer));
    if (v.confidence != CONFIDENCE_NONE)
        write_known(w, "confidence", as_ours(confidence_name(v.confidence)));
    if (is_closed)
        write_value(w, "port_25_closed", as_truth(true));
    write_value(w, "recipients", as_number((int64_t)c->recipients));
    write_value(w, "attempts", as_number((int64_t)c->attempts));
    write_value(w, "still_waiting", as_number((int64_t)row->counts.of[OUTCOME_DEFERRED]));
    write_known(w, "first", as_time(c->first));
    if (row->is_new)
        write_value(w, "new", as_truth(true));
    write_object(w, "domains");
    for (size_t i = 0; i < row->domain_count; i++) {
        struct slice name = totals->domains[row->domains[i].b].name;
        write_entry(w, as_host(name), as_number((int64_t)counts_failed(&row->domains[i].counts)));
    }
    write_object_end(w);
    write_cause_providers(w, row, totals);
    write_list(w, "remedy");
    verdict_remedies(&v, w->outlet.arena, write_step, w);
    write_list_end(w);
    if (c->sample.reply.len) {
        write_object(w, "sample");
        write_value(w, "queue_id", as_identifier(writer_line(w, c->sample.queue_id)));
        write_value(w, "reply", as_reply(c->sample.reply));
        write_known(w, "time", as_time(c->sample.time));
        write_object_end(w);
    }
    write_object_end(w);
}

static void write_destinations(struct writer *w, const struct log_tables *t) {
    write_list(w, "destinations");
    for (size_t i = 0; i < t->destination_count; i++) {
        const struct log_domain_row *d = &t->destinations[i];
        write_object(w, NULL);
        write_value(w, "domain", as_host(d->name));
        write_known(w, "provider", as_ours(d->provider ? d->provider->id : NULL));
        write_outcomes(w, &d->counts);
        write_known(w, "top_cause", as_ours(d->top_cause ? d->top_cause->id : NULL));
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_senders(struct writer *w, const struct log_tables *t) {
    write_list(w, "senders");
    for (size_t i = 0; i < t->sender_count; i++) {
        const struct log_domain_row *d = &t->senders[i];
        write_object(w, NULL);
        write_value(w, "domain", as_host(d->name));
        write_outcomes(w, &d->counts);
        write_object(w, "causes");
        for (size_t k = 0; k < d->cause_count; k++)
            write_value(w, t->summary->totals.causes[d->causes[k].a].cause->id,
                        as_number((int64_t)counts_failed(&d->causes[k].counts)));
        write_object_end(w);
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_matrix(struct writer *w, const struct log_tables *t) {
    write_list(w, "matrix");
    for (size_t i = 0; i < t->pair_count; i++) {
        const struct log_pair_row *p = &t->pairs[i];
        write_object(w, NULL);
        write_value(w, "sender", as_host(p->sender));
        write_value(w, "provider", as_stranger(p->provider));
        write_value(w, "sent", as_number((int64_t)p->sent));
        write_value(w, "failed", as_number((int64_t)p->failed));
        write_value(w, "discarded", as_number((int64_t)p->discarded));
        write_value(w, "held", as_number((int64_t)p->held));
        write_known(w, "top_cause", as_ours(p->top_cause ? p->top_cause->id : NULL));
        write_known(w, "why_different", as_stranger(log_why_different(p, w->outlet.arena)));
        if (p->is_different)
            write_known(w, "reply", as_reply(p->sample));
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_timeline(struct writer *w, const struct log_tables *t) {
    write_list(w, "timeline");
    for (size_t i = 0; i < t->bar_count; i++) {
        write_object(w, NULL);
        write_known(w, "start", as_time(t->bars[i].start));
        write_outcomes(w, &t->bars[i].counts);
        write_value(w, "inbound_rejects", as_number((int64_t)t->bars[i].rejected));
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_attempts(struct writer *w, const struct totals *totals) {
    write_object(w, "attempts");
    write_value(w, "sent", as_number((int64_t)totals->attempts[LOG_SENT]));
    write_value(w, "deferred", as_number((int64_t)totals->attempts[LOG_DEFERRED]));
    write_value(w, "bounced", as_number((int64_t)totals->attempts[LOG_BOUNCED]));
    write_object_end(w);
}

static void write_problem_texts(struct writer *w, const char *severity, const GPtrArray *texts) {
    for (guint i = 0; i < texts->len; i++) {
        write_object(w, NULL);
        write_known(w, "severity", as_ours(severity));
        write_value(w, "text", as_stranger(writer_line(w, slice_of(texts->pdata[i]))));
        write_object_end(w);
    }
}

static void write_problems(struct writer *w, const struct log_tables *t) {
    if (!t->problems->len && !t->notes->len && !t->matches_nothing)
        return;
    write_list(w, "problems");
    if (t->matches_nothing) {
        write_object(w, NULL);
        write_known(w, "severity", as_ours("warning"));
        write_value(w, "text", word(TITLE_NOTHING_MATCHES));
        write_object_end(w);
    }
    write_problem_texts(w, "error", t->problems);
    write_problem_texts(w, "warning", t->notes);
    write_list_end(w);
}

static void write_troubles(struct writer *w, const struct line_kind *k) {
    write_list(w, "troubles");
    for (; k; k = k->next) {
        if (!k->trouble)
            continue;
        write_object(w, NULL);
        write_known(w, "severity", as_ours(k->trouble));
        write_value(w, "lines", as_number((int64_t)k->count));
        write_value(w, "sample", as_reply(k->sample));
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_set_aside(struct writer *w, const struct log_samples *s) {
    if (!s->count)
        return;
    write_list(w, "set_aside");
    for (unsigned i = 0; i < s->count; i++) {
        write_object(w, NULL);
        write_value(w, "outcome", as_ours(outcome_name(s->list[i].outcome)));
        write_value(w, "recipient", as_address(writer_line(w, s->list[i].recipient)));
        write_known(w, "queue_id", as_identifier(writer_line(w, s->list[i].queue_id)));
        write_known(w, "time", as_time(s->list[i].time));
        write_known(w, "reply", as_reply(s->list[i].reply));
        write_object_end(w);
    }
    write_list_end(w);
}

/* Who is named in the replies of each report, which the summary does not show otherwise. */
static void collect_people(struct writer *w, const struct mail_summary *mail) {
    struct redactor *redactor = w->outlet.redactor;
    bool collects = redactor && !w->out;
    for (size_t i = 0; collects && mail && i < mail->row_count; i++) {
        redactor_collect(redactor, as_mailbox(mail->rows[i].from));
        redactor_collect(redactor, as_mailbox(mail->rows[i].to));
        redactor_collect(redactor, as_subject(mail->rows[i].subject));
    }
}

static void structure_log(struct writer *w, const void *tables) {
    const struct log_tables *t = tables;
    const struct totals *totals = &t->summary->totals;
    collect_people(w, t->mail);
    write_object(w, NULL);
    write_known(w, "mailwhy", as_ours(MAILWHY_VERSION));
    write_value(w, "schema", as_number(1));
    write_input(w, t);
    write_mail_inputs(w, t);
    write_object(w, "outcomes");
    write_outcomes(w, &totals->outcomes);
    write_object_end(w);
    write_attempts(w, totals);
    write_list(w, "causes");
    for (size_t i = 0; i < t->cause_count; i++)
        write_cause(w, t, &t->causes[i]);
    write_list_end(w);
    write_set_aside(w, &totals->set_aside);
    write_list(w, "inbound_rejects");
    for (size_t i = 0; i < t->inbound_count; i++) {
        write_object(w, NULL);
        write_known(w, "cause", as_ours(t->inbound[i]->cause->id));
        write_value(w, "count", as_number((int64_t)t->inbound[i]->inbound));
        write_object_end(w);
    }
    write_list_end(w);
    write_object(w, "failures");
    write_value(w, "logins", as_number((int64_t)totals->logins));
    write_value(w, "lost_connections", as_number((int64_t)totals->lost));
    write_value(w, "tls", as_number((int64_t)totals->tls));
    write_object_end(w);
    write_destinations(w, t);
    write_senders(w, t);
    write_matrix(w, t);
    write_timeline(w, t);
    structure_who(w, t);
    write_index(w, t);
    write_troubles(w, t->summary->kinds.first);
    structure_stories(w, t);
    write_problems(w, t);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_log = {.structure = structure_log, .page = page_log, .page_says_more = true};
