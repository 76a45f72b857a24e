/* What was verified on a DNS snapshot, as structure: see structure_auth.h. The keys are documented in
 * docs/json.md. */
#include "analyze/report/structure_auth.h"

#include "analyze/auth/check_kinds.h"
#include "analyze/auth/unsubscribe_check.h"
#include "parsers/dns/name.h"

static void write_steps(struct writer *w, const struct spf_verdict *spf) {
    write_list(w, "trace");
    for (const struct spf_step *s = spf->steps; s; s = s->next)
        write_value(w, NULL, as_stranger(s->text));
    write_list_end(w);
}

static void write_spf(struct writer *w, const char *key, const struct spf_verdict *spf,
                      const struct transaction *s) {
    write_object(w, key);
    write_known(w, "result", as_ours(spf_result_name(spf->result)));
    write_known(w, "domain", as_host(spf->domain));
    write_known(w, "ip", as_network(ip_text(w->outlet.arena, &s->ip)));
    write_known(w, "identity", as_ours(spf_identity_name(spf)));
    write_known(w, "record", as_stranger(spf->record));
    write_known(w, "reason", as_stranger(spf->reason));
    write_known(w, "explanation", as_stranger(spf->explanation));
    write_steps(w, spf);
    write_value(w, "lookups", as_number(spf->lookups));
    write_value(w, "void_lookups", as_number(spf->void_lookups));
    write_known(w, "libspf2", as_stranger(spf->second));
    write_known(w, "libspf2_differs", as_stranger(spf->second_reason));
    write_object_end(w);
}

static const char *hash_name(enum hash_result h) {
    static const char *const names[] = {"unchecked", "match", "mismatch"};
    return names[h];
}

static void write_dkim(struct writer *w, const struct dkim_verdict *d) {
    write_object(w, NULL);
    write_known(w, "result", as_ours(dkim_result_name(d->result)));
    write_known(w, "domain", as_host(d->domain));
    write_known(w, "selector", as_selector(d->selector));
    write_known(w, "algorithm", as_stranger(d->algorithm));
    if (d->bits)
        write_value(w, "bits", as_number(d->bits));
    write_known(w, "header_hash", as_ours(hash_name(d->header_hash)));
    write_known(w, "body_hash", as_ours(hash_name(d->body_hash)));
    write_known(w, "reason", as_sentence(d->reason));
    write_known(w, "likely", as_sentence(d->likely));
    write_known(w, "note", as_sentence(d->note));
    write_known(w, "coverage", as_note(d->coverage));
    if (d->key_name.len) {
        write_object(w, "key");
        write_value(w, "name", as_host(d->key_name));
        write_known(w, "alias", as_host(d->key_alias));
        write_known(w, "record", as_stranger(d->key_record));
        write_object_end(w);
    }
    write_known(w, "libopendkim", as_sentence(d->second));
    write_known(w, "libopendkim_differs", as_sentence(d->second_reason));
    write_object_end(w);
}

static void write_dmarc(struct writer *w, const struct dmarc_verdict *d) {
    write_object(w, "dmarc");
    write_known(w, "result", as_ours(dmarc_result_name(d->result)));
    if (d->found_at.len)
        write_known(w, "policy", as_ours(dmarc_policy_name(d->policy)));
    write_known(w, "domain", as_host(d->domain));
    write_known(w, "organisation", as_host(d->organisation));
    write_known(w, "found_at", as_host(d->found_at));
    write_known(w, "record", as_stranger(d->record));
    write_object(w, "alignment");
    write_known(w, "spf", as_ours(alignment_name(d->spf)));
    write_known(w, "dkim", as_ours(alignment_name(d->dkim)));
    write_object_end(w);
    write_known(w, "reason", as_stranger(d->reason));
    write_known(w, "note", as_stranger(d->note));
    write_known(w, "rfc7489", as_stranger(d->differs));
    write_object_end(w);
}

static void write_arc(struct writer *w, const struct arc_verdict *arc) {
    write_object(w, "arc");
    write_known(w, "result", as_ours(arc_result_name(arc->result)));
    write_value(w, "instances", as_number(arc->instances));
    if (arc->oldest_pass)
        write_value(w, "oldest_pass", as_number(arc->oldest_pass));
    write_known(w, "reason", as_stranger(arc->reason));
    write_known(w, "likely", as_sentence(arc->likely));
    write_object_end(w);
}

static void write_unsubscribe(struct writer *w, const struct check *c) {
    if (!c)
        return;
    write_object(w, "unsubscribe");
    write_known(w, "result", as_ours(check_outcome_name(c->outcome)));
    write_known(w, "found", as_stranger(c->result));
    write_value(w, "text", as_sentence(c->text));
    write_object_end(w);
}

void write_auth_results(struct writer *w, const struct auth *auth) {
    write_object(w, "checks");
    write_spf(w, "spf", &auth->spf, &auth->transaction);
    if (auth->helo.record.len)
        write_spf(w, "helo", &auth->helo, &auth->transaction);
    if (auth->has_message) {
        write_list(w, "dkim");
        for (const struct dkim_verdict *d = auth->dkim; d; d = d->next)
            write_dkim(w, d);
        write_list_end(w);
        write_arc(w, &auth->arc);
    }
    if (auth->dmarc.domain.len)
        write_dmarc(w, &auth->dmarc);
    write_unsubscribe(w, check_first(&auth->checks, &unsubscribe_check));
    write_object_end(w);
}

static void write_proposals(struct writer *w, const struct proposal *p) {
    if (!p)
        return;
    write_list(w, "records");
    for (; p; p = p->next) {
        write_object(w, NULL);
        write_value(w, "name", as_host(p->name));
        write_value(w, "type", as_ours(p->type));
        write_value(w, "value", as_stranger(p->text));
        write_object_end(w);
    }
    write_list_end(w);
}

void write_check_remedies(struct writer *w, const struct check *c) {
    if (c->remedies) {
        write_list(w, "remedy");
        for (const struct remedy *r = c->remedies; r; r = r->next)
            write_value(w, NULL, as_stranger(r->text));
        write_list_end(w);
    }
    write_proposals(w, c->proposals);
}

void write_checks(struct writer *w, const struct check *c) {
    write_list(w, "checks");
    for (; c; c = c->next) {
        write_object(w, NULL);
        write_known(w, "check", as_ours(c->kind->id));
        write_known(w, "result", as_ours(check_outcome_name(c->outcome)));
        write_known(w, "found", as_stranger(c->result));
        write_known(w, "subject", as_host(c->subject));
        write_value(w, "text", as_sentence(c->text));
        write_check_remedies(w, c);
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_differences(struct writer *w, const struct difference *d) {
    if (!d)
        return;
    write_list(w, "differences");
    for (; d; d = d->next) {
        write_object(w, NULL);
        write_value(w, "method", as_stranger(d->claim->method));
        write_value(w, "claimed", as_stranger(d->claim->result));
        write_value(w, "found", as_stranger(d->found));
        write_known(w, "by", as_host(d->claim->by));
        write_value(w, "text", as_sentence(d->text));
        if (d->claim->line)
            write_value(w, "line", as_number(d->claim->line));
        write_object_end(w);
    }
    write_list_end(w);
}

void write_verification(struct writer *w, const struct verification *v) {
    write_auth_results(w, &v->auth);
    write_differences(w, v->differences);
    write_object(w, "session");
    write_known(w, "ip", as_network(ip_text(w->outlet.arena, &v->auth.transaction.ip)));
    write_known(w, "ip_source", as_ours(v->auth.transaction.ip_source));
    write_known(w, "helo", as_host(v->auth.transaction.helo));
    if (v->auth.transaction.has_sender)
        write_value(w, "sender", as_address(v->auth.transaction.sender));
    write_known(w, "from_domain", as_host(v->auth.transaction.from_domain));
    write_object_end(w);
}

void write_findings(struct writer *w, const struct verdict *v) {
    if (!v->checks)
        return;
    write_list(w, "checks");
    for (const struct finding *s = v->checks; s; s = s->next) {
        write_object(w, NULL);
        write_known(w, "check", as_ours(s->check->id));
        write_value(w, "result", as_stranger(s->result));
        write_known(w, "says", as_ours(agreement_name(s->agreement)));
        write_value(w, "text", as_sentence(s->text));
        write_object_end(w);
    }
    write_list_end(w);
}

void write_dns(struct writer *w, const struct auth *auth) {
    const struct snapshot *snapshot = auth->resolver.snapshot;
    write_object(w, "dns");
    write_list(w, "files");
    for (guint i = 0; i < snapshot->files->len; i++)
        write_value(w, NULL, as_file(slice_of(((const struct dns_file *)snapshot->files->pdata[i])->path)));
    write_list_end(w);
    write_known(w, "taken", as_time(snapshot_taken(snapshot)));
    write_list(w, "missing");
    for (const struct question *q = auth->resolver.missing; q; q = q->next) {
        write_object(w, NULL);
        write_value(w, "name", as_host(dns_name_show(w->outlet.arena, q->of.name)));
        write_known(w, "type", as_ours(dns_type_name(q->of.type)));
        write_object_end(w);
    }
    write_list_end(w);
    write_object_end(w);
}
