/* The structure of reports on messages and replies; the keys are documented in docs/json.md. */
#include "analyze/report/structure_message.h"

#include "analyze/report/present.h"
#include "analyze/report/present_cause.h"
#include "analyze/report/present_change.h"
#include "analyze/report/present_fixed.h"
#include "analyze/report/present_verdict.h"
#include "analyze/report/rule_words.h"
#include "analyze/report/structure_auth.h"
#include "analyze/report/structure_confirm.h"
#include "analyze/report/structure_feedback.h"
#include "analyze/report/structure_path.h"
#include "analyze/report/typed.h"
#include "analyze/verdict/advice.h"
#include "analyze/verdict/asked_wait.h"
#include "analyze/verdict/next_step.h"
#include "analyze/verdict/side.h"
#include "analyze/version.h"

static void write_reply(struct writer *w, const struct reply *r) {
    write_object(w, "reply");
    if (r->code)
        write_value(w, "code", as_number(r->code));
    write_known(w, "enhanced", as_stranger(enhanced_text(w->outlet.arena, r->enhanced)));
    write_value(w, "text", as_reply(r->text));
    write_known(w, "command", as_stranger(r->command));
    write_object_end(w);
}

/* ip and url may occur more than once: they are arrays; the other entities are texts. */
static bool is_plural(const char *name) {
    return strcmp(name, "ip") == 0 || strcmp(name, "url") == 0;
}

static bool is_first(const struct entity *all, const struct entity *e) {
    while (all != e && strcmp(all->name, e->name) != 0)
        all = all->next;
    return all == e;
}

static void write_entities(struct writer *w, const struct entity *all) {
    if (!all)
        return;
    write_object(w, "entities");
    for (const struct entity *e = all; e; e = e->next) {
        if (!is_first(all, e))
            continue;
        if (!is_plural(e->name)) {
            write_value(w, e->name, typed_entity(e));
            continue;
        }
        write_list(w, e->name);
        for (const struct entity *same = e; same; same = same->next)
            if (strcmp(same->name, e->name) == 0)
                write_value(w, NULL, typed_entity(same));
        write_list_end(w);
    }
    write_object_end(w);
}

static void write_rule(struct writer *w, const struct reply_rule *rule) {
    if (!rule)
        return;
    write_object(w, "rule");
    write_known(w, "id", as_ours(rule->id));
    write_known(w, "file", as_file(slice_of(rule->place.file)));
    write_value(w, "line", as_number(rule->place.line));
    write_object_end(w);
}

static void write_step(void *context, struct slice text) {
    write_value(context, NULL, as_advice(text));
}

static void write_link(void *context, struct slice text) {
    write_value(context, NULL, as_link(text));
}

void write_verdict_advice(struct writer *w, const struct verdict *v) {
    write_list(w, "remedy");
    verdict_remedies(v, w->outlet.arena, write_step, w);
    write_list_end(w);
    write_list(w, "links");
    verdict_links(v, w->outlet.arena, write_link, w);
    write_list_end(w);
    write_texts(w, "asks", verdict_asks(v));
    write_known(w, "advice_as_of", as_type(VALUE_OURS, verdict_advice_month(v, w->outlet.arena)));
}

static void write_session(struct writer *w, const struct verdict *v) {
    if (!v->remarks)
        return;
    write_list(w, "session");
    for (const struct remark *r = v->remarks; r; r = r->next) {
        write_object(w, NULL);
        write_value(w, "about", as_ours(r->about));
        write_value(w, "fault", as_truth(r->is_fault));
        write_value(w, "text", as_note(r->text));
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_judgement(struct writer *w, const struct verdict *v) {
    write_known(w, "cause", as_ours(v->cause->id));
    write_known(w, "title", as_ours(v->cause->title));
    if (v->underlying)
        write_known(w, "underlying", as_ours(v->underlying->id));
    if (v->is_lasting_known)
        write_value(w, "permanent", as_truth(v->is_permanent));
    if (v->is_given_up)
        write_value(w, "given_up", as_truth(true));
    write_known(w, "fixer", as_ours(v->fixer));
    write_known(w, "action", as_ours(verdict_action(v)));
    int64_t wait = v->is_permanent ? -1 : reply_retry_after(v->reply.text);
    if (wait >= 0)
        write_value(w, "retry_after_s", as_number(wait));
    write_known(w, "confidence", as_ours(confidence_name(v->confidence)));
    if (v->score)
        write_value(w, "score", as_number(v->score));
    if (v->other) {
        write_object(w, "second");
        write_known(w, "cause", as_ours(v->other->id));
        if (v->other_score)
            write_value(w, "score", as_number(v->other_score));
        write_object_end(w);
    }
}

static void write_refuser(struct writer *w, const struct verdict *v) {
    if (verdict_is_delivered(v) || (!v->host.len && !v->ip.len && !v->provider))
        return;
    write_object(w, "rejected_by");
    write_known(w, "host", as_server(v->host));
    write_known(w, "ip", as_network(v->ip));
    write_known(w, "provider", as_ours(v->provider ? v->provider->id : NULL));
    write_known(w, "known_by", as_ours(refuser_name(v->refuser)));
    write_object_end(w);
}

static void write_parties(struct writer *w, const struct report *r, const struct verdict *v) {
    write_refuser(w, v);
    if (r->reporter.len || r->software) {
        write_object(w, "reported_by");
        write_known(w, "host", as_server(r->reporter));
        write_known(w, "software", as_ours(r->software));
        write_object_end(w);
    }
}

static void write_evidence(struct writer *w, const struct evidence *e) {
    write_list(w, "evidence");
    for (; e; e = e->next) {
        write_object(w, NULL);
        write_value(w, "text", as_reply(e->text));
        write_known(w, "where", as_ours(e->where));
        if (e->line)
            write_value(w, "line", as_number(e->line));
        write_known(w, "asserted_by", as_server(e->asserted_by));
        write_known(w, "trust", as_ours(trust_name(e->trust)));
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_verdict(struct writer *w, const struct report *r, const struct verdict *v) {
    write_known(w, "recipient", as_address(v->recipient));
    write_known(w, "outcome", as_ours(action_name(v->outcome)));
    write_judgement(w, v);
    enum fixed_state now = reason_now(r, v);
    if (now != FIXED_NEVER)
        write_known(w, "reason_now", as_ours(fixed_state_name(now)));
    if (v->outcome)
        write_reply(w, &v->reply);
    write_parties(w, r, v);
    write_known(w, "last_attempt", as_time(v->last_attempt));
    write_known(w, "retry_until", as_time(v->retry_until));
    write_entities(w, v->entities);
    write_rule(w, v->rule);
    write_evidence(w, v->evidence);
    write_confirmations(w, v);
    write_findings(w, v);
    write_change(w, r, v);
    write_verdict_advice(w, v);
    write_session(w, v);
}

static void write_stance(struct writer *w, const struct stance *s) {
    if (!s)
        return;
    write_object(w, "own");
    write_known(w, "side", as_ours(own_side_name(s->side)));
    write_value(w, "name", stance_name(s));
    write_known(w, "server", as_host(s->server));
    write_known(w, "reason", as_note(s->reason));
    write_object_end(w);
}

static void write_head(struct writer *w, const struct report *r) {
    write_known(w, "mailwhy", as_ours(MAILWHY_VERSION));
    write_value(w, "schema", as_number(1));
    write_object(w, "input");
    write_value(w, "name", as_file(r->name));
    write_known(w, "kind", as_ours(kind_name(r->kind)));
    write_known(w, "format", as_ours(r->format));
    write_value(w, "bytes", as_number((int64_t)r->bytes));
    write_known(w, "queue_id", as_identifier(r->queue_id));
    write_stance(w, r->stance);
    write_object_end(w);
}

static void write_message(struct writer *w, const struct identity *m) {
    if (!m->is_present && !m->sender.len)
        return;
    write_object(w, "message");
    write_known(w, "message_id", as_identifier(m->message_id));
    write_known(w, "from", as_mailbox(m->from));
    write_known(w, "sender", as_address(m->sender));
    write_known(w, "to", as_mailbox(m->to));
    write_known(w, "date", as_time(m->date));
    write_known(w, "subject", as_subject(m->subject));
    write_object_end(w);
}

static void write_complaint(struct writer *w, const struct complaint *c) {
    if (!c->type.len && !c->source_ip.len)
        return;
    write_object(w, "complaint");
    write_known(w, "type", as_stranger(c->type));
    write_known(w, "source_ip", as_network(c->source_ip));
    write_known(w, "reported_domain", as_host(c->reported_domain));
    write_known(w, "user_agent", as_stranger(c->user_agent));
    write_known(w, "reporting_mta", as_host(c->reporting_mta));
    write_known(w, "auth_failure", as_stranger(c->failed));
    write_known(w, "delivery_result", as_stranger(c->delivery));
    write_known(w, "identity_alignment", as_stranger(c->alignment));
    write_known(w, "dkim_domain", as_host(c->dkim_domain));
    write_known(w, "authentication_results", as_stranger(c->results));
    write_object_end(w);
}

static void write_problems(struct writer *w, const struct problem *p) {
    if (!p)
        return;
    write_list(w, "problems");
    for (; p; p = p->next) {
        write_object(w, NULL);
        write_known(w, "severity", as_ours(p->is_error ? "error" : "warning"));
        write_value(w, "text", as_stranger(p->text));
        if (p->line)
            write_value(w, "line", as_number(p->line));
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_answers(struct writer *w, const struct report *r) {
    if (!r->answers)
        return;
    write_list(w, "answers");
    for (enum asked q = 0; q < ASKED; q++) {
        const struct answer *a = &r->answers[q];
        if (!a->text.len)
            continue;
        write_object(w, NULL);
        write_known(w, "question", as_ours(asked_name(q)));
        write_known(w, "answer", as_ours(a->result));
        write_value(w, "text", as_note(a->text));
        write_list(w, "because");
        for (const struct note *n = a->because.first; n; n = n->next)
            write_value(w, NULL, as_note(n->text));
        write_list_end(w);
        if (a->confidence != CONFIDENCE_NONE)
            write_known(w, "confidence", as_ours(confidence_name(a->confidence)));
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_tail(struct writer *w, const struct report *r) {
    write_answers(w, r);
    write_feedback(w, r);
    write_message(w, &r->message);
    write_path(w, &r->mail, r->verification && r->verification->is_of_mail ? r->verification : NULL);
    if (r->is_about_another && r->carrier.chain.count) {
        write_object(w, "report");
        write_path(w, &r->carrier, NULL);
        write_object_end(w);
    }
    write_complaint(w, &r->complaint);
    if (r->verification)
        write_dns(w, &r->verification->auth);
    if (r->verification)
        write_fixed(w, &r->verification->auth, r->verification->after);
    write_problems(w, r->problems.first);
}

static void write_verdicts(struct writer *w, const struct report *r) {
    write_list(w, "verdicts");
    for (const struct verdict *v = r->verdicts; v; v = v->next) {
        write_object(w, NULL);
        write_verdict(w, r, v);
        write_object_end(w);
        write_pass_on(w);
    }
    write_list_end(w);
}

static void write_whole(struct writer *w, const struct report *r) {
    write_object(w, NULL);
    write_head(w, r);
    write_verdicts(w, r);
    write_tail(w, r);
    write_object_end(w);
    write_record_end(w);
}

/* One verdict, the `number`th; the first comes with all that is not of one recipient, to which the others
 * refer. */
static void write_record(struct writer *w, const struct report *r, const struct verdict *v, int64_t number) {
    write_object(w, NULL);
    write_head(w, r);
    if (r->verdicts && r->verdicts->next)
        write_value(w, "n", as_number(number));
    if (number > 1)
        write_value(w, "message_in", as_number(1));
    if (v)
        write_verdict(w, r, v);
    if (number == 1)
        write_tail(w, r);
    write_object_end(w);
    write_record_end(w);
}

/* One object with all verdicts; as records, one for each verdict, or one where there is none. */
static void structure_message(struct writer *w, const void *report) {
    const struct report *r = report;
    const struct verdict *v = r->verdicts;
    int64_t number = 0;
    if (!w->is_records) {
        write_whole(w, r);
        return;
    }
    do {
        write_record(w, r, v, ++number);
        v = v ? v->next : NULL;
    } while (v);
}

const struct report_form form_message = {.structure = structure_message, .page = page_message};

static void structure_reply(struct writer *w, const void *verdict) {
    const struct verdict *v = verdict;
    write_object(w, NULL);
    write_reply(w, &v->reply);
    write_judgement(w, v);
    write_refuser(w, v);
    write_entities(w, v->entities);
    write_rule(w, v->rule);
    write_verdict_advice(w, v);
    write_session(w, v);
    write_object_end(w);
    write_record_end(w);
}

const struct report_form form_reply = {.structure = structure_reply, .page = page_reply};
