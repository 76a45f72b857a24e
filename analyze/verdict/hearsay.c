/* Results that anyone could have written: see hearsay.h. */
#include "analyze/verdict/hearsay.h"

#include "analyze/chain/boundary.h"

#define MOST_TOLD 8

static const char *const of_domain[] = {"header.d",      "header.i",  "header.from", "smtp.mailfrom",
                                        "envelope-from", "smtp.helo", NULL};

static bool is_of_method(const struct claim *c, const char *method) {
    return slice_equal(c->method, slice_of(method));
}

static bool is_of_interest(const struct answering *a, size_t i) {
    const struct chain_claim *claim = &a->report->mail.chain.claims[i];
    const struct claim *c = claim->claim;
    return (claim->trust != TRUST_OWN || c->instance) &&
           (is_of_method(c, "spf") || is_of_method(c, "dkim") || is_of_method(c, "dmarc"));
}

static bool is_pass(const struct claim *c) {
    return slice_equal_nocase(c->result, SLICE("pass"));
}

/* The same said by another claim: of the same kind, or (`later`) that it is no longer so. */
static const struct claim *matching(const struct answering *a, size_t of, bool later) {
    const struct chain *chain = &a->report->mail.chain;
    const struct claim *c = chain->claims[of].claim;
    for (size_t i = 0; i < (later ? chain->claim_count : of); i++) {
        const struct claim *other = chain->claims[i].claim;
        if (i != of && slice_equal(other->method, c->method) && (later ? !other->instance : true) &&
            slice_equal_nocase(claim_domain(other, of_domain), claim_domain(c, of_domain)) &&
            (later ? slice_equal_nocase(other->result, SLICE("fail"))
                   : slice_equal_nocase(other->result, c->result)))
            return other;
    }
    return NULL;
}

static void tell_claim(struct answering *a, size_t i) {
    const struct claim *c = a->report->mail.chain.claims[i].claim;
    struct slice domain = claim_domain(c, of_domain);
    struct slice by = c->by.len ? c->by : SLICE("a field");
    const char *joined = domain.len ? " for " : "";
    if (c->instance)
        BECAUSE(a, c->line,
                "%.*s claims that it found %.*s=%.*s%s%.*s when it passed the mail on (ARC)" UNVERIFIED,
                S(by), S(c->method), S(c->result), joined, S(domain));
    else
        BECAUSE(a, c->line, "%.*s claims: %.*s=%.*s%s%.*s" UNVERIFIED, S(by), S(c->method), S(c->result),
                joined, S(domain));
    if (is_of_method(c, "dkim") && !is_pass(c) && !c->instance)
        answering_tell_dkim(a, c->line, c->reason.len ? c->reason : c->comment);
    if (c->instance && is_of_method(c, "dkim") && is_pass(c) && matching(a, i, true))
        BECAUSE(a, c->line,
                "if that is true, the signature of %.*s held until then, and the mail was changed after that",
                S(domain));
}

static void tell_notes(struct answering *a) {
    for (const struct field_note *n = a->report->mail.trace.field_notes; n; n = n->next)
        if ((strcmp(n->kind, "results") == 0 || strcmp(n->kind, "passed") == 0 ||
             g_str_has_prefix(n->kind, "passed_") || strcmp(n->kind, "failed") == 0) &&
            field_note_trust(&a->report->mail.chain, n) != TRUST_OWN && !answering_is_told(a, n->text))
            BECAUSE(a, n->line, "%.*s" UNVERIFIED, S(n->text));
}

static bool is_wanted(const struct answering *a, size_t i, enum hearsay which) {
    const struct claim *c = a->report->mail.chain.claims[i].claim;
    bool is_passed_on = c->instance && is_pass(c);
    if (!is_of_interest(a, i))
        return false;
    if (which == HEARSAY_BROKEN)
        return is_passed_on && matching(a, i, true);
    return !matching(a, i, false) && (which == HEARSAY_ALL || is_passed_on);
}

void hearsay_tell(struct answering *a, enum hearsay which) {
    size_t told = 0;
    for (size_t i = 0; i < a->report->mail.chain.claim_count && told < MOST_TOLD; i++)
        if (is_wanted(a, i, which)) {
            tell_claim(a, i);
            told++;
        }
    if (which == HEARSAY_ALL)
        tell_notes(a);
}

/* What passed by the claims, for the From domain or else for which other. */
static bool passes(struct answering *a, struct slice from, bool with_passed_on, struct slice *other) {
    const struct chain *chain = &a->report->mail.chain;
    bool is_for_from = false;
    for (size_t i = 0; i < chain->claim_count; i++) {
        const struct claim *c = chain->claims[i].claim;
        struct slice domain = claim_domain(c, of_domain);
        if (!is_of_interest(a, i) || !is_pass(c) || !domain.len || (c->instance && !with_passed_on))
            continue;
        bool is_ours = answering_is_aligned(a, from, domain);
        is_for_from |= is_ours;
        *other = is_ours || other->len ? *other : domain;
    }
    return is_for_from;
}

bool hearsay_speaks_for(struct answering *a, struct slice from) {
    struct slice other = SLICE_EMPTY;
    return passes(a, from, false, &other);
}

/* Does one of them say that DMARC failed, for that domain or for none that it names? */
static bool fails_dmarc(struct answering *a, struct slice from) {
    const struct chain *chain = &a->report->mail.chain;
    for (size_t i = 0; i < chain->claim_count; i++) {
        const struct claim *c = chain->claims[i].claim;
        struct slice domain = claim_domain(c, of_domain);
        if (is_of_interest(a, i) && !c->instance && is_of_method(c, "dmarc") &&
            slice_equal_nocase(c->result, SLICE("fail")) &&
            (!domain.len || answering_is_aligned(a, from, domain)))
            return true;
    }
    return false;
}

void hearsay_answer(struct answering *a, struct slice from) {
    struct slice other = SLICE_EMPTY;
    bool is_failed = fails_dmarc(a, from);
    bool is_for_from = !is_failed && passes(a, from, true, &other);
    if (!a->report->mail.chain.claim_count)
        ANSWER(a, "unknown", CONFIDENCE_NONE,
               "Not known: nobody noted results of SPF, DKIM or DMARC in its header (`mailwhy verify` asks "
               "the DNS)");
    else if (other.len && !is_for_from)
        ANSWER(
            a, "unknown", CONFIDENCE_NONE,
            "Not known: the results in its header stand where anyone could have written them (--trust names "
            "your own hosts, --dns verifies anew), and even if they are true they speak for %.*s, not for "
            "the "
            "From domain %.*s",
            S(other), S(from));
    else
        ANSWER(a, "unknown", CONFIDENCE_NONE,
               "Not known: the results in its header%s%.*s%s stand where anyone could have written them "
               "(--trust "
               "names your own hosts, --dns verifies anew)",
               is_for_from ? ", by which it would come from "
               : is_failed ? ", by which DMARC failed for "
                           : "",
               S(is_for_from || is_failed ? from : SLICE_EMPTY), is_for_from || is_failed ? "," : "");
}
