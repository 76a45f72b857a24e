/* The way of a message as JSON: hops, boundary, claims, signatures and what other fields say. */
#include "analyze/chain/boundary.h"
#include "analyze/report/json.h"
#include "analyze/report/render.h"

static void write_notes(struct json *j, const char *key, const struct note *note) {
    if (!note)
        return;
    json_open(j, key, '[');
    for (; note; note = note->next)
        json_string(j, NULL, note->text);
    json_close(j, ']');
}

static void write_line(struct json *j, unsigned line) {
    if (line)
        json_number(j, "line", line);
}

static void write_client(struct json *j, const struct hop *h) {
    json_open(j, "from", '{');
    json_slice(j, "helo", h->helo);
    json_slice(j, "name", h->name);
    json_slice(j, "ip", h->ip);
    json_slice(j, "port", h->port);
    json_slice(j, "proxy_ip", h->proxy);
    json_slice(j, "local", h->local);
    json_slice(j, "user", h->user);
    if (h->is_authenticated)
        json_bool(j, "authenticated", true);
    if (h->is_name_doubtful)
        json_bool(j, "name_may_be_forged", true);
    json_close(j, '}');
}

static void write_tls(struct json *j, const struct hop *h) {
    if (!h->is_tls)
        return;
    json_open(j, "tls", '{');
    json_slice(j, "version", h->tls_version);
    json_slice(j, "cipher", h->tls_cipher);
    json_close(j, '}');
}

static void write_hop(struct json *j, const struct chain_hop *hop, size_t number) {
    const struct hop *h = hop->hop;
    bool is_read = hop_writer(h).len || hop_client(h).len;
    json_open(j, NULL, '{');
    json_number(j, "n", (int64_t)number);
    write_client(j, h);
    json_slice(j, "by", h->by.len ? h->by : h->by_name);
    json_slice(j, "by_ip", h->by_ip);
    json_slice(j, "software", h->software);
    json_slice(j, "via", h->via);
    json_slice(j, "with", h->with);
    json_slice(j, "id", h->id);
    json_slice(j, "for", h->recipient);
    json_slice(j, "envelope_from", h->sender);
    json_time(j, "time", h->time);
    if (hop->has_delay)
        json_number(j, "delay_s", hop->delay);
    write_tls(j, h);
    json_text(j, "trust", hop_trust_name(hop->trust));
    write_notes(j, "problems", hop->problems.first);
    if (!is_read)
        json_string(j, "text", h->text);
    write_line(j, h->line);
    json_close(j, '}');
}

static void write_boundary(struct json *j, const struct chain *chain) {
    json_open(j, "boundary", '{');
    if (chain->boundary) {
        json_number(j, "hop", chain->boundary - chain->hops + 1);
        json_slice(j, "ip", chain->boundary->hop->ip);
        json_slice(j, "helo", chain->boundary->hop->helo);
        json_slice(j, "name", chain->boundary->hop->name);
        json_slice(j, "by", hop_writer(chain->boundary->hop));
    }
    write_notes(j, "reasons", chain->reasons.first);
    json_close(j, '}');
}

static void write_claim(struct json *j, const struct chain_claim *claim) {
    const struct claim *c = claim->claim;
    json_open(j, NULL, '{');
    json_string(j, "method", c->method);
    json_string(j, "result", c->result);
    json_slice(j, "by", c->by);
    json_text(j, "trust", claim->trust == TRUST_OWN ? "own" : "unverified");
    if (c->properties) {
        json_open(j, "properties", '{');
        for (const struct property *p = c->properties; p; p = p->next) {
            const struct property *same = c->properties;
            while (same != p && !slice_equal(same->name, p->name))
                same = same->next;
            if (same == p)
                json_entry(j, p->name, p->value);
        }
        json_close(j, '}');
    }
    json_slice(j, "reason", c->reason);
    json_slice(j, "comment", c->comment);
    json_text(j, "field", c->field);
    if (c->instance)
        json_number(j, "instance", c->instance);
    write_line(j, c->line);
    json_close(j, '}');
}

static void write_signature(struct json *j, const struct signature *s) {
    static const char *const kinds[] = {"dkim", "arc-message", "arc-seal"};
    json_open(j, NULL, '{');
    json_text(j, "kind", kinds[s->kind]);
    if (s->instance)
        json_number(j, "instance", s->instance);
    json_slice(j, "domain", s->domain);
    json_slice(j, "selector", s->selector);
    json_slice(j, "algorithm", s->algorithm);
    json_slice(j, "identity", s->identity);
    json_slice(j, "chain", s->chain);
    json_time(j, "time", s->time);
    json_time(j, "expires", s->expires);
    write_line(j, s->line);
    json_close(j, '}');
}

static void write_auth(struct json *j, const struct delivery_path *path, const struct verification *v) {
    if (!path->chain.claim_count && !path->trace.signatures && !v)
        return;
    json_open(j, "auth", '{');
    json_open(j, "claims", '[');
    for (size_t i = 0; i < path->chain.claim_count; i++)
        write_claim(j, &path->chain.claims[i]);
    json_close(j, ']');
    if (path->trace.signatures) {
        json_open(j, "signatures", '[');
        for (const struct signature *s = path->trace.signatures; s; s = s->next)
            write_signature(j, s);
        json_close(j, ']');
    }
    if (v)
        auth_json(j, v);
    json_close(j, '}');
}

static void write_field_notes(struct json *j, const struct delivery_path *path) {
    if (!path->trace.field_notes)
        return;
    json_open(j, "trace", '[');
    for (const struct field_note *m = path->trace.field_notes; m; m = m->next) {
        json_open(j, NULL, '{');
        json_text(j, "id", m->rule->id);
        json_text(j, "kind", m->rule->kind);
        json_string(j, "field", m->field);
        json_string(j, "text", m->text);
        json_text(j, "trust", field_note_trust(&path->chain, m) == TRUST_OWN ? "own" : "unverified");
        write_line(j, m->line);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void path_json(struct json *j, const struct delivery_path *path, const struct verification *v) {
    const struct chain *chain = &path->chain;
    if (chain->count) {
        json_open(j, "hops", '[');
        for (size_t i = 0; i < chain->count; i++)
            write_hop(j, &chain->hops[i], i + 1);
        json_close(j, ']');
        write_boundary(j, chain);
    }
    write_auth(j, path, v);
    write_field_notes(j, path);
    write_notes(j, "story", chain->story.first);
    write_notes(j, "oddities", chain->problems.first);
}
