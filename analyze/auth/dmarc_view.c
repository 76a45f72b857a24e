/* DMARC by RFC 9989 and by RFC 7489: see dmarc_view.h. */
#include "analyze/auth/dmarc_view.h"

#include "parsers/base/host.h"
#include "parsers/base/organisation.h"
#include "parsers/dns/name.h"

/* --- whose record applies --- */

/* RFC 9989 section 4.10.1. */
static void discover_by_walk(const struct dmarc_facts *f, struct dmarc_view *v) {
    struct slice listed = organisation_of(f->resolver->arena, f->from);
    dmarc_walk_tree(f->from, listed, f->resolver, &v->walk);
    v->organisation = v->walk.organisation;
    v->at = v->walk.policy;
    v->trouble = v->walk.own_trouble;
}

/* RFC 7489 section 6.6.3: the domain's own record, else that of its organisational domain; several at one
 * name end the search. */
static void discover_by_list(const struct dmarc_facts *f, struct dmarc_view *v) {
    struct dmarc_at *at = &v->listed[0];
    v->organisation = organisation_of(f->resolver->arena, f->from);
    dmarc_find(f->from, f->resolver, at);
    bool is_elsewhere = v->organisation.len && !slice_equal_nocase(v->organisation, f->from);
    if (dns_is_none(at->status) && at->count == 0 && is_elsewhere)
        dmarc_find(v->organisation, f->resolver, at = &v->listed[1]);
    v->at = at->status == DNS_FOUND ? at : NULL;
    v->trouble = dns_is_open(at->status) ? at : NULL;
}

/* --- which policy --- */

/* No name at all (RFC 9989 section 3.2.13, RFC 8020). */
static enum dns_status existence_of(const struct dmarc_facts *f) {
    return dns_lookup(f->resolver, f->from, DNS_A).status;
}

static enum dmarc_policy one_below(enum dmarc_policy policy) {
    return policy == DMARC_REJECT ? DMARC_QUARANTINE : DMARC_NONE;
}

/* For a name below the record's. */
static void choose_below(const struct dmarc_facts *f, struct dmarc_view *v) {
    const struct dmarc_record *r = &v->at->record;
    bool knows_np = v->standard == BY_RFC_9989;
    if (r->subdomains != DMARC_NOT_GIVEN) {
        v->policy = r->subdomains;
        v->policy_tag = "sp";
    }
    if (!knows_np || r->nonexistent == DMARC_NOT_GIVEN || r->nonexistent == v->policy)
        return;
    enum dns_status status = existence_of(f);
    v->is_existence_open = dns_is_open(status);
    if (status == DNS_NXDOMAIN) {
        v->policy = r->nonexistent;
        v->policy_tag = "np";
    }
}

static void choose_policy(const struct dmarc_facts *f, struct dmarc_view *v) {
    const struct dmarc_record *r = &v->at->record;
    bool is_new = v->standard == BY_RFC_9989;
    v->policy = DMARC_NONE;
    v->policy_tag = "p";
    if (dmarc_has_no_policy(r, is_new)) {
        v->is_void = !r->has_address;
    } else {
        v->policy = r->policy;
        if (!slice_equal_nocase(v->at->domain, f->from))
            choose_below(f, v);
    }
    v->asked = v->policy;
    if (is_new && r->is_testing)
        v->policy = one_below(v->policy);
}

/* --- alignment (RFC 9989 section 4.10.2; RFC 7489 section 3.1) --- */

/* Can the two have an organisational domain in common, whatever is published? Not so where they share no
 * label, or only a public suffix of which nothing is known. */
static bool may_share(const struct dmarc_facts *f, const struct dmarc_view *v, struct slice domain) {
    if (host_is_within(domain, v->organisation))
        return true;
    struct arena *arena = f->resolver->arena;
    struct slice listed = organisation_of(arena, f->from);
    return v->walk.above_trouble && listed.len && slice_equal_nocase(listed, organisation_of(arena, domain));
}

static enum alignment align_by_walk(const struct dmarc_facts *f, const struct dmarc_view *v,
                                    struct slice domain, enum dns_status *open) {
    struct dmarc_walk walk;
    if (!may_share(f, v, domain))
        return ALIGN_NONE;
    dmarc_walk_tree(domain, organisation_of(f->resolver->arena, domain), f->resolver, &walk);
    const struct dmarc_at *trouble = walk.above_trouble ? walk.above_trouble : v->walk.above_trouble;
    if (trouble)
        *open = trouble->status;
    bool is_same = slice_equal_nocase(walk.organisation, v->organisation);
    return is_same && !trouble ? ALIGN_RELAXED : ALIGN_NONE;
}

/* *open: the status of what could not be looked up and decides; else it stays. */
static enum alignment align(const struct dmarc_facts *f, const struct dmarc_view *v, struct slice domain,
                            enum dns_status *open) {
    if (slice_equal_nocase(domain, f->from))
        return ALIGN_STRICT;
    if (v->standard == BY_RFC_9989)
        return align_by_walk(f, v, domain, open);
    bool is_related = v->organisation.len &&
                      slice_equal_nocase(v->organisation, organisation_of(f->resolver->arena, domain));
    return is_related ? ALIGN_RELAXED : ALIGN_NONE;
}

/* Where name servers failed, a check that would have let the mail pass leaves DMARC without a result (RFC
 * 9989 section 5.3.6). */
static void note_failing(const struct dmarc_facts *f, const struct dmarc_view *v, const char *check,
                         struct slice domain, struct dmarc_aligned *a, enum dns_status *open) {
    const struct dmarc_record *r = &v->at->record;
    bool is_strict = *check == 'S' ? r->is_strict_spf : r->is_strict_dkim;
    struct slice name = dns_name_to_ascii(domain, f->resolver->arena);
    if (align(f, v, name, open) < (is_strict ? ALIGN_STRICT : ALIGN_RELAXED))
        return;
    a->failing_check = check;
    a->failing_domain = name;
}

static void align_spf(const struct dmarc_facts *f, const struct dmarc_view *v, struct dmarc_aligned *a,
                      enum dns_status *open) {
    if (!f->spf || f->spf->result == SPF_VERDICT_UNCHECKED)
        a->is_open = true;
    else if (f->spf->result == SPF_VERDICT_TEMPERROR)
        note_failing(f, v, "SPF", f->spf->domain, a, open);
    else if (f->spf->result == SPF_VERDICT_PASS) {
        a->spf_domain = dns_name_to_ascii(f->spf->domain, f->resolver->arena);
        a->spf = align(f, v, a->spf_domain, open);
    }
}

static void align_all(const struct dmarc_facts *f, struct dmarc_view *v) {
    struct dmarc_aligned *a = &v->aligned;
    enum dns_status open = DNS_FOUND;
    align_spf(f, v, a, &open);
    a->is_open |= !f->has_message;
    for (const struct dkim_verdict *d = f->dkim; d; d = d->next) {
        if (d->result == DKIM_TEMPERROR)
            note_failing(f, v, "DKIM", d->domain, a, &open);
        if (d->result != DKIM_PASS && d->result != DKIM_UNCHECKED)
            continue;
        struct slice domain = dns_name_to_ascii(d->domain, f->resolver->arena);
        enum alignment found = align(f, v, domain, &open);
        a->is_open |= d->result == DKIM_UNCHECKED && found != ALIGN_NONE;
        if (d->result == DKIM_PASS && (!a->dkim_domain.len || found > a->dkim)) {
            a->dkim_domain = domain;
            a->dkim = found;
        }
    }
    a->is_open |= open == DNS_UNKNOWN;
    a->is_failing = dns_is_failure(open) || a->failing_check;
}

static enum dmarc_result result_of(const struct dmarc_view *v) {
    const struct dmarc_record *r = &v->at->record;
    const struct dmarc_aligned *a = &v->aligned;
    if (a->spf >= (r->is_strict_spf ? ALIGN_STRICT : ALIGN_RELAXED) ||
        a->dkim >= (r->is_strict_dkim ? ALIGN_STRICT : ALIGN_RELAXED))
        return DMARC_IS_PASS;
    return a->is_open ? DMARC_IS_UNCHECKED : a->is_failing ? DMARC_IS_TEMPERROR : DMARC_IS_FAIL;
}

void dmarc_view(const struct dmarc_facts *f, enum dmarc_standard standard, struct dmarc_view *v) {
    *v = (struct dmarc_view){.standard = standard, .policy = DMARC_NONE, .asked = DMARC_NONE};
    if (standard == BY_RFC_9989)
        discover_by_walk(f, v);
    else
        discover_by_list(f, v);
    if (v->trouble) {
        v->result = v->trouble->status == DNS_UNKNOWN ? DMARC_IS_UNCHECKED : DMARC_IS_TEMPERROR;
        return;
    }
    if (!v->at)
        return;
    choose_policy(f, v);
    align_all(f, v);
    v->result = v->is_void ? DMARC_IS_NONE : result_of(v);
}
