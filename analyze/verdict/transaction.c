/* One delivery, as far as a report tells of it: see transaction.h. */
#include "analyze/verdict/transaction.h"

#include "parsers/base/address.h"

#include <glib.h>

#define MOST_OF_HELO 255 /* bytes of a name (RFC 1035 section 2.3.4) */

static struct slice host_of(struct slice text) {
    while (text.len && text.ptr[text.len - 1] == '.')
        text.len--;
    return text;
}

/* --- a message that arrived: the hop at the boundary saw the client --- */

static void take_sender(struct transaction *s, struct slice sender, bool is_told) {
    if (s->has_sender || !is_told)
        return;
    s->has_sender = true;
    s->sender = sender;
}

/* For whom the receiving side says that it checked SPF; empty: nobody. */
static struct slice checked_sender(const struct chain *chain) {
    for (size_t i = 0; i < chain->claim_count; i++) {
        const struct claim *c = chain->claims[i].claim;
        for (const struct property *p = c->properties; p && chain->claims[i].trust == TRUST_OWN; p = p->next)
            if (slice_equal(c->method, SLICE("spf")) && slice_equal_nocase(p->name, SLICE("smtp.mailfrom")) &&
                slice_find_char(p->value, '@') < p->value.len)
                return p->value;
    }
    return SLICE_EMPTY;
}

/* A Return-Path that came with the mail tells less than the receiving side's own fields. */
static void read_boundary(struct transaction *s, const struct report *r) {
    const struct chain_hop *boundary = r->mail.chain.boundary;
    const struct trace *trace = &r->mail.trace;
    unsigned path = trace->return_path_position;
    struct slice checked = checked_sender(&r->mail.chain);
    take_sender(s, trace->return_path, path && (!boundary || path < boundary->hop->position));
    take_sender(s, boundary ? boundary->hop->sender : SLICE_EMPTY, boundary && boundary->hop->sender.len);
    take_sender(s, checked, checked.len);
    take_sender(s, trace->return_path, path > 0);
    if (!boundary)
        return;
    if (boundary->hop->is_client_known) {
        s->ip = boundary->hop->address;
        s->ip_source = "the Received field at the boundary names it";
        s->helo = host_of(boundary->hop->helo);
    }
    s->receiver = hop_writer(boundary->hop);
    s->time = boundary->hop->time;
    s->is_tls_known = boundary->hop->is_anchored && boundary->hop->with.len > 0;
    s->is_tls = boundary->hop->is_tls;
    s->recipient_domain = address_domain(boundary->hop->recipient);
}

/* --- a refusal: the reply names the address, or the reporting host's name leads to it --- */

/* The first verdict whose reply names an address of a network; NULL: none does. */
static const struct verdict *first_with_ip(const struct report *r) {
    const struct verdict *v = r->verdicts;
    while (v && !entity_find(v->entities, SLICE("ip")))
        v = v->next;
    return v;
}

static void find_client(struct transaction *s, const struct report *r, struct resolver *resolver) {
    struct ip ip;
    const struct verdict *v = first_with_ip(r);
    struct slice named = v ? entity_value(v->entities, SLICE("ip")) : SLICE_EMPTY;
    if (v && ip_parse(named, &ip) && !slice_equal(named, v->ip)) {
        s->ip = ip;
        s->ip_source = "the reply names it";
        return;
    }
    struct slice host = host_of(r->reporter);
    if (!address_is_host(host))
        return;
    struct host_addresses all = host_addresses(resolver, host);
    for (size_t i = 0; i < all.count && !s->ip.family; i++)
        if (!ip_is_internal(&all.ips[i]))
            s->ip = all.ips[i];
    if (s->ip.family)
        s->ip_source = all.count > 1 ? "the first of the addresses that the reporting host's name has"
                                     : "the address that the reporting host's name has";
}

static int64_t first_time(const struct report *r, const struct bounce *bounce) {
    for (const struct verdict *v = r->verdicts; v; v = v->next)
        if (v->last_attempt >= 0)
            return v->last_attempt;
    const struct chain *way = &r->carrier.chain;
    for (size_t i = 0; i < way->count; i++)
        if (way->hops[i].hop->time >= 0)
            return way->hops[i].hop->time;
    return bounce->arrival;
}

/* The name that the reply refuses: "<localhost>: Helo command rejected" (Postfix, smtpd_helo_restrictions).
 * Empty: it names none. */
static struct slice helo_in_reply(const struct verdict *v) {
    struct slice text = v ? v->reply.text : SLICE_EMPTY;
    if (!v || !v->cause || strcmp(verdict_root_cause(v)->id, "identity.helo") != 0)
        return SLICE_EMPTY;
    struct slice name = slice_from(text, MIN(slice_find_char(text, '<') + 1, text.len));
    size_t end = slice_find_char(name, '>');
    name = end < name.len ? slice_upto(name, end) : SLICE_EMPTY;
    return name.len <= MOST_OF_HELO && slice_find_char(name, '@') == name.len ? host_of(name) : SLICE_EMPTY;
}

static void read_refusal(struct transaction *s, const struct report *r, const struct bounce *bounce,
                         struct resolver *resolver) {
    s->sender = r->message.sender.len ? r->message.sender : bounce->addressee;
    s->has_sender = s->sender.len > 0;
    s->time = first_time(r, bounce);
    for (const struct verdict *v = r->verdicts; v && !s->recipient_domain.len; v = v->next) {
        s->recipient_domain = address_domain(v->recipient);
        s->receiver = v->host;
    }
    find_client(s, r, resolver);
    struct slice refused = helo_in_reply(r->verdicts);
    if (refused.len)
        s->helo = refused;
    else if (address_is_host(host_of(r->reporter)))
        s->helo = host_of(r->reporter);
}

void transaction_of_report(struct transaction *s, const struct report *r, const struct bounce *bounce,
                           struct resolver *resolver) {
    *s = (struct transaction){.time = -1};
    s->from_domain = address_domain(r->mail.trace.from);
    s->from_other = address_domain(r->mail.trace.from_other);
    if (r->is_about_another)
        read_refusal(s, r, bounce, resolver);
    else
        read_boundary(s, r);
}
