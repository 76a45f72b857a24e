/* Results above the boundary are of the receiving side. Below it anybody may have written them, and yet the
 * receiving host's own filter (a milter) writes directly below its Received field: see is_vouched_for() for
 * what tells the two apart. */
#include "analyze/chain/claim_trust.h"

#include "parsers/base/address.h"

/* Some providers write what they found below their own Received field, and remove what others wrote there
 * in their name (RFC 8601 section 5). */
static bool provider_writes(const struct chain_hop *hop, const char *where) {
    const struct provider *provider = hop->writer.provider;
    return provider && provider->results && strcmp(provider->results, where) == 0;
}

/* Is the host that took the mail in the one that the claim names? */
static bool is_of_boundary(struct chain_building *b, const struct claim *c) {
    const struct chain_hop *boundary = b->chain->boundary;
    struct side writer = side_of(&b->sides, c->by);
    return !c->instance && is_same_side(&writer, &boundary->writer);
}

static bool is_between(const struct claim *c, const struct hop *boundary) {
    const struct hop *below = boundary->next;
    return c->position > boundary->position && (!below || c->position < below->position);
}

bool claim_is_directly_below(struct chain_building *b, const struct claim *c) {
    return b->chain->boundary && is_between(c, b->chain->boundary->hop) && is_of_boundary(b, c);
}

/* The topmost field of results below the boundary: where there are two, the sender may have brought the
 * other. */
static bool is_topmost(const struct chain_building *b, const struct claim *c) {
    unsigned boundary = b->chain->boundary->hop->position;
    for (const struct claim *other = b->trace->claims; other; other = other->next)
        if (other->position > boundary)
            return other->position == c->position;
    return false;
}

/* rspamd notes the id that the receiving host has just given the mail: no sender could know it. */
static bool is_filter_of_this_mail(const struct chain_building *b) {
    const struct hop *h = b->chain->boundary->hop;
    const struct trace *t = b->trace;
    return t->filter_id.len && slice_equal(t->filter_id, h->id) && t->filter_id_position > h->position &&
           (!h->next || t->filter_id_position < h->next->position);
}

/* mailcow's Postfix, whose own name is in its field, hands all mail to its filter, which removes such
 * results. */
static bool is_writer_with_filter(const struct hop *h) {
    return slice_equal_nocase(h->software, SLICE("Postcow"));
}

/* Does the claim say no more than what the receiving host saw itself: that the mail is of the very domain
 * that is its client's confirmed name? Who forges such a claim owns the domain. */
static bool is_about_client(const struct claim *c, const struct hop *h) {
    bool is_about_domain = false;
    if (!h->is_name_checked || h->is_name_doubtful || !h->name.len)
        return false;
    for (const struct property *p = c->properties; p; p = p->next) {
        struct slice domain = address_domain(p->value);
        domain = domain.len ? domain : p->value;
        bool names_domain =
            slice_ends_nocase(p->name, SLICE(".d")) || slice_ends_nocase(p->name, SLICE(".i")) ||
            slice_ends_nocase(p->name, SLICE(".from")) || slice_ends_nocase(p->name, SLICE(".mailfrom")) ||
            slice_ends_nocase(p->name, SLICE(".helo"));
        if (names_domain && !slice_equal_nocase(domain, h->name))
            return false;
        is_about_domain |= names_domain;
    }
    return is_about_domain;
}

static bool is_vouched_for(struct chain_building *b, const struct claim *c) {
    const struct chain_hop *boundary = b->chain->boundary;
    const struct hop *h = boundary->hop;
    bool names_nobody = !c->by.len && !c->instance;
    if (!h->is_client_known)
        return false;
    if (provider_writes(boundary, "anywhere") && is_of_boundary(b, c))
        return true;
    if (!is_between(c, h))
        return false;
    if (provider_writes(boundary, "below"))
        return names_nobody || is_of_boundary(b, c);
    return h->is_anchored && !boundary->writer.provider && is_of_boundary(b, c) && is_topmost(b, c) &&
           (is_filter_of_this_mail(b) || is_writer_with_filter(h) || is_about_client(c, h));
}

static bool is_believed(struct chain_building *b, const struct claim *c) {
    const struct chain_hop *boundary = b->chain->boundary;
    if (b->chain->is_inside || !boundary)
        return b->chain->is_inside;
    return c->position < boundary->hop->position || is_vouched_for(b, c);
}

void chain_judge_claims(struct chain_building *b) {
    struct chain *chain = b->chain;
    size_t count = 0;
    for (const struct claim *c = b->trace->claims; c; c = c->next)
        count++;
    chain->claims = arena_alloc(b->arena, (count + 1) * sizeof *chain->claims);
    for (const struct claim *c = b->trace->claims; c; c = c->next)
        chain->claims[chain->claim_count++] =
            (struct chain_claim){c, is_believed(b, c) ? TRUST_OWN : TRUST_UNVERIFIED};
}
