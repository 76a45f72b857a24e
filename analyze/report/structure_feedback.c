/* See structure_feedback.h. */
#include "analyze/report/structure_feedback.h"

#include "analyze/auth/check_kind.h"
#include "analyze/verdict/sources.h"
#include "analyze/verdict/verification.h"

static void write_policy(struct writer *w, const struct feedback_policy *policy) {
    write_object(w, "policy");
    write_known(w, "p", as_stranger(policy->p));
    write_known(w, "sp", as_stranger(policy->sp));
    write_known(w, "np", as_stranger(policy->np));
    write_known(w, "adkim", as_stranger(policy->adkim));
    write_known(w, "aspf", as_stranger(policy->aspf));
    write_known(w, "pct", as_stranger(policy->pct));
    write_known(w, "t", as_stranger(policy->testing));
    write_object_end(w);
}

static void write_source(struct writer *w, const struct source *s) {
    const struct feedback_row *row = s->row;
    write_object(w, NULL);
    write_known(w, "ip", as_network(row->ip));
    write_value(w, "messages", as_number(s->messages));
    write_known(w, "standing", as_ours(standing_name(s->standing)));
    write_known(w, "domain", as_host(s->domain));
    write_known(w, "broken_selector", as_selector(s->broken_selector));
    write_known(w, "header_from", as_host(row->header_from));
    write_known(w, "envelope_from", as_host(row->envelope_from));
    write_known(w, "spf", as_stranger(row->spf));
    write_known(w, "dkim", as_stranger(row->dkim));
    write_known(w, "disposition", as_stranger(row->disposition));
    write_known(w, "reason", as_stranger(row->reason));
    write_known(w, "comment", as_stranger(row->comment));
    write_object_end(w);
}

static void write_dmarc(struct writer *w, const struct feedback *f) {
    struct sources s;
    sources_find(&s, f, w->outlet.arena);
    write_known(w, "domain", as_host(f->policy.domain));
    write_policy(w, &f->policy);
    write_value(w, "messages", as_number(s.messages));
    write_value(w, "passed", as_number(s.passed));
    write_value(w, "failed", as_number(s.messages - s.passed));
    write_list(w, "sources");
    for (size_t i = 0; i < s.count; i++)
        write_source(w, &s.list[i]);
    write_list_end(w);
}

static void write_tls_policy(struct writer *w, const struct tls_policy *policy) {
    write_object(w, NULL);
    write_known(w, "domain", as_host(policy->domain));
    write_known(w, "type", as_stranger(policy->type));
    write_known(w, "mx", as_stranger(policy->mx));
    write_value(w, "successes", as_number(policy->successes));
    write_value(w, "failures", as_number(policy->failures));
    write_list(w, "details");
    for (const struct tls_failure *f = policy->details; f; f = f->next) {
        write_object(w, NULL);
        write_known(w, "type", as_stranger(f->type));
        write_value(w, "sessions", as_number(f->count));
        write_known(w, "sender_ip", as_network(f->sender_ip));
        write_known(w, "receiver_host", as_host(f->receiver_host));
        write_known(w, "receiver_ip", as_network(f->receiver_ip));
        write_known(w, "reason", as_stranger(f->code));
        write_object_end(w);
    }
    write_list_end(w);
    write_object_end(w);
}

/* What the DNS says of it today. */
static void write_today(struct writer *w, const struct check_list *records) {
    write_list(w, "today");
    for (const struct check *c = records->first; c; c = c->next) {
        write_object(w, NULL);
        write_value(w, "check", as_ours(c->kind->id));
        write_value(w, "result", as_ours(check_outcome_name(c->outcome)));
        write_value(w, "found", as_stranger(c->result));
        write_known(w, "subject", as_host(c->subject));
        write_value(w, "text", as_sentence(c->text));
        write_object_end(w);
    }
    write_list_end(w);
}

void write_feedback(struct writer *w, const struct report *report) {
    const struct feedback *f = report->feedback;
    if (!f)
        return;
    write_object(w, "feedback");
    write_known(w, "kind", as_ours(f->kind == FEEDBACK_TLS ? "tls" : "dmarc"));
    write_known(w, "organisation", as_stranger(f->organisation));
    write_known(w, "contact", as_address(f->contact));
    write_known(w, "report_id", as_identifier(f->id));
    write_known(w, "begin", as_time(f->begin));
    write_known(w, "end", as_time(f->end));
    if (f->kind == FEEDBACK_DMARC)
        write_dmarc(w, f);
    if (f->kind == FEEDBACK_TLS) {
        write_list(w, "policies");
        for (const struct tls_policy *policy = f->policies; policy; policy = policy->next)
            write_tls_policy(w, policy);
        write_list_end(w);
    }
    if (report->feedback_log.first) {
        write_list(w, "log");
        for (const struct note *n = report->feedback_log.first; n; n = n->next)
            write_value(w, NULL, as_sentence(n->text));
        write_list_end(w);
    }
    if (report->verification)
        write_today(w, &report->verification->records);
    write_object_end(w);
}
