/* Is it what it claims to be? See answer_authentic.h. DMARC's question (RFC 9989 section 4.4) with the
 * results that are best founded: those that were verified here, else those that the receiving side wrote. */
#include "analyze/verdict/answer_authentic.h"

#include "analyze/chain/boundary.h"
#include "analyze/verdict/filter_verdict.h"
#include "analyze/verdict/hearsay.h"
#include "analyze/verdict/verification.h"
#include "parsers/base/address.h"
#include "parsers/base/filled.h"
#include "parsers/base/organisation.h"

#include <glib.h>

#define MOST_SIGNATURES 8 /* told of */

/* What the results come to. */
struct finding_of_results {
    struct slice from;   /* the domain of the From field */
    bool has_results;    /* anything that may be believed */
    bool is_aligned;     /* something passed for the From domain */
    bool has_passed;     /* something passed, for whatever domain */
    const char *dmarc;   /* pass or fail; NULL: nobody judged it */
    struct slice by;     /* who judged, in words */
    struct slice passed; /* for which other domain */
    unsigned told;
    bool is_verified; /* here */
    bool is_hearsay;  /* only what anyone could have written speaks for the From domain */
};

static bool is_aligned(struct answering *a, const struct finding_of_results *f, struct slice domain) {
    return answering_is_aligned(a, f->from, domain);
}

/* One result of SPF or DKIM for a domain. */
static void take(struct answering *a, struct finding_of_results *f, const char *method, struct slice result,
                 struct slice domain, unsigned line, struct slice reason) {
    bool is_none = slice_equal_nocase(result, SLICE("none"));
    bool is_pass = slice_equal_nocase(result, SLICE("pass"));
    bool is_ours = is_aligned(a, f, domain);
    f->has_results = true;
    f->has_passed |= is_pass;
    f->is_aligned |= is_pass && is_ours;
    if (is_pass && !is_ours && !f->passed.len)
        f->passed = domain;
    if (f->told++ >= MOST_SIGNATURES)
        return;
    struct slice of = domain.len ? arena_printf(a->arena, " for %.*s", S(domain)) : SLICE_EMPTY;
    if (is_pass && is_ours)
        BECAUSE(a, line, "%s passed%.*s, which is of the From domain (aligned)", method, S(of));
    else if (is_pass && domain.len)
        BECAUSE(a, line, "%s passed, but for %.*s, not for the From domain %.*s", method, S(domain),
                S(f->from));
    else if (is_none)
        BECAUSE(a, line, "%s: %s%.*s", method, strcmp(method, "SPF") == 0 ? "no record" : "no signature",
                S(of));
    else
        BECAUSE(a, line, "%s: %.*s%.*s%s%.*s", method, S(result), S(of), reason.len ? ": " : "", S(reason));
    if (!is_pass && strcmp(method, "DKIM") == 0)
        answering_tell_dkim(a, line, reason);
}

/* --- what was verified here --- */

static void take_verified(struct answering *a, struct finding_of_results *f, const struct auth *auth) {
    if (auth->spf.result != SPF_VERDICT_UNCHECKED)
        take(a, f, "SPF", slice_of(spf_result_name(auth->spf.result)), auth->spf.domain, 0, auth->spf.reason);
    for (const struct dkim_verdict *d = auth->dkim; d; d = d->next)
        if (d->result != DKIM_UNCHECKED)
            take(a, f, "DKIM", slice_of(dkim_result_name(d->result)), d->domain, d->tags ? d->tags->line : 0,
                 d->reason);
    if (auth->dmarc.result == DMARC_IS_PASS || auth->dmarc.result == DMARC_IS_FAIL) {
        f->dmarc = dmarc_result_name(auth->dmarc.result);
        f->has_results = f->is_verified = true;
        f->by = SLICE("verified here");
    }
}

/* --- what others say that they found --- */

static void take_claim(struct answering *a, struct finding_of_results *f, const struct claim *c) {
    static const char *const of_spf[] = {"smtp.mailfrom", "envelope-from", "smtp.mail",
                                         "smtp.helo",     "helo",          NULL};
    static const char *const of_dkim[] = {"header.d", "header.i", NULL};
    static const char *const of_dmarc[] = {"header.from", "from", NULL};
    struct slice reason = c->reason.len ? c->reason : c->comment;
    if (slice_equal(c->method, SLICE("spf")))
        take(a, f, "SPF", c->result, claim_domain(c, of_spf), c->line, reason);
    else if (slice_equal(c->method, SLICE("dkim")))
        take(a, f, "DKIM", c->result, claim_domain(c, of_dkim), c->line, reason);
    else if (slice_equal(c->method, SLICE("dmarc"))) {
        bool is_pass = slice_equal_nocase(c->result, SLICE("pass")) ||
                       slice_equal_nocase(c->result, SLICE("bestguesspass"));
        bool is_fail = slice_equal_nocase(c->result, SLICE("fail"));
        struct slice of = claim_domain(c, of_dmarc);
        bool is_of_from =
            !of.len || is_aligned(a, f, of); /* else it is about another From field than this one */
        f->has_results = true;
        if (!f->dmarc && is_of_from && (is_pass || is_fail)) {
            f->dmarc = is_pass ? "pass" : "fail";
            f->by = c->by.len ? arena_printf(a->arena, "judged by %.*s", S(c->by))
                              : SLICE("judged by the receiving side");
        }
        BECAUSE(a, c->line, "DMARC: %.*s%s%.*s%s%.*s%s", S(c->result), reason.len ? ": " : "", S(reason),
                is_of_from ? "" : ", for ", S(is_of_from ? SLICE_EMPTY : of),
                is_of_from ? "" : ", not for the domain of From");
    }
}

/* Received-SPF and the topmost field may say the same twice. */
static bool is_said_before(const struct chain *chain, size_t i, enum trust trust) {
    const struct claim *c = chain->claims[i].claim;
    for (size_t k = 0; k < i; k++) {
        const struct claim *other = chain->claims[k].claim;
        if (chain->claims[k].trust == trust && !other->instance && slice_equal(other->method, c->method) &&
            slice_equal(other->result, c->result) && slice_equal(c->method, SLICE("spf")))
            return true;
    }
    return false;
}

/* The envelope sender by what the receiving side wrote: a Return-Path that came with the mail is anybody's.
 */
static struct slice believed_sender(const struct answering *a) {
    const struct trace *trace = &a->report->mail.trace;
    const struct chain_hop *boundary = a->report->mail.chain.boundary;
    if (!boundary)
        return SLICE_EMPTY;
    bool is_above = trace->return_path_position && trace->return_path_position < boundary->hop->position;
    return is_above ? trace->return_path : boundary->hop->sender;
}

/* What the receiving side's filter found, where nobody else noted results that speak of the From domain. */
static void take_filter(struct answering *a, struct finding_of_results *f) {
    for (const struct field_note *n = a->report->mail.trace.field_notes; n; n = n->next) {
        bool is_pass = strcmp(n->kind, "passed") == 0;
        bool is_fail = strcmp(n->kind, "failed") == 0;
        bool is_of_sender = strcmp(n->kind, "passed_sender") == 0;
        bool is_for = is_of_sender || strcmp(n->kind, "passed_for") == 0;
        struct slice domain = is_of_sender ? address_domain(believed_sender(a)) : n->value;
        bool is_known = is_pass || is_fail || is_for || strcmp(n->kind, "results") == 0;
        if (!is_known || field_note_trust(&a->report->mail.chain, n) != TRUST_OWN ||
            f->told >= MOST_SIGNATURES)
            continue;
        f->has_results = true;
        f->told++;
        f->has_passed |= is_for;
        f->is_aligned |= is_pass || (is_for && is_aligned(a, f, domain));
        if (is_for && !is_aligned(a, f, domain) && !f->passed.len)
            f->passed = domain;
        if (is_fail && !f->dmarc) {
            f->dmarc = "fail";
            f->by = SLICE("judged by the receiving side's filter");
        }
        BECAUSE(a, n->line, "%.*s", S(n->text));
    }
}

static void take_claims(struct answering *a, struct finding_of_results *f) {
    const struct chain *chain = &a->report->mail.chain;
    size_t taken = 0;
    for (size_t i = 0; i < chain->claim_count && taken < 3 * MOST_SIGNATURES; i++)
        if (chain->claims[i].trust == TRUST_OWN && !chain->claims[i].claim->instance &&
            !is_said_before(chain, i, TRUST_OWN)) {
            take_claim(a, f, chain->claims[i].claim);
            taken++;
        }
}

/* --- what else a careful reader sees --- */

/* The name in front of the address is an address itself, of others: what stands in the field, decoded, before
 * the address that counts. */
static struct slice false_name(struct answering *a, const struct finding_of_results *f) {
    struct slice whole = a->report->message.from;
    struct slice from = a->report->mail.trace.from;
    struct slice shown = address_in_text(slice_upto(whole, slice_find(whole, from)));
    return from.len && shown.len && !is_aligned(a, f, address_domain(shown)) ? shown : SLICE_EMPTY;
}

/* A list that puts itself into Reply-To is no trick. */
static bool is_of_list(const struct answering *a, struct slice address) {
    const struct chain *chain = &a->report->mail.chain;
    for (size_t i = 0; chain->is_list && i < chain->count; i++)
        if (slice_equal_nocase(chain->hops[i].hop->recipient, address))
            return true;
    return chain->is_list && slice_equal_nocase(address_of_mailbox(a->report->message.to), address);
}

/* The list's own address in From, as lists do for DMARC: a host on the way took the mail in for it. */
static bool is_list_in_from(const struct answering *a) {
    const struct chain *chain = &a->report->mail.chain;
    for (size_t i = 0; chain->is_list && i < chain->count; i++)
        if (slice_equal_nocase(chain->hops[i].hop->recipient, a->report->mail.trace.from))
            return true;
    return false;
}

static void tell_reply_to(struct answering *a, const struct finding_of_results *f) {
    struct slice address = a->report->message.reply_to;
    struct slice domain = address_domain(address);
    if (!domain.len || !f->from.len || slice_equal_nocase(address, a->report->mail.trace.from) ||
        is_list_in_from(a))
        return;
    if (is_of_list(a, address))
        BECAUSE(a, 0, "answers go to the list %.*s (Reply-To)", S(address));
    else if (!is_aligned(a, f, domain))
        BECAUSE(a, 0, "answers go to %.*s (Reply-To), of another organisation than the From domain",
                S(address));
    else
        BECAUSE(a, 0, "answers go to another address of that domain, %.*s (Reply-To)", S(address));
}

/* Bounces go elsewhere: of services that send for others no wonder, and of a forger no proof. */
static void tell_envelope(struct answering *a, const struct finding_of_results *f) {
    const struct chain *chain = &a->report->mail.chain;
    struct slice domain = address_domain(a->report->mail.trace.return_path);
    if (f->has_results || !f->from.len || !domain.len || chain->is_list || chain->is_forwarded ||
        is_aligned(a, f, domain))
        return;
    BECAUSE(a, 0, "its envelope sender is of %.*s, another organisation than the From domain", S(domain));
}

/* The login of another than the From address, of which a field of the sender's host tells. */
static void tell_noted_login(struct answering *a) {
    struct slice from = a->report->mail.trace.from;
    for (const struct field_note *n = a->report->mail.trace.field_notes; n && from.len; n = n->next) {
        struct slice user = note_login(n);
        if (!user.len || slice_equal_nocase(user, from) || is_list_in_from(a))
            continue;
        BECAUSE(a, n->line, "it was handed in by the login %.*s, which is not the From address%s",
                S(filled_mark(a->arena, FILLED_USER, user)),
                field_note_trust(&a->report->mail.chain, n) == TRUST_OWN ? "" : UNVERIFIED);
        return;
    }
}

/* The login that the mail was handed in with: of a hop that is believed any other than the From address; of
 * others one of another organisation, which who breaks into an account does not choose to tell; else of a
 * field. */
static void tell_login(struct answering *a, const struct finding_of_results *f) {
    const struct chain *chain = &a->report->mail.chain;
    struct slice from = a->report->mail.trace.from;
    for (size_t i = 0; i < chain->count; i++) {
        const struct hop *h = chain->hops[i].hop;
        bool is_believed = chain->hops[i].trust != HOP_UNVERIFIED;
        struct slice domain = address_domain(h->user);
        if (!domain.len || slice_equal_nocase(h->user, from) || (!is_believed && is_aligned(a, f, domain)))
            continue;
        BECAUSE(a, h->line, "it was handed in by the login %.*s, which is not the From address%s",
                S(filled_mark(a->arena, FILLED_USER, h->user)), is_believed ? "" : UNVERIFIED);
        return;
    }
    tell_noted_login(a);
}

/* A list or forwarder that put an address of its own into From: that it passes says nothing of the author. */
static const struct field_note *author_before(const struct answering *a) {
    const struct field_note *n = a->report->mail.trace.field_notes;
    struct slice from = a->report->mail.trace.from;
    const struct field_note *found = NULL;
    for (; n; n = n->next)
        if (strcmp(n->kind, "author") == 0 && !slice_equal_nocase(n->value, from) &&
            !(found && address_domain(found->value).len))
            found = n;
    return found;
}

static void tell_author(struct answering *a, const struct finding_of_results *f) {
    const struct field_note *n = f->from.len ? author_before(a) : NULL;
    struct slice reply_to = a->report->message.reply_to;
    if (slice_equal_nocase(reply_to, a->report->mail.trace.from)) /* the list's too: it says nothing */
        reply_to = SLICE_EMPTY;
    if (!n && is_list_in_from(a))
        BECAUSE(a, 0, "From is the list's own address by the Received fields, as lists do it for DMARC%s%.*s",
                reply_to.len ? "; who wrote it is most likely " : "", S(reply_to));
    if (n)
        BECAUSE(a, n->line, "%.*s%s", S(n->text),
                field_note_trust(&a->report->mail.chain, n) == TRUST_OWN ? "" : UNVERIFIED);
}

/* Was it sent to that address, or to another one of its domain, as the receiving side noted? */
static bool is_to_own(const struct answering *a, struct slice to) {
    struct slice recipient = a->report->mail.chain.boundary->hop->recipient;
    return !recipient.len || slice_equal_nocase(address_domain(recipient), address_domain(to));
}

static void tell_self(struct answering *a, const struct finding_of_results *f) {
    struct slice from = a->report->mail.trace.from;
    struct slice to = address_of_mailbox(a->report->message.to);
    const struct chain_hop *boundary = a->report->mail.chain.boundary;
    if (from.len && slice_equal_nocase(from, to) && boundary && !f->is_aligned && is_to_own(a, to) &&
        !boundary->hop->is_authenticated)
        BECAUSE(a, boundary->hop->line,
                "From and To are the same address, but it came from outside, without a login: blackmail "
                "and spam pretend that");
}

static void tell_way(struct answering *a) {
    const struct chain *chain = &a->report->mail.chain;
    if (chain->is_list)
        BECAUSE(a, 0,
                "it came through a mailing list, which breaks SPF and often DKIM of mail that is genuine%s",
                chain->is_way_shown ? "" : UNVERIFIED);
    else if (chain->is_forwarded)
        BECAUSE(a, 0, "it was forwarded, which breaks SPF of mail that is genuine%s",
                chain->is_way_shown ? "" : UNVERIFIED);
}

static void conclude(struct answering *a, const struct finding_of_results *f) {
    enum confidence sure = f->is_verified ? CONFIDENCE_CERTAIN : answering_own(a);
    struct slice fake = false_name(a, f);
    struct slice other = address_domain(a->report->mail.trace.from_other);
    bool is_pass = f->dmarc ? strcmp(f->dmarc, "pass") == 0 : f->is_aligned;
    struct slice by = f->by.len ? arena_printf(a->arena, " (%.*s)", S(f->by)) : SLICE_EMPTY;
    if (!f->from.len && a->report->is_piece)
        ANSWER(a, "unknown", CONFIDENCE_NONE,
               "Not known: the From field was not given; paste the whole header");
    else if (!f->from.len)
        ANSWER(a, "no", CONFIDENCE_LIKELY, "No: it has no From field with an address");
    else if (!f->has_results)
        hearsay_answer(a, f->from);
    else if (other.len && (is_pass || !f->dmarc))
        ANSWER(a, "unknown", sure,
               "Not known: From names %.*s and %.*s, and programs differ in which they show%.*s", S(f->from),
               S(other), S(by));
    else if (is_pass && fake.len)
        ANSWER(a, "no", sure, "No: it shows the address %.*s as its name, but is really from %.*s%.*s",
               S(fake), S(f->from), S(by));
    else if (is_pass)
        ANSWER(a, "yes", sure, "Yes, it comes from %.*s%.*s%s", S(f->from), S(by),
               author_before(a)
                   ? "; but who passed it on put that into From, so it says nothing of the author"
                   : "");
    else if (f->dmarc)
        ANSWER(a, "no", sure, "Not shown to be from %.*s: DMARC failed%.*s%s%.*s", S(f->from), S(by),
               f->passed.len ? "; what passed is of " : "", S(f->passed));
    else if (f->has_passed && !f->passed.len)
        ANSWER(a, "unknown", sure,
               "Not known: something passed, but the header does not say for which domain");
    else if (f->has_passed && f->is_hearsay)
        ANSWER(
            a, "unknown", sure,
            "Not known: what passed is of %.*s, and what speaks of the From domain %.*s stands where anyone "
            "could have written it (--trust names your own hosts, --dns verifies anew)",
            S(f->passed), S(f->from));
    else if (f->has_passed)
        ANSWER(a, "unknown", sure,
               "Not known: what passed is of %.*s, and nothing speaks of the From domain %.*s", S(f->passed),
               S(f->from));
    else
        ANSWER(a, "unknown", sure, "Not shown: neither SPF nor DKIM passed for the From domain %.*s",
               S(f->from));
    if (fake.len && !is_pass)
        BECAUSE(a, 0, "the name that it shows is an address of another domain: %.*s", S(fake));
    if (!is_pass && f->has_results)
        tell_way(a);
}

/* The domain of From; where a piece of a header does not have that field, as a result of DMARC names it. */
static struct slice from_domain(const struct answering *a) {
    static const char *const names[] = {"header.from", NULL};
    const struct chain *chain = &a->report->mail.chain;
    struct slice from = address_domain(a->report->mail.trace.from);
    for (size_t i = 0; i < chain->claim_count && a->report->is_piece && !from.len; i++)
        from = claim_domain(chain->claims[i].claim, names);
    return from;
}

void answer_authentic(struct answering *a) {
    const struct verification *v = a->report->verification;
    struct finding_of_results f = {.from = from_domain(a)};
    if (v)
        take_verified(a, &f, &v->auth);
    if (!f.is_verified)
        take_claims(a, &f);
    if (!f.is_verified && !f.dmarc && !f.is_aligned)
        take_filter(a, &f);
    f.is_hearsay = f.has_results && !f.is_verified && !f.dmarc && !f.is_aligned && f.from.len &&
                   hearsay_speaks_for(a, f.from);
    conclude(a, &f);
    tell_author(a, &f);
    hearsay_tell(a, !f.has_results || f.is_hearsay  ? HEARSAY_ALL
                    : f.is_aligned || f.is_verified ? HEARSAY_BROKEN
                                                    : HEARSAY_PASSED_ON);
    tell_reply_to(a, &f);
    tell_envelope(a, &f);
    tell_login(a, &f);
    tell_self(a, &f);
}
