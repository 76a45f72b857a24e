/* The delivery path of a message as structure: hops, boundary, claims, signatures and what other fields say.
 * The keys are documented in docs/json.md. */
#include "analyze/report/structure_path.h"

#include "analyze/chain/boundary.h"
#include "analyze/report/structure_auth.h"
#include "analyze/report/typed.h"

static void write_notes(struct writer *w, const char *key, const struct note *note) {
    if (!note)
        return;
    write_list(w, key);
    for (; note; note = note->next)
        write_value(w, NULL, as_stranger(note->text));
    write_list_end(w);
}

static void write_line(struct writer *w, unsigned line) {
    if (line)
        write_value(w, "line", as_number(line));
}

static void write_client(struct writer *w, const struct hop *h) {
    write_object(w, "from");
    write_known(w, "helo", as_host(h->helo));
    write_known(w, "name", as_host(h->name));
    write_known(w, "ip", as_network(h->ip));
    write_known(w, "port", as_network(h->port));
    write_known(w, "proxy_ip", as_network(h->proxy));
    write_known(w, "local", as_user(h->local));
    write_known(w, "user", as_user(h->user));
    if (h->is_authenticated)
        write_value(w, "authenticated", as_truth(true));
    if (h->is_name_doubtful)
        write_value(w, "name_may_be_forged", as_truth(true));
    write_object_end(w);
}

static void write_tls(struct writer *w, const struct hop *h) {
    if (!h->is_tls)
        return;
    write_object(w, "tls");
    write_known(w, "version", as_stranger(h->tls_version));
    write_known(w, "cipher", as_stranger(h->tls_cipher));
    write_object_end(w);
}

static void write_hop(struct writer *w, const struct chain_hop *hop, size_t number) {
    const struct hop *h = hop->hop;
    bool is_read = hop_writer(h).len || hop_client(h).len;
    write_object(w, NULL);
    write_value(w, "n", as_number((int64_t)number));
    write_client(w, h);
    write_known(w, "by", as_server(h->by.len ? h->by : h->by_name));
    write_known(w, "by_ip", as_network(h->by_ip));
    write_known(w, "software", as_stranger(h->software));
    write_known(w, "via", as_stranger(h->via));
    write_known(w, "with", as_stranger(h->with));
    write_known(w, "id", as_identifier(h->id));
    write_known(w, "for", as_address(h->recipient));
    write_known(w, "envelope_from", as_address(h->sender));
    write_known(w, "time", as_time(h->time));
    if (hop->has_delay)
        write_value(w, "delay_s", as_number(hop->delay));
    write_tls(w, h);
    write_known(w, "trust", as_ours(hop_trust_name(hop->trust)));
    write_notes(w, "problems", hop->problems.first);
    if (!is_read)
        write_value(w, "text", as_stranger(h->text));
    write_line(w, h->line);
    write_object_end(w);
}

static void write_boundary(struct writer *w, const struct chain *chain) {
    write_object(w, "boundary");
    if (chain->boundary) {
        write_value(w, "hop", as_number(chain->boundary - chain->hops + 1));
        if (chain->boundary->hop->is_client_known) {
            write_known(w, "ip", as_network(chain->boundary->hop->ip));
            write_known(w, "helo", as_host(chain->boundary->hop->helo));
            write_known(w, "name", as_host(chain->boundary->hop->name));
        }
        write_known(w, "by", as_server(hop_writer(chain->boundary->hop)));
    }
    write_notes(w, "reasons", chain->reasons.first);
    write_object_end(w);
}

static void write_claim(struct writer *w, const struct chain_claim *claim) {
    const struct claim *c = claim->claim;
    write_object(w, NULL);
    write_value(w, "method", as_stranger(c->method));
    write_value(w, "result", as_stranger(c->result));
    write_known(w, "by", as_host(c->by));
    write_known(w, "trust", as_ours(claim->trust == TRUST_OWN ? "own" : "unverified"));
    if (c->properties) {
        write_object(w, "properties");
        for (const struct property *p = c->properties; p; p = p->next) {
            const struct property *same = c->properties;
            while (same != p && !slice_equal(same->name, p->name))
                same = same->next;
            if (same == p)
                write_entry(w, as_stranger(p->name), typed_property(p));
        }
        write_object_end(w);
    }
    write_known(w, "reason", as_stranger(c->reason));
    write_known(w, "comment", as_stranger(c->comment));
    write_known(w, "field", as_ours(c->field));
    if (c->instance)
        write_value(w, "instance", as_number(c->instance));
    write_line(w, c->line);
    write_object_end(w);
}

static void write_signature(struct writer *w, const struct signature *s) {
    static const char *const kinds[] = {"dkim", "arc-message", "arc-seal"};
    write_object(w, NULL);
    write_known(w, "kind", as_ours(kinds[s->kind]));
    if (s->instance)
        write_value(w, "instance", as_number(s->instance));
    write_known(w, "domain", as_host(s->domain));
    write_known(w, "selector", as_selector(s->selector));
    write_known(w, "algorithm", as_stranger(s->algorithm));
    write_known(w, "identity", as_address(s->identity));
    write_known(w, "chain", as_stranger(s->chain));
    write_known(w, "time", as_time(s->time));
    write_known(w, "expires", as_time(s->expires));
    write_line(w, s->line);
    write_object_end(w);
}

static void write_auth(struct writer *w, const struct delivery_path *path, const struct verification *v) {
    if (!path->chain.claim_count && !path->trace.signatures && !v)
        return;
    write_object(w, "auth");
    write_list(w, "claims");
    for (size_t i = 0; i < path->chain.claim_count; i++)
        write_claim(w, &path->chain.claims[i]);
    write_list_end(w);
    if (path->trace.signatures) {
        write_list(w, "signatures");
        for (const struct signature *s = path->trace.signatures; s; s = s->next)
            write_signature(w, s);
        write_list_end(w);
    }
    if (v)
        write_verification(w, v);
    write_object_end(w);
}

static void write_field_notes(struct writer *w, const struct delivery_path *path) {
    if (!path->trace.field_notes)
        return;
    write_list(w, "trace");
    for (const struct field_note *m = path->trace.field_notes; m; m = m->next) {
        write_object(w, NULL);
        write_known(w, "id", as_ours(m->rule->id));
        write_known(w, "kind", as_ours(m->kind));
        write_value(w, "field", as_stranger(m->field));
        write_value(w, "text", as_note(m->text));
        write_known(w, "trust",
                    as_ours(field_note_trust(&path->chain, m) == TRUST_OWN ? "own" : "unverified"));
        write_line(w, m->line);
        write_object_end(w);
    }
    write_list_end(w);
}

void write_path(struct writer *w, const struct delivery_path *path, const struct verification *v) {
    const struct chain *chain = &path->chain;
    if (chain->count) {
        write_list(w, "hops");
        for (size_t i = 0; i < chain->count; i++)
            write_hop(w, &chain->hops[i], i + 1);
        write_list_end(w);
        write_boundary(w, chain);
    }
    write_auth(w, path, v);
    write_field_notes(w, path);
    write_notes(w, "story", chain->story.first);
    write_notes(w, "oddities", chain->problems.first);
}
