/* What happened to the mail on its way that explains why SPF or DKIM no longer hold. */
#include "analyze/chain/story.h"

#include "analyze/chain/boundary.h"
#include "parsers/base/address.h"
#include "parsers/base/organisation.h"

static const struct field_note *first_field_note(const struct trace *trace, const char *kind) {
    for (const struct field_note *m = trace->field_notes; m; m = m->next)
        if (strcmp(m->kind, kind) == 0)
            return m;
    return NULL;
}

/* Is it the sender's own list of recipients, as services write one into their notices: a List-Id of the From
 * domain and no other sign of a list, and no host took the mail in for an address there? */
static bool is_senders_own(const struct chain_building *b, const struct field_note *list) {
    if (!organisation_is_same(address_domain(b->trace->from), list->value))
        return false;
    for (const struct field_note *n = list; n; n = n->next)
        if (strcmp(n->kind, "list") == 0 && !slice_equal_nocase(n->field, SLICE("List-Id")))
            return false;
    for (size_t i = 0; i < b->chain->count; i++)
        if (organisation_is_same(address_domain(b->chain->hops[i].hop->recipient), list->value))
            return false;
    return true;
}

/* Did the receiving side note it, or did the mail come from a host of the list's? Any other field is words of
 * whoever sent the mail, who may want an excuse for his signature. */
static bool is_list_shown(const struct chain_building *b, const struct field_note *list) {
    const struct hop *h = b->chain->boundary ? b->chain->boundary->hop : NULL;
    return field_note_trust(b->chain, list) == TRUST_OWN ||
           (h && hop_client_is_confirmed(h) && organisation_is_same(h->name, list->value));
}

#define ANYBODY ", by a field that anyone could have written"

static void describe_list(struct chain_building *b) {
    const struct field_note *list = first_field_note(b->trace, "list");
    if (!list)
        return;
    if (is_senders_own(b, list)) {
        NOTE(b, &b->chain->story, list->line,
             "its List-Id, %.*s, is of the From domain: a list of the sender's own, which changes nothing on "
             "the way",
             S(list->value));
        return;
    }
    b->chain->is_list = true;
    b->chain->is_way_shown = is_list_shown(b, list);
    NOTE(b, &b->chain->story, list->line,
         "it passed through the mailing list %.*s%s: SPF then applies to the list's server, and the author's "
         "DKIM "
         "signature breaks where the list changes the subject or adds a footer",
         S(list->value), b->chain->is_way_shown ? "" : ANYBODY);
}

/* Where it was delivered, if that is elsewhere. Delivered-To counts above all Received fields: a sender's
 * would stand below. */
static void describe_delivery(struct chain_building *b, const struct hop *last) {
    struct slice to = b->trace->delivered_to;
    const struct hop *top = b->chain->count ? b->chain->hops[b->chain->count - 1].hop : NULL;
    if (last && top && address_domain(last->recipient).len && address_domain(to).len &&
        b->trace->delivered_to_position < top->position &&
        !slice_equal_nocase(address_domain(to), address_domain(last->recipient)))
        NOTE(b, &b->chain->story, last->line,
             "%.*s took it for %.*s, and it was delivered to %.*s: an alias, or a forwarding that no field "
             "shows",
             S(hop_writer(last)), S(last->recipient), S(to));
}

/* The recipient that one host wrote down is another one than that of the host before: believed is it where
 * both are. */
static void describe_readdressing(struct chain_building *b) {
    const struct chain *chain = b->chain;
    const struct hop *last = NULL;
    bool is_shown = false;
    for (size_t i = 0; i < chain->count; i++) {
        const struct hop *h = chain->hops[i].hop;
        if (!h->recipient.len)
            continue;
        if (last && !hop_is_collected(h) &&
            !slice_equal_nocase(address_domain(h->recipient), address_domain(last->recipient)) &&
            address_domain(last->recipient).len && address_domain(h->recipient).len) {
            bool is_one_host = slice_equal_nocase(hop_writer(last), hop_writer(h));
            b->chain->is_forwarded = true;
            b->chain->is_way_shown |= !b->chain->is_list && is_shown;
            NOTE(b, &b->chain->story, h->line,
                 "it was sent to %.*s and went on to %.*s: it was forwarded %s %.*s%s%.*s%s",
                 S(last->recipient), S(h->recipient), is_one_host ? "by" : "between", S(hop_writer(last)),
                 is_one_host ? "" : " and ", S(is_one_host ? SLICE_EMPTY : hop_writer(h)),
                 is_shown ? "" : ANYBODY);
        }
        last = h;
        is_shown = chain->hops[i].trust != HOP_UNVERIFIED; /* then those behind it are, too */
    }
    describe_delivery(b, last);
}

static void describe_forwarding(struct chain_building *b) {
    const struct field_note *forward = first_field_note(b->trace, "forward");
    if (forward) {
        b->chain->is_forwarded = true;
        b->chain->is_way_shown |= !b->chain->is_list && field_note_trust(b->chain, forward) == TRUST_OWN;
        NOTE(b, &b->chain->story, forward->line, "%.*s%s", S(forward->text),
             field_note_trust(b->chain, forward) == TRUST_OWN ? "" : ANYBODY);
    }
    describe_readdressing(b);
    if (b->chain->is_forwarded && !b->chain->is_list)
        NOTE(
            b, &b->chain->story, 0,
            "after forwarding, SPF passes only where the forwarder rewrites the sender (SRS), and DMARC only "
            "through an unbroken "
            "DKIM signature");
}

static void describe_arc(struct chain_building *b) {
    unsigned highest = 0;
    struct slice domain = SLICE_EMPTY;
    unsigned seals = 0;
    unsigned line = 0;
    for (const struct signature *s = b->trace->signatures; s; s = s->next) {
        if (s->kind != SIGNATURE_ARC_SEAL)
            continue;
        seals++;
        if (s->instance > highest) {
            highest = s->instance;
            domain = s->domain;
            line = s->line;
        }
    }
    if (seals && seals == highest)
        NOTE(b, &b->chain->story, line,
             "it has %u ARC set%s, the last sealed by %.*s: what forwarders say that they found (not "
             "verified here)",
             highest, highest == 1 ? "" : "s", S(domain));
    else if (seals)
        NOTE(b, &b->chain->problems, line,
             "the ARC sets are incomplete or duplicated: %u seals, the highest instance is %u", seals,
             highest);
}

/* Hops between different hosts over the open network, by SMTP and without a word of TLS. */
static bool is_in_clear(const struct hop *h) {
    bool is_smtp = slice_find_nocase(h->with, SLICE("SMTP")) < h->with.len;
    bool is_open = h->address.family && !ip_is_internal(&h->address);
    return h->is_anchored && is_smtp && is_open && !h->is_tls &&
           !slice_starts_nocase(h->with, SLICE("Microsoft"));
}

static void describe_clear_text(struct chain_building *b) {
    const struct chain *chain = b->chain;
    struct slice list = SLICE_EMPTY;
    size_t found = 0;
    for (size_t i = 0; i < chain->count; i++)
        if (is_in_clear(chain->hops[i].hop) && ++found <= 10)
            list = arena_printf(b->arena, "%.*s%s%zu", S(list), list.len ? ", " : "", i + 1);
    if (found)
        NOTE(b, &b->chain->story, 0, "no TLS is noted at hop%s %.*s%s", found > 1 ? "s" : "", S(list),
             found > 10 ? " and others" : "");
}

void chain_describe(struct chain_building *b) {
    describe_list(b);
    describe_forwarding(b);
    describe_arc(b);
    describe_clear_text(b);
}
