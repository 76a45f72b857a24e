/* The structure of reports on logs: the summary, and a record per recipient's delivery. The keys are
 * documented in docs/json.md. */
#include "analyze/report/structure_log.h"
#include "analyze/report/present_summary.h"

#include "analyze/deliveries/port_25.h"
#include "analyze/deliveries/table_rows.h"
#include "analyze/report/log_words.h"
#include "analyze/report/present_log.h"
#include "analyze/report/structure_who.h"
#include "analyze/verdict/advice.h"
#include "analyze/verdict/mail_summary.h"
#include "analyze/version.h"
#include "parsers/base/text.h"

#include <assert.h>

static struct slice line_of(const struct writer *w, struct slice s) {
    return s.len ? text_clean_line(w->outlet.arena, s) : s;
}

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
        write_value(w, "queue_id", as_identifier(line_of(w, c->sample.queue_id)));
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
        write_value(w, "text", as_stranger(text_clean_line(w->outlet.arena, slice_of(texts->pdata[i]))));
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

/* --- deliveries --- */

static void write_reply(struct writer *w, struct slice text) {
    struct reply reply = {0};
    reply_parse(&reply, text_upto(line_of(w, text), LIMIT_MATCH_TEXT), w->outlet.arena);
    write_object(w, "reply");
    if (reply.code)
        write_value(w, "code", as_number(reply.code));
    write_known(w, "enhanced", as_stranger(enhanced_text(w->outlet.arena, reply.enhanced)));
    write_value(w, "text", as_reply(reply.text));
    write_object_end(w);
}

/* A number; under --redact its pseudonym. */
static void write_uid(struct writer *w, int uid) {
    if (uid >= 0 && w->outlet.redactor)
        write_value(w, "uid", as_user(arena_printf(w->outlet.arena, "%d", uid)));
    else if (uid >= 0)
        write_value(w, "uid", as_number(uid));
}

static void write_client(struct writer *w, const struct delivery *d) {
    if (!d->client.len && !d->client_ip.len && !d->user.len)
        return;
    write_object(w, "client");
    write_known(w, "name", as_host(line_of(w, d->client)));
    write_known(w, "ip", as_network(line_of(w, d->client_ip)));
    write_known(w, "user", as_user(line_of(w, d->user)));
    write_object_end(w);
}

static void write_relay(struct writer *w, const struct delivery *d, const struct matcher *matcher) {
    if (!d->relay.len && !d->relay_ip.len)
        return;
    const struct provider *provider = matcher_provider_of_host(matcher, d->relay);
    write_object(w, "relay");
    write_known(w, "host", as_host(line_of(w, d->relay)));
    write_known(w, "ip", as_network(line_of(w, d->relay_ip)));
    write_known(w, "provider", as_ours(provider ? provider->id : NULL));
    write_object_end(w);
}

static void write_judgement(struct writer *w, const struct delivery *d) {
    if (d->class && (outcome_is_failure(d->outcome) || d->outcome == OUTCOME_REJECTED)) {
        const struct cause *cause = delivery_cause(d);
        bool is_expired = d->outcome == OUTCOME_EXPIRED;
        write_known(w, "cause", as_ours(is_expired ? "queue.expired" : cause->id));
        if (is_expired && strcmp(cause->id, "queue.expired") != 0)
            write_known(w, "underlying", as_ours(cause->id));
        write_known(w, "rule", as_ours(d->class->rule ? d->class->rule->id : NULL));
    } else if (d->outcome == OUTCOME_EXPIRED) {
        write_known(w, "cause", as_ours("queue.expired"));
    }
}

/* What is told of a recipient, inside of an object. */
static void write_delivery(struct writer *w, const struct log_record *r) {
    const struct delivery *d = r->delivery;
    write_known(w, "host", as_host(line_of(w, d->host)));
    write_known(w, "queue_id", as_identifier(line_of(w, d->queue_id)));
    write_known(w, "message_id", as_identifier(line_of(w, d->message_id)));
    write_value(w, "sender", as_address(line_of(w, d->sender)));
    write_value(w, "recipient", as_address(line_of(w, d->recipient)));
    write_known(w, "original_recipient", as_address(line_of(w, d->original)));
    if (d->size >= 0)
        write_value(w, "size", as_number(d->size));
    write_client(w, d);
    write_relay(w, d, r->matcher);
    write_known(w, "first", as_time(d->first));
    write_known(w, "last", as_time(d->last));
    write_value(w, "attempts", as_number(d->attempts));
    if (d->is_handed_on)
        write_value(w, "handed_on", as_truth(true));
    write_known(w, "outcome", as_ours(outcome_name(d->outcome)));
    write_known(w, "direction", as_ours(direction_name(d->direction)));
    write_known(w, "account", as_user(line_of(w, d->user)));
    write_uid(w, d->uid);
    write_known(w, "script", as_script(line_of(w, d->script)));
    if (d->delay != LOG_NO_DELAY)
        write_value(w, "delay_s", as_number((d->delay + 50) / 100));
    write_judgement(w, d);
    if (d->reply.len)
        write_reply(w, d->reply);
    write_object(w, "source");
    write_known(w, "file", as_file(slice_of(r->file)));
    write_value(w, "line", as_number((int64_t)d->line));
    write_object_end(w);
}
/* --- stories --- */

static void write_try(struct writer *w, const struct delivery_try *t, const struct matcher *matcher) {
    const struct delivery of = {.relay = t->relay, .relay_ip = t->relay_ip};
    const struct cause *cause =
        t->class ? (t->class->underlying ? t->class->underlying : t->class->cause) : NULL;
    write_object(w, NULL);
    write_known(w, "time", as_time(t->time));
    write_known(w, "outcome", as_ours(outcome_name(outcome_of_status(t->status))));
    write_relay(w, &of, matcher);
    write_known(w, "cause", as_ours(cause && t->status != LOG_SENT ? cause->id : NULL));
    if (t->reply.len)
        write_reply(w, t->reply);
    write_object_end(w);
}

/* The lines are those of a queue id: they stand with the last of its recipients. */
static void write_story(struct writer *w, const struct mail_story *story, const struct mail_story *next,
                        const struct log_tables *t) {
    const struct delivery *d = &story->delivery;
    const struct log_record record = {d, t->matcher,
                                      d->file < t->names->len ? t->names->pdata[d->file] : NULL};
    write_object(w, NULL);
    write_delivery(w, &record);
    if (story->is_handed_over)
        write_value(w, "handed_over", as_truth(true));
    write_list(w, "tries");
    for (const struct delivery_try *try = d->tries_kept; try; try = try->next)
        write_try(w, try, t->matcher);
    write_list_end(w);
    if (d->lines && !(next && mail_story_is_same_queue(story, next))) {
        write_list(w, "lines");
        for (const struct delivery_line *line = d->lines; line; line = line->next)
            write_value(w, NULL, as_reply(line_of(w, line->text)));
        write_list_end(w);
    }
    write_object_end(w);
}

static void write_stories(struct writer *w, const struct log_tables *t) {
    if (!t->stories)
        return;
    write_list(w, "stories");
    const GPtrArray *stories = t->stories->stories;
    for (guint i = 0; i < stories->len; i++)
        write_story(w, stories->pdata[i], i + 1 < stories->len ? stories->pdata[i + 1] : NULL, t);
    write_list_end(w);
}

/* --- the report --- */

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
        write_value(w, "recipient", as_address(line_of(w, s->list[i].recipient)));
        write_known(w, "queue_id", as_identifier(line_of(w, s->list[i].queue_id)));
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
    write_stories(w, t);
    write_problems(w, t);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_log = {.structure = structure_log, .page = page_log, .page_says_more = true};

static void structure_delivery(struct writer *w, const void *record) {
    write_object(w, NULL);
    write_delivery(w, record);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_delivery = {.structure = structure_delivery, .page = NULL};
