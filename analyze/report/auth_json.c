/* What was verified on a DNS snapshot, as JSON; the keys are documented in docs/json.md. */
#include "analyze/auth/check_kinds.h"
#include "analyze/report/json.h"
#include "analyze/report/render.h"
#include "parsers/dns/name.h"

static void write_steps(struct json *j, const struct spf_verdict *spf) {
    json_open(j, "trace", '[');
    for (const struct spf_step *s = spf->steps; s; s = s->next)
        json_string(j, NULL, s->text);
    json_close(j, ']');
}

static void write_spf(struct json *j, const char *key, const struct spf_verdict *spf,
                      const struct transaction *s, struct arena *arena) {
    json_open(j, key, '{');
    json_text(j, "result", spf_result_name(spf->result));
    json_slice(j, "domain", spf->domain);
    json_slice(j, "ip", ip_text(arena, &s->ip));
    json_text(j, "identity", spf_identity_name(spf));
    json_slice(j, "record", spf->record);
    json_slice(j, "reason", spf->reason);
    json_slice(j, "explanation", spf->explanation);
    write_steps(j, spf);
    json_number(j, "lookups", spf->lookups);
    json_number(j, "void_lookups", spf->void_lookups);
    json_slice(j, "libspf2", spf->second);
    json_slice(j, "libspf2_differs", spf->second_reason);
    json_close(j, '}');
}

static const char *hash_name(enum hash_result h) {
    static const char *const names[] = {"unchecked", "match", "mismatch"};
    return names[h];
}

static void write_dkim(struct json *j, const struct dkim_verdict *d) {
    json_open(j, NULL, '{');
    json_text(j, "result", dkim_result_name(d->result));
    json_slice(j, "domain", d->domain);
    json_slice(j, "selector", d->selector);
    json_slice(j, "algorithm", d->algorithm);
    if (d->bits)
        json_number(j, "bits", d->bits);
    json_text(j, "header_hash", hash_name(d->header_hash));
    json_text(j, "body_hash", hash_name(d->body_hash));
    json_slice(j, "reason", d->reason);
    json_slice(j, "likely", d->likely);
    json_slice(j, "note", d->note);
    json_close(j, '}');
}

static void write_dmarc(struct json *j, const struct dmarc_verdict *d) {
    json_open(j, "dmarc", '{');
    json_text(j, "result", dmarc_result_name(d->result));
    if (d->found_at.len)
        json_text(j, "policy", dmarc_policy_name(d->policy));
    json_slice(j, "domain", d->domain);
    json_slice(j, "organisation", d->organisation);
    json_slice(j, "found_at", d->found_at);
    json_slice(j, "record", d->record);
    json_open(j, "alignment", '{');
    json_text(j, "spf", alignment_name(d->spf));
    json_text(j, "dkim", alignment_name(d->dkim));
    json_close(j, '}');
    json_slice(j, "reason", d->reason);
    json_slice(j, "note", d->note);
    json_slice(j, "dmarcbis", d->differs);
    json_close(j, '}');
}

static void write_arc(struct json *j, const struct arc_verdict *arc) {
    json_open(j, "arc", '{');
    json_text(j, "result", arc_result_name(arc->result));
    json_number(j, "instances", arc->instances);
    if (arc->oldest_pass)
        json_number(j, "oldest_pass", arc->oldest_pass);
    json_slice(j, "reason", arc->reason);
    json_slice(j, "likely", arc->likely);
    json_close(j, '}');
}

void auth_checks_json(struct json *j, const struct auth *auth, struct arena *arena) {
    json_open(j, "checks", '{');
    write_spf(j, "spf", &auth->spf, &auth->transaction, arena);
    if (auth->helo.record.len)
        write_spf(j, "helo", &auth->helo, &auth->transaction, arena);
    if (auth->has_message) {
        json_open(j, "dkim", '[');
        for (const struct dkim_verdict *d = auth->dkim; d; d = d->next)
            write_dkim(j, d);
        json_close(j, ']');
        write_arc(j, &auth->arc);
    }
    if (auth->dmarc.domain.len)
        write_dmarc(j, &auth->dmarc);
    json_close(j, '}');
}

void checks_json(struct json *j, const struct check *c) {
    json_open(j, "checks", '[');
    for (; c; c = c->next) {
        json_open(j, NULL, '{');
        json_text(j, "check", c->kind->id);
        json_text(j, "result", check_outcome_name(c->outcome));
        json_slice(j, "found", c->result);
        json_slice(j, "subject", c->subject);
        json_string(j, "text", c->text);
        if (c->remedies) {
            json_open(j, "remedy", '[');
            for (const struct remedy *r = c->remedies; r; r = r->next)
                json_string(j, NULL, r->text);
            json_close(j, ']');
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_differences(struct json *j, const struct difference *d) {
    if (!d)
        return;
    json_open(j, "differences", '[');
    for (; d; d = d->next) {
        json_open(j, NULL, '{');
        json_string(j, "method", d->claim->method);
        json_string(j, "claimed", d->claim->result);
        json_string(j, "found", d->found);
        json_slice(j, "by", d->claim->by);
        json_string(j, "text", d->text);
        if (d->claim->line)
            json_number(j, "line", d->claim->line);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void auth_json(struct json *j, const struct verification *v) {
    auth_checks_json(j, &v->auth, v->auth.resolver.arena);
    write_differences(j, v->differences);
    json_open(j, "session", '{');
    json_slice(j, "ip", ip_text(v->auth.resolver.arena, &v->auth.transaction.ip));
    json_text(j, "ip_source", v->auth.transaction.ip_source);
    json_slice(j, "helo", v->auth.transaction.helo);
    if (v->auth.transaction.has_sender)
        json_string(j, "sender", v->auth.transaction.sender);
    json_slice(j, "from_domain", v->auth.transaction.from_domain);
    json_close(j, '}');
}

void findings_json(struct json *j, const struct verdict *v) {
    if (!v->checks)
        return;
    json_open(j, "checks", '[');
    for (const struct finding *s = v->checks; s; s = s->next) {
        json_open(j, NULL, '{');
        json_text(j, "check", s->check->id);
        json_string(j, "result", s->result);
        json_text(j, "says", agreement_name(s->agreement));
        json_string(j, "text", s->text);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void dns_json(struct json *j, const struct auth *auth, struct arena *arena) {
    const struct snapshot *snapshot = auth->resolver.snapshot;
    json_open(j, "dns", '{');
    json_open(j, "files", '[');
    for (guint i = 0; i < snapshot->files->len; i++)
        json_text(j, NULL, ((const struct dns_file *)snapshot->files->pdata[i])->path);
    json_close(j, ']');
    json_time(j, "taken", snapshot_taken(snapshot));
    json_open(j, "missing", '[');
    for (const struct question *q = auth->resolver.missing; q; q = q->next) {
        json_open(j, NULL, '{');
        json_string(j, "name", dns_name_show(arena, q->of.name));
        json_text(j, "type", dns_type_name(q->of.type));
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}
