/* Logs as JSON: the summary as one object, and one line per recipient's delivery. The keys are in
 * docs/json.md. */
#include "analyze/deliveries/tables.h"
#include "analyze/report/form.h"
#include "analyze/report/json.h"
#include "analyze/report/log_words.h"
#include "analyze/report/render.h"

#include "analyze/version.h"
#include "parsers/base/text.h"
#include "parsers/bounce/bounce.h"

static void write_outcomes(struct json *j, const struct counts *c) {
    json_number(j, "sent", (int64_t)c->of[OUTCOME_SENT]);
    json_number(j, "bounced", (int64_t)c->of[OUTCOME_BOUNCED]);
    json_number(j, "expired", (int64_t)c->of[OUTCOME_EXPIRED]);
    json_number(j, "deferred", (int64_t)c->of[OUTCOME_DEFERRED]);
}

static void write_input(struct json *j, const struct log_tables *t) {
    const struct log_summary *s = t->summary;
    json_open(j, "input", '{');
    json_open(j, "names", '[');
    for (guint i = 0; i < t->names->len; i++)
        json_text(j, NULL, t->names->pdata[i]);
    json_close(j, ']');
    json_text(j, "kind", "log");
    json_open(j, "dialects", '{');
    for (size_t i = 0; log_dialect_name(i); i++)
        if (s->dialect_lines[i])
            json_number(j, log_dialect_name(i), (int64_t)s->dialect_lines[i]);
    json_close(j, '}');
    json_number(j, "bytes", (int64_t)s->bytes);
    json_number(j, "lines", (int64_t)s->lines);
    json_number(j, "unparsed_lines", (int64_t)s->unparsed);
    json_time(j, "first", s->first);
    json_time(j, "last", s->last);
    json_close(j, '}');
}

static void write_cause(struct json *j, const struct log_cause_row *row, const struct totals *totals) {
    const struct cause_count *c = row->cause;
    json_open(j, NULL, '{');
    json_text(j, "cause", c->cause->id);
    json_text(j, "title", c->cause->title);
    json_text(j, "fixer", c->cause->fixer);
    json_number(j, "recipients", (int64_t)c->recipients);
    json_number(j, "attempts", (int64_t)c->attempts);
    json_open(j, "domains", '{');
    for (size_t i = 0; i < row->domain_count; i++) {
        struct slice name = totals->domains[row->domains[i].b].name;
        json_entry_number(j, name, (int64_t)counts_failed(&row->domains[i].counts));
    }
    json_close(j, '}');
    if (c->reply.len) {
        json_open(j, "sample", '{');
        json_string(j, "queue_id", c->queue_id);
        json_string(j, "reply", c->reply);
        json_time(j, "time", c->time);
        json_close(j, '}');
    }
    json_close(j, '}');
}

static void write_destinations(struct json *j, const struct log_tables *t) {
    json_open(j, "destinations", '[');
    for (size_t i = 0; i < t->destination_count; i++) {
        const struct log_domain_row *d = &t->destinations[i];
        json_open(j, NULL, '{');
        json_string(j, "domain", d->name);
        json_text(j, "provider", d->provider ? d->provider->id : NULL);
        write_outcomes(j, &d->counts);
        json_text(j, "top_cause", d->top_cause ? d->top_cause->id : NULL);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_senders(struct json *j, const struct log_tables *t) {
    json_open(j, "senders", '[');
    for (size_t i = 0; i < t->sender_count; i++) {
        const struct log_domain_row *d = &t->senders[i];
        json_open(j, NULL, '{');
        json_string(j, "domain", d->name);
        write_outcomes(j, &d->counts);
        json_open(j, "causes", '{');
        for (size_t k = 0; k < d->cause_count; k++)
            json_number(j, t->summary->totals.causes[d->causes[k].a].cause->id,
                        (int64_t)counts_failed(&d->causes[k].counts));
        json_close(j, '}');
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_matrix(struct json *j, const struct log_tables *t, struct arena *arena) {
    json_open(j, "matrix", '[');
    for (size_t i = 0; i < t->pair_count; i++) {
        const struct log_pair_row *p = &t->pairs[i];
        json_open(j, NULL, '{');
        json_string(j, "sender", p->sender);
        json_string(j, "provider", p->provider);
        json_number(j, "sent", (int64_t)p->sent);
        json_number(j, "failed", (int64_t)p->failed);
        json_text(j, "top_cause", p->top_cause ? p->top_cause->id : NULL);
        json_slice(j, "why_different", log_why_different(p, arena));
        if (p->is_different)
            json_slice(j, "reply", p->sample);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_timeline(struct json *j, const struct log_tables *t) {
    json_open(j, "timeline", '[');
    for (size_t i = 0; i < t->bar_count; i++) {
        json_open(j, NULL, '{');
        json_time(j, "start", t->bars[i].start);
        write_outcomes(j, &t->bars[i].counts);
        json_number(j, "inbound_rejects", (int64_t)t->bars[i].counts.of[OUTCOME_REJECTED]);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_attempts(struct json *j, const struct totals *totals) {
    json_open(j, "attempts", '{');
    json_number(j, "sent", (int64_t)totals->attempts[LOG_SENT]);
    json_number(j, "deferred", (int64_t)totals->attempts[LOG_DEFERRED]);
    json_number(j, "bounced", (int64_t)totals->attempts[LOG_BOUNCED]);
    json_close(j, '}');
}

static void write_problems(struct json *j, GPtrArray *problems, struct arena *arena) {
    if (!problems->len)
        return;
    json_open(j, "problems", '[');
    for (guint i = 0; i < problems->len; i++) {
        json_open(j, NULL, '{');
        json_text(j, "severity", "error");
        json_string(j, "text", text_clean_line(arena, slice_of(problems->pdata[i])));
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void log_json(GString *out, const struct log_tables *t, struct arena *arena) {
    const struct totals *totals = &t->summary->totals;
    struct json j = {out, false};
    json_open(&j, NULL, '{');
    json_text(&j, "mailwhy", MAILWHY_VERSION);
    json_number(&j, "schema", 1);
    write_input(&j, t);
    json_open(&j, "outcomes", '{');
    write_outcomes(&j, &totals->outcomes);
    json_close(&j, '}');
    write_attempts(&j, totals);
    json_open(&j, "causes", '[');
    for (size_t i = 0; i < t->cause_count; i++)
        write_cause(&j, &t->causes[i], totals);
    json_close(&j, ']');
    json_open(&j, "inbound_rejects", '[');
    for (size_t i = 0; i < t->inbound_count; i++) {
        json_open(&j, NULL, '{');
        json_text(&j, "cause", t->inbound[i]->cause->id);
        json_number(&j, "count", (int64_t)t->inbound[i]->inbound);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_open(&j, "failures", '{');
    json_number(&j, "logins", (int64_t)totals->logins);
    json_number(&j, "lost_connections", (int64_t)totals->lost);
    json_number(&j, "tls", (int64_t)totals->tls);
    json_close(&j, '}');
    write_destinations(&j, t);
    write_senders(&j, t);
    write_matrix(&j, t, arena);
    write_timeline(&j, t);
    write_problems(&j, t->problems, arena);
    json_close(&j, '}');
}

static struct slice clean(struct arena *arena, struct slice s) {
    return s.len ? text_clean_line(arena, s) : s;
}

static void write_reply(struct json *j, struct slice text, struct arena *arena) {
    struct reply reply = {0};
    reply_parse(&reply, text_upto(clean(arena, text), LIMIT_MATCH_TEXT), arena);
    json_open(j, "reply", '{');
    if (reply.code)
        json_number(j, "code", reply.code);
    if (reply.enhanced[0])
        json_string(j, "enhanced",
                    arena_printf(arena, "%d.%d.%d", reply.enhanced[0], reply.enhanced[1], reply.enhanced[2]));
    json_string(j, "text", reply.text);
    json_close(j, '}');
}

static void delivery_json(GString *out, const struct delivery *d, const struct matcher *matcher,
                          const char *file, struct arena *arena) {
    struct json j = {out, false};
    json_open(&j, NULL, '{');
    json_slice(&j, "host", clean(arena, d->host));
    json_slice(&j, "queue_id", clean(arena, d->queue_id));
    json_slice(&j, "message_id", clean(arena, d->message_id));
    json_string(&j, "sender", clean(arena, d->sender));
    json_string(&j, "recipient", clean(arena, d->recipient));
    json_slice(&j, "original_recipient", clean(arena, d->original));
    if (d->size >= 0)
        json_number(&j, "size", d->size);
    if (d->client.len || d->client_ip.len || d->user.len) {
        json_open(&j, "client", '{');
        json_slice(&j, "name", clean(arena, d->client));
        json_slice(&j, "ip", clean(arena, d->client_ip));
        json_slice(&j, "user", clean(arena, d->user));
        json_close(&j, '}');
    }
    if (d->relay.len || d->relay_ip.len) {
        const struct provider *provider = matcher_provider_of_host(matcher, d->relay);
        json_open(&j, "relay", '{');
        json_slice(&j, "host", clean(arena, d->relay));
        json_slice(&j, "ip", clean(arena, d->relay_ip));
        json_text(&j, "provider", provider ? provider->id : NULL);
        json_close(&j, '}');
    }
    json_time(&j, "first", d->first);
    json_time(&j, "last", d->last);
    json_number(&j, "attempts", d->attempts);
    json_text(&j, "outcome", outcome_name(d->outcome));
    json_text(&j, "direction", direction_name(d->direction));
    if (d->class && d->outcome != OUTCOME_SENT) {
        const struct cause *cause = delivery_cause(d);
        bool is_expired = d->outcome == OUTCOME_EXPIRED;
        json_text(&j, "cause", is_expired ? "queue.expired" : cause->id);
        if (is_expired && strcmp(cause->id, "queue.expired") != 0)
            json_text(&j, "underlying", cause->id);
        json_text(&j, "rule", d->class->rule ? d->class->rule->id : NULL);
    } else if (d->outcome == OUTCOME_EXPIRED) {
        json_text(&j, "cause", "queue.expired");
    }
    if (d->reply.len)
        write_reply(&j, d->reply, arena);
    json_open(&j, "source", '{');
    json_text(&j, "file", file);
    json_number(&j, "line", (int64_t)d->line);
    json_close(&j, '}');
    json_close(&j, '}');
    g_string_append_c(out, '\n');
}

static void structure_log(const struct writing *w, const void *tables) {
    log_json(w->scratch->out, tables, &w->scratch->arena);
}

static void page_log(struct page *p, const void *tables, struct arena *arena) {
    present_log(p, tables, arena);
}

const struct report_form form_log = {structure_log, page_log};

static void structure_delivery(const struct writing *w, const void *what) {
    const struct log_record *r = what;
    delivery_json(w->scratch->out, r->delivery, r->matcher, r->file, &w->scratch->arena);
}

const struct report_form form_delivery = {structure_delivery, NULL};
