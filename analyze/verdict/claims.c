/* What a believed header claims to have found, held against what was found here: see claims.h. */
#include "analyze/verdict/claims.h"

#include "analyze/auth/check_kinds.h"

static struct slice found(const struct auth *auth, const struct claim *c) {
    for (size_t i = 0; i < check_kind_count; i++)
        if (check_kinds[i]->found_for_claim && slice_equal(c->method, slice_of(check_kinds[i]->id)))
            return check_kinds[i]->found_for_claim(auth, c);
    return SLICE_EMPTY;
}

/* Results that come to the same: "hardfail", errors that are named in two ways, and "neutral", as Gmail says
 * of a signature that does not verify ("body hash did not verify"). */
static bool is_same(const struct claim *c, struct slice ours) {
    struct slice claimed = c->result;
    bool is_dkim = slice_equal(c->method, SLICE("dkim"));
    return slice_equal_nocase(claimed, ours) ||
           (is_dkim && slice_equal_nocase(claimed, SLICE("neutral")) && !slice_equal(ours, SLICE("pass"))) ||
           (slice_equal_nocase(claimed, SLICE("hardfail")) && slice_equal(ours, SLICE("fail"))) ||
           (slice_equal(ours, SLICE("policy")) && !slice_equal_nocase(claimed, SLICE("pass"))) ||
           (slice_ends_nocase(claimed, SLICE("error")) && slice_ends_nocase(ours, SLICE("error")));
}

static const char *way_explains(const struct chain *chain) {
    if (chain->is_list)
        return chain->is_way_shown
                   ? "the mail went through a mailing list, which changes messages and sends from "
                     "another address"
                   : "a mailing list changes messages and sends from another address; that the mail "
                     "went through one is said by a field that anyone could have written";
    return chain->is_way_shown
               ? "the mail was forwarded: after the forwarder the sending address is different, and "
                 "the message may be too"
               : "a forwarder sends from another address and may change the message; that the mail was "
                 "forwarded is said by a field that anyone could have written";
}

static const char *explanation(const struct report *r, const struct claim *c) {
    bool is_signature = slice_equal(c->method, SLICE("dkim")) || slice_equal(c->method, SLICE("arc"));
    /* SPF was asked about the client at the very boundary that it is verified for here: what lay before
     * changes nothing. */
    bool is_spf = slice_equal(c->method, SLICE("spf"));
    if ((r->mail.chain.is_list || r->mail.chain.is_forwarded) && !is_spf)
        return way_explains(&r->mail.chain);
    if (is_signature && slice_equal_nocase(c->result, SLICE("pass")))
        return "the message was changed after it was received, or the key has been removed or replaced "
               "since";
    return "the DNS has changed since, or the receiver saw another address or sender";
}

static void compare(const struct report *r, struct verification *v, const struct claim *c,
                    struct difference ***end, struct arena *arena) {
    struct slice ours = found(&v->auth, c);
    if (!ours.len || slice_equal(ours, SLICE("unchecked")) || is_same(c, ours))
        return;
    struct difference *d = ARENA_NEW(arena, struct difference);
    *d = (struct difference){NULL, c, ours, SLICE_EMPTY};
    d->text = arena_printf(arena, "%.*s says %.*s=%.*s; verified here it is %.*s: %s",
                           S(c->by.len ? c->by : SLICE("the header")), S(c->method), S(c->result), S(ours),
                           explanation(r, c));
    **end = d;
    *end = &d->next;
}

void report_compare_claims(const struct report *r, struct verification *v, struct arena *arena) {
    struct difference **end = &v->differences;
    for (size_t i = 0; i < r->mail.chain.claim_count; i++)
        if (r->mail.chain.claims[i].trust == TRUST_OWN)
            compare(r, v, r->mail.chain.claims[i].claim, &end, arena);
}
