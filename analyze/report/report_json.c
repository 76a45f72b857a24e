/* Reports as JSON and NDJSON; the keys are documented in docs/json.md. */
#include "analyze/report/form.h"
#include "analyze/report/json.h"
#include "analyze/report/render.h"

#include "analyze/verdict/advice.h"
#include "analyze/version.h"

static void write_reply(struct json *j, const struct reply *r, struct arena *arena) {
    json_open(j, "reply", '{');
    if (r->code)
        json_number(j, "code", r->code);
    json_slice(j, "enhanced", enhanced_text(arena, r->enhanced));
    json_string(j, "text", r->text);
    json_slice(j, "command", r->command);
    json_close(j, '}');
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

static void write_entities(struct json *j, const struct entity *all) {
    if (!all)
        return;
    json_open(j, "entities", '{');
    for (const struct entity *e = all; e; e = e->next) {
        if (!is_first(all, e))
            continue;
        if (!is_plural(e->name)) {
            json_string(j, e->name, e->value);
            continue;
        }
        json_open(j, e->name, '[');
        for (const struct entity *same = e; same; same = same->next)
            if (strcmp(same->name, e->name) == 0)
                json_string(j, NULL, same->value);
        json_close(j, ']');
    }
    json_close(j, '}');
}

static void write_rule(struct json *j, const struct reply_rule *rule) {
    if (!rule)
        return;
    json_open(j, "rule", '{');
    json_text(j, "id", rule->id);
    json_text(j, "file", rule->source.file);
    json_number(j, "line", rule->source.line);
    json_close(j, '}');
}

static void write_item(void *context, struct slice text) {
    json_string(context, NULL, text);
}

static void write_advice(struct json *j, const struct verdict *v, struct arena *arena) {
    json_open(j, "remedy", '[');
    verdict_remedies(v, arena, write_item, j);
    json_close(j, ']');
    json_open(j, "links", '[');
    verdict_links(v, arena, write_item, j);
    json_close(j, ']');
}

static void write_judgement(struct json *j, const struct verdict *v) {
    json_text(j, "cause", v->cause->id);
    json_text(j, "title", v->cause->title);
    if (v->underlying)
        json_text(j, "underlying", v->underlying->id);
    json_bool(j, "permanent", v->is_permanent);
    json_text(j, "fixer", v->fixer);
    json_text(j, "confidence", confidence_name(v->confidence));
}

static void write_refuser(struct json *j, const struct verdict *v) {
    if (verdict_is_delivered(v) || (!v->host.len && !v->ip.len && !v->provider))
        return;
    json_open(j, "rejected_by", '{');
    json_slice(j, "host", v->host);
    json_slice(j, "ip", v->ip);
    json_text(j, "provider", v->provider ? v->provider->id : NULL);
    json_close(j, '}');
}

static void write_parties(struct json *j, const struct report *r, const struct verdict *v) {
    write_refuser(j, v);
    if (r->reporter.len || r->software) {
        json_open(j, "reported_by", '{');
        json_slice(j, "host", r->reporter);
        json_text(j, "software", r->software);
        json_close(j, '}');
    }
}

static void write_evidence(struct json *j, const struct evidence *e) {
    json_open(j, "evidence", '[');
    for (; e; e = e->next) {
        json_open(j, NULL, '{');
        json_string(j, "text", e->text);
        json_text(j, "where", e->where);
        if (e->line)
            json_number(j, "line", e->line);
        json_slice(j, "asserted_by", e->asserted_by);
        json_text(j, "trust", trust_name(e->trust));
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_verdict(struct json *j, const struct report *r, const struct verdict *v,
                          struct arena *arena) {
    json_slice(j, "recipient", v->recipient);
    json_text(j, "outcome", v->outcome);
    write_judgement(j, v);
    if (v->outcome)
        write_reply(j, &v->reply, arena);
    write_parties(j, r, v);
    json_time(j, "last_attempt", v->last_attempt);
    json_time(j, "retry_until", v->retry_until);
    write_entities(j, v->entities);
    write_rule(j, v->rule);
    write_evidence(j, v->evidence);
    confirmations_json(j, v, arena);
    findings_json(j, v);
    write_advice(j, v, arena);
}

static void write_head(struct json *j, const struct report *r) {
    json_text(j, "mailwhy", MAILWHY_VERSION);
    json_number(j, "schema", 1);
    json_open(j, "input", '{');
    json_string(j, "name", r->name);
    json_text(j, "kind", kind_name(r->kind));
    json_text(j, "format", r->format);
    json_number(j, "bytes", (int64_t)r->bytes);
    json_slice(j, "queue_id", r->queue_id);
    json_close(j, '}');
}

static void write_message(struct json *j, const struct identity *m) {
    if (!m->is_present && !m->sender.len)
        return;
    json_open(j, "message", '{');
    json_slice(j, "message_id", m->message_id);
    json_slice(j, "from", m->from);
    json_slice(j, "sender", m->sender);
    json_slice(j, "to", m->to);
    json_time(j, "date", m->date);
    json_slice(j, "subject", m->subject);
    json_close(j, '}');
}

static void write_complaint(struct json *j, const struct complaint *c) {
    if (!c->type.len && !c->source_ip.len)
        return;
    json_open(j, "complaint", '{');
    json_slice(j, "type", c->type);
    json_slice(j, "source_ip", c->source_ip);
    json_slice(j, "reported_domain", c->reported_domain);
    json_slice(j, "user_agent", c->user_agent);
    json_slice(j, "reporting_mta", c->reporting_mta);
    json_close(j, '}');
}

static void write_problems(struct json *j, const struct problem *p) {
    if (!p)
        return;
    json_open(j, "problems", '[');
    for (; p; p = p->next) {
        json_open(j, NULL, '{');
        json_text(j, "severity", p->is_error ? "error" : "warning");
        json_string(j, "text", p->text);
        if (p->line)
            json_number(j, "line", p->line);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_tail(struct json *j, const struct report *r, struct arena *arena) {
    write_message(j, &r->message);
    path_json(j, &r->mail, r->verification);
    if (r->is_about_another && r->carrier.chain.count) {
        json_open(j, "report", '{');
        path_json(j, &r->carrier, NULL);
        json_close(j, '}');
    }
    write_complaint(j, &r->complaint);
    if (r->verification)
        dns_json(j, &r->verification->auth, arena);
    write_problems(j, r->problems.first);
}

/* Reports of many recipients are passed on piece by piece. */
#define PIECE ((size_t)64 << 10)

static void pass_on(GString *out, size_t least, mailwhy_sink *sink, void *context) {
    if (out->len < least)
        return;
    sink(context, out->str, out->len);
    g_string_truncate(out, 0);
}

static void report_json(const struct report *r, struct scratch *scratch, mailwhy_sink *sink, void *context) {
    GString *out = scratch->out;
    struct json j = {out, false};
    json_open(&j, NULL, '{');
    write_head(&j, r);
    json_open(&j, "verdicts", '[');
    for (const struct verdict *v = r->verdicts; v; v = v->next) {
        json_open(&j, NULL, '{');
        write_verdict(&j, r, v, &scratch->arena);
        json_close(&j, '}');
        pass_on(out, PIECE, sink, context);
        arena_reset(&scratch->arena);
    }
    json_close(&j, ']');
    write_tail(&j, r, &scratch->arena);
    json_close(&j, '}');
    pass_on(out, 0, sink, context);
}

static void report_ndjson(const struct report *r, struct scratch *scratch, mailwhy_sink *sink,
                          void *context) {
    GString *out = scratch->out;
    const struct verdict *v = r->verdicts;
    do {
        struct json j = {out, false};
        json_open(&j, NULL, '{');
        write_head(&j, r);
        if (v)
            write_verdict(&j, r, v, &scratch->arena);
        write_tail(&j, r, &scratch->arena);
        json_close(&j, '}');
        g_string_append_c(out, '\n');
        pass_on(out, PIECE, sink, context);
        arena_reset(&scratch->arena);
        v = v ? v->next : NULL;
    } while (v);
    pass_on(out, 0, sink, context);
}

static void reply_json(GString *out, const struct verdict *v, struct arena *arena) {
    struct json j = {out, false};
    json_open(&j, NULL, '{');
    write_reply(&j, &v->reply, arena);
    write_judgement(&j, v);
    write_refuser(&j, v);
    write_entities(&j, v->entities);
    write_rule(&j, v->rule);
    write_advice(&j, v, arena);
    json_close(&j, '}');
}

static void structure_message(const struct writing *w, const void *report) {
    (w->format->is_records ? report_ndjson : report_json)(report, w->scratch, w->sink, w->context);
}

static void page_message(struct page *p, const void *report, struct arena *arena) {
    present_report(p, report, arena);
}

const struct report_form form_message = {structure_message, page_message};

static void structure_reply(const struct writing *w, const void *verdict) {
    reply_json(w->scratch->out, verdict, &w->scratch->arena);
    g_string_append(w->scratch->out, w->format->is_records ? "\n" : "");
}

static void page_reply(struct page *p, const void *verdict, struct arena *arena) {
    present_reply(p, verdict, arena);
}

const struct report_form form_reply = {structure_reply, page_reply};
