/* The evaluation of DMARC: see dmarc.h. */
#include "analyze/auth/dmarc.h"

#include "analyze/auth/dmarc_walk.h"
#include "parsers/base/organisation.h"
#include "parsers/base/text.h"

struct evaluating {
    struct dmarc_verdict *v;
    struct resolver *resolver;
    struct arena *arena;
    const struct spf_verdict *spf;
    const struct dkim_verdict *dkim;
    struct dmarc_record record;
    bool has_message;
    struct slice organisation; /* of the From domain; empty: none */
    bool walks;                /* organisational domains by tree walk, not by the public suffix list */
};

static struct slice organisation(const struct evaluating *e, struct slice domain) {
    struct dmarc_walk walk;
    if (!e->walks)
        return organisation_of(e->arena, domain);
    dmarc_walk_tree(domain, e->resolver, &walk);
    return walk.organisation.len ? walk.organisation : domain;
}

static enum alignment align(const struct evaluating *e, struct slice domain) {
    if (slice_equal_nocase(domain, e->v->domain))
        return ALIGN_STRICT;
    bool is_related = e->organisation.len && slice_equal_nocase(e->organisation, organisation(e, domain));
    return is_related ? ALIGN_RELAXED : ALIGN_NONE;
}

/* What passed, and how near it is to the From domain. */
struct aligned {
    enum alignment spf, dkim;
    struct slice spf_domain, dkim_domain;
    bool is_spf_open, is_dkim_open; /* not verified */
};

static struct aligned align_all(const struct evaluating *e) {
    struct aligned a = {.is_spf_open = !e->spf || e->spf->result == SPF_VERDICT_UNCHECKED,
                        .is_dkim_open = !e->has_message};
    if (e->spf && e->spf->result == SPF_VERDICT_PASS) {
        a.spf_domain = e->spf->domain;
        a.spf = align(e, e->spf->domain);
    }
    for (const struct dkim_verdict *d = e->dkim; d; d = d->next) {
        enum alignment found = d->result == DKIM_PASS ? align(e, d->domain) : ALIGN_NONE;
        a.is_dkim_open |= d->result == DKIM_UNCHECKED && align(e, d->domain) != ALIGN_NONE;
        if (d->result == DKIM_PASS && (!a.dkim_domain.len || found > a.dkim)) {
            a.dkim_domain = d->domain;
            a.dkim = found;
        }
    }
    return a;
}

static enum dmarc_result result_of(const struct evaluating *e, const struct aligned *a) {
    enum alignment least_spf = e->record.is_strict_spf ? ALIGN_STRICT : ALIGN_RELAXED;
    enum alignment least_dkim = e->record.is_strict_dkim ? ALIGN_STRICT : ALIGN_RELAXED;
    if (a->spf >= least_spf || a->dkim >= least_dkim)
        return DMARC_IS_PASS;
    return a->is_spf_open || a->is_dkim_open ? DMARC_IS_UNCHECKED : DMARC_IS_FAIL;
}

static enum dmarc_policy or_else(enum dmarc_policy policy, enum dmarc_policy other) {
    return policy == DMARC_NOT_GIVEN ? other : policy;
}

/* --- RFC 7489: the domain's own record, else that of its organisational domain (section 6.6.3) --- */

static bool find_record(struct evaluating *e) {
    struct dmarc_verdict *v = e->v;
    struct slice text;
    struct slice at = v->domain;
    enum dns_status status = dmarc_find(at, e->resolver, &text);
    if (dns_is_none(status) && v->organisation.len && !slice_equal_nocase(v->organisation, at)) {
        at = v->organisation;
        status = dmarc_find(at, e->resolver, &text);
    }
    if (status == DNS_FOUND) {
        v->found_at = at;
        v->record = text_upto(text_clean_line(e->arena, text), 500);
        if (dmarc_record_parse(text, &e->record))
            return true;
        e->record.policy = DMARC_NONE;
        v->note = e->record.odd;
        return e->record.reports.len > 0; /* as p=none, so that the domain hears of it */
    }
    v->result = status == DNS_UNKNOWN    ? DMARC_IS_UNCHECKED
                : dns_is_failure(status) ? DMARC_IS_TEMPERROR
                                         : DMARC_IS_NONE;
    v->reason =
        status == DNS_UNKNOWN    ? arena_printf(e->arena, "the snapshot does not contain _dmarc.%.*s", S(at))
        : dns_is_failure(status) ? arena_printf(e->arena, "_dmarc.%.*s could not be looked up: %s", S(at),
                                                dns_status_words(status))
                                 : arena_printf(e->arena, "%.*s publishes no DMARC record", S(v->domain));
    return false;
}

static void note_record(struct evaluating *e) {
    struct dmarc_verdict *v = e->v;
    if (!v->note.len)
        v->note = e->record.odd;
    if (e->record.percent < 100 && v->policy != DMARC_NONE)
        v->note = arena_printf(e->arena, "the policy is asked for %d %% of the mail that fails (pct=)",
                               e->record.percent);
    if (e->record.is_testing)
        v->note = SLICE("the domain says that it is only testing (t=y)");
}

/* "DKIM passed for list.example, which is another organisation": why nothing aligns. */
static struct slice misalignment(const struct evaluating *e, const struct aligned *a) {
    struct slice spf, dkim;
    const char *strict_spf =
        e->record.is_strict_spf && a->spf == ALIGN_RELAXED ? " (strict alignment is asked for: aspf=s)" : "";
    const char *strict_dkim = e->record.is_strict_dkim && a->dkim == ALIGN_RELAXED
                                  ? " (strict alignment is asked for: adkim=s)"
                                  : "";
    if (a->spf_domain.len)
        spf = arena_printf(e->arena, "SPF passes for %.*s, which does not align%s", S(a->spf_domain),
                           strict_spf);
    else
        spf = e->spf ? arena_printf(e->arena, "SPF is %s for %.*s", spf_result_name(e->spf->result),
                                    S(e->spf->domain))
                     : SLICE("SPF was not verified");
    if (a->dkim_domain.len)
        dkim = arena_printf(e->arena, "DKIM passes for %.*s, which does not align%s", S(a->dkim_domain),
                            strict_dkim);
    else
        dkim = e->dkim          ? SLICE("no DKIM signature passes")
               : e->has_message ? SLICE("there is no DKIM signature")
                                : SLICE("DKIM was not verified");
    return arena_printf(e->arena, "%.*s; %.*s", S(spf), S(dkim));
}

static struct slice reason_of(const struct evaluating *e, const struct aligned *a) {
    struct dmarc_verdict *v = e->v;
    if (v->result == DMARC_IS_UNCHECKED)
        return arena_printf(e->arena, "the record of %.*s asks for p=%s; SPF or DKIM could not be verified",
                            S(v->found_at), dmarc_policy_name(v->policy));
    if (v->result == DMARC_IS_FAIL)
        return arena_printf(e->arena,
                            "nothing that passes aligns with %.*s: %.*s; the policy that applies is %s",
                            S(v->domain), S(misalignment(e, a)), dmarc_policy_name(v->policy));
    bool is_dkim = a->dkim >= (e->record.is_strict_dkim ? ALIGN_STRICT : ALIGN_RELAXED);
    struct slice domain = is_dkim ? a->dkim_domain : a->spf_domain;
    return arena_printf(e->arena, "%s passes for %.*s, which aligns with %.*s", is_dkim ? "DKIM" : "SPF",
                        S(domain), S(v->domain));
}

/* --- DMARCbis --- */

/* Does nothing exist at the name? (section 3.2.6: no A, AAAA or MX) */
static bool is_nonexistent(const struct evaluating *e, struct slice domain) {
    return dns_lookup(e->resolver, domain, DNS_A).status == DNS_NXDOMAIN;
}

static void compare_walk(struct evaluating *e) {
    struct dmarc_verdict *v = e->v;
    struct dmarc_walk walk;
    dmarc_walk_tree(v->domain, e->resolver, &walk);
    if (walk.is_missing)
        return;
    struct evaluating other = *e;
    other.walks = true;
    other.record = walk.record;
    other.organisation = walk.organisation;
    enum dmarc_result result = DMARC_IS_NONE;
    enum dmarc_policy policy = DMARC_NONE;
    if (walk.found_at.len) {
        struct aligned a = align_all(&other);
        bool is_own = slice_equal_nocase(walk.found_at, v->domain);
        result = result_of(&other, &a);
        policy = walk.record.policy;
        if (!is_own)
            policy = or_else(walk.record.subdomains, policy);
        if (!is_own && walk.record.nonexistent != DMARC_NOT_GIVEN && is_nonexistent(e, v->domain))
            policy = walk.record.nonexistent;
        policy = or_else(policy, DMARC_NONE);
    }
    if (result == v->result && (policy == v->policy || result != DMARC_IS_FAIL))
        return;
    v->differs =
        arena_printf(e->arena,
                     "by the tree walk of DMARCbis (organisational domain %.*s, record of %.*s) it would be "
                     "%s with policy %s",
                     S(walk.organisation.len ? walk.organisation : SLICE("none")),
                     S(walk.found_at.len ? walk.found_at : SLICE("none")), dmarc_result_name(result),
                     dmarc_policy_name(policy));
}

void dmarc_evaluate(struct slice from_domain, const struct spf_verdict *spf, const struct dkim_verdict *dkim,
                    bool has_message, struct resolver *resolver, struct dmarc_verdict *v) {
    struct evaluating e = {.v = v,
                           .resolver = resolver,
                           .arena = resolver->arena,
                           .spf = spf,
                           .dkim = dkim,
                           .has_message = has_message};
    *v = (struct dmarc_verdict){.domain = from_domain, .policy = DMARC_NONE};
    v->organisation = e.organisation = organisation_of(resolver->arena, from_domain);
    if (!from_domain.len) {
        v->result = DMARC_IS_PERMERROR;
        v->reason = SLICE("there is no From domain to ask for");
        return;
    }
    if (find_record(&e)) {
        struct aligned a = align_all(&e);
        bool is_own = slice_equal_nocase(v->found_at, v->domain);
        v->policy = is_own ? e.record.policy : or_else(e.record.subdomains, e.record.policy);
        v->policy = or_else(v->policy, DMARC_NONE);
        v->result = result_of(&e, &a);
        v->spf = a.spf;
        v->dkim = a.dkim;
        v->spf_domain = a.spf_domain;
        v->dkim_domain = a.dkim_domain;
        v->reason = reason_of(&e, &a);
        note_record(&e);
    }
    if (v->result != DMARC_IS_TEMPERROR)
        compare_walk(&e);
}

const char *dmarc_result_name(enum dmarc_result result) {
    static const char *const names[] = {"none", "pass", "fail", "temperror", "permerror", "unchecked"};
    _Static_assert(G_N_ELEMENTS(names) == DMARC_RESULTS, "a name for each");
    return names[result];
}

const char *alignment_name(enum alignment alignment) {
    static const char *const names[] = {"none", "relaxed", "strict"};
    _Static_assert(G_N_ELEMENTS(names) == ALIGNMENTS, "a name for each");
    return names[alignment];
}
