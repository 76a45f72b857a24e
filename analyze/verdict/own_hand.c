/* The fields that one's own servers wrote, or were seen in: see own_hand.h. */
#include "analyze/verdict/own_hand.h"

#include "analyze/auth/claimed.h"
#include "analyze/verdict/verification.h"
#include "parsers/base/address.h"

struct looking {
    const struct report *report;
    const struct own_names *own;
    const struct trust_list *trust;
};

static bool is_own_host(const struct looking *l, struct slice host) {
    return trust_holds(l->trust, host) || own_names_find(l->own, host);
}

/* The server of one's own that the newest believed host took it from, or that took it from one's own people:
 * with a login, or from inside. Empty: none. */
static struct slice believed_server(const struct looking *l) {
    const struct chain *chain = &l->report->mail.chain;
    const struct chain_hop *first = chain->boundary;
    if (!first && chain->is_inside && chain->count)
        first = &chain->hops[0];
    if (!first || first->trust == HOP_UNVERIFIED)
        return SLICE_EMPTY;
    const struct hop *h = first->hop;
    if (trust_holds(l->trust, h->ip) || (hop_client_is_confirmed(h) && is_own_host(l, h->name)))
        return hop_client(h);
    bool is_taken_from_own = !chain->boundary || (h->is_anchored && (h->is_authenticated || h->user.len));
    return is_taken_from_own && is_own_host(l, h->by) ? h->by : SLICE_EMPTY;
}

/* Is the client of a hop, from which the hop below it should lead on, somebody else? A name that it only
 * calls itself by may be one's own still. */
static bool is_taken_from_other(const struct looking *l, const struct hop *h) {
    const struct hop *below = h->next;
    bool is_outside = h->address.family && !ip_is_internal(&h->address);
    bool is_named = is_own_host(l, h->name) || is_own_host(l, h->helo);
    bool is_below =
        below && (slice_equal_nocase(below->by, h->name) || slice_equal_nocase(below->by, h->helo));
    return is_outside && !is_named && !is_below;
}

/* A server of one's own in fields that anybody could have written. What stands below the field of a host that
 * took it from somebody else is his. */
static struct slice told_server(const struct looking *l) {
    for (const struct hop *h = l->report->mail.trace.hops; h; h = h->next) {
        if (is_own_host(l, h->by))
            return h->by;
        if (trust_holds(l->trust, h->ip) || is_own_host(l, h->name))
            return hop_client(h);
        if (is_taken_from_other(l, h))
            break;
    }
    return SLICE_EMPTY;
}

/* Which domain each method vouches for. */
static const struct {
    const char *method, *property;
} vouched[] = {
    {"dmarc", "header.from"}, {"dkim", "header.d"}, {"dkim", "header.i"}, {"spf", "smtp.mailfrom"}};

/* Does a host that is believed say that one's own domain was authenticated? */
static bool is_vouched_for(const struct looking *l) {
    const struct chain *chain = &l->report->mail.chain;
    for (size_t i = 0; i < chain->claim_count; i++) {
        const struct claim *c = chain->claims[i].claim;
        if (chain->claims[i].trust != TRUST_OWN || c->instance ||
            !slice_equal_nocase(c->result, SLICE("pass")))
            continue;
        for (size_t k = 0; k < sizeof vouched / sizeof *vouched; k++)
            if (slice_equal(c->method, slice_of(vouched[k].method)) &&
                own_names_find(l->own, claim_property(c, vouched[k].property)))
                return true;
    }
    return false;
}

/* A signature of one's own domain that is valid: only its server could make it. */
static bool is_signed(const struct looking *l) {
    const struct verification *v = l->report->verification;
    for (const struct dkim_verdict *d = v ? v->auth.dkim : NULL; d; d = d->next)
        if (d->header_hash == HASH_MATCH && own_names_find(l->own, d->domain))
            return true;
    return false;
}

/* The name of who reports is worth something where no host outside handed the report in. */
static bool is_reported_by_own(const struct looking *l) {
    return l->report->carrier.chain.is_inside && is_own_host(l, l->report->reporter);
}

static bool is_known_genuine(const struct report *r) {
    const struct verification *v = r->verification;
    return v && v->genuine && strcmp(v->genuine, "genuine") == 0;
}

/* Of a message as it lies in a mailbox, one's own or another's. */
static struct own_hand hand_of_message(const struct looking *l, bool is_received) {
    struct own_hand hand = {STANCE_KNOWN, believed_server(l)};
    if (hand.server.len || is_vouched_for(l) || is_signed(l))
        return hand;
    if (!is_received)
        hand.server = told_server(l);
    hand.ground = hand.server.len ? STANCE_TOLD : l->report->mail.trace.hops ? STANCE_OPEN : STANCE_BARE;
    return hand;
}

/* Of a mail that came back: all that is told of its way is as good as the report. */
static struct own_hand hand_of_returned(const struct looking *l) {
    const struct report *r = l->report;
    struct own_hand hand = {STANCE_KNOWN, told_server(l)};
    if (is_known_genuine(r) || is_signed(l) || is_reported_by_own(l))
        return hand;
    hand.ground = hand.server.len                                       ? STANCE_TOLD
                  : !r->mail.trace.hops && !is_own_host(l, r->reporter) ? STANCE_BARE
                                                                        : STANCE_OPEN;
    return hand;
}

struct own_hand own_hand_find(const struct report *report, bool is_received, const struct own_names *own,
                              const struct trust_list *trust) {
    struct looking l = {report, own, trust};
    if (report->kind == KIND_MESSAGE)
        return hand_of_message(&l, is_received);
    if (report->is_about_another)
        return hand_of_returned(&l);
    return (struct own_hand){STANCE_BARE, SLICE_EMPTY};
}
