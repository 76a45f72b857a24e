/* The evaluation of DMARC, in words: see dmarc.h. */
#include "analyze/auth/dmarc.h"

#include "parsers/base/text.h"
#include "parsers/dns/name.h"

#define MOST_OF_RECORD 500 /* bytes that are shown */

struct evaluating {
    struct dmarc_verdict *v;
    struct arena *arena;
    struct dmarc_facts facts;
    struct dmarc_view now, before; /* by RFC 9989 and by RFC 7489 */
};

#define SAY(e, ...) arena_printf((e)->arena, __VA_ARGS__)

/* --- no record, or none that applies --- */

/* The nearest name with something that begins as a record and is not applied. */
static const struct dmarc_at *broken_of(const struct dmarc_view *now) {
    for (unsigned i = 0; i < now->walk.count; i++) {
        const struct dmarc_at *at = &now->walk.steps[i];
        if (at->count > 0 ? at->status != DNS_FOUND || at == now->at : at->like.len > 0)
            return at;
    }
    return NULL;
}

static struct slice reason_of_absence(const struct evaluating *e) {
    const struct dmarc_at *broken = broken_of(&e->now);
    if (!broken)
        return SAY(e, "%.*s publishes no DMARC record", S(e->v->domain));
    if (broken->count > 1)
        return SAY(e,
                   "%u DMARC records stand at _dmarc.%.*s, and receivers discard all of them where there is "
                   "more than one (RFC 9989 section 4.10)",
                   broken->count, S(broken->domain));
    if (!broken->count)
        return SAY(e,
                   "there is a record at _dmarc.%.*s, but receivers do not take it for one of DMARC: it must "
                   "begin with "
                   "\"v=DMARC1;\", and it is \"%.*s\"",
                   S(broken->domain), S(text_shown(e->arena, broken->like, 100)));
    return SAY(e, "there is a record at _dmarc.%.*s, but receivers cannot apply it: %.*s%s",
               S(broken->domain), S(broken->record.odd),
               e->now.is_void ? ", and no rua= has an address for reports (RFC 9989 section 4.10.1)" : "");
}

static struct slice reason_of_trouble(const struct evaluating *e) {
    const struct dmarc_at *t = e->now.trouble;
    if (t->status == DNS_UNKNOWN)
        return SAY(e, "the snapshot does not contain _dmarc.%.*s", S(t->domain));
    return SAY(e, "_dmarc.%.*s could not be looked up: %s", S(t->domain), dns_status_words(t->status));
}

/* --- a record that applies --- */

/* "DKIM passed for list.example, which is another organisation": why nothing aligns. */
static struct slice misalignment(const struct evaluating *e) {
    const struct dmarc_aligned *a = &e->now.aligned;
    const struct dmarc_facts *f = &e->facts;
    const struct dmarc_verdict *v = e->v;
    struct slice spf, dkim;
    const char *strict_spf =
        v->is_strict_spf && a->spf == ALIGN_RELAXED ? " (strict alignment is asked for: aspf=s)" : "";
    const char *strict_dkim =
        v->is_strict_dkim && a->dkim == ALIGN_RELAXED ? " (strict alignment is asked for: adkim=s)" : "";
    if (a->spf_domain.len)
        spf = SAY(e, "SPF passes for %.*s, which does not align%s", S(a->spf_domain), strict_spf);
    else
        spf = f->spf ? SAY(e, "SPF is %s for %.*s", spf_result_name(f->spf->result), S(f->spf->domain))
                     : SLICE("SPF was not verified");
    if (a->dkim_domain.len)
        dkim = SAY(e, "DKIM passes for %.*s, which does not align%s", S(a->dkim_domain), strict_dkim);
    else
        dkim = f->dkim          ? SLICE("no DKIM signature passes")
               : f->has_message ? SLICE("there is no DKIM signature")
                                : SLICE("DKIM was not verified");
    return SAY(e, "%.*s; %.*s", S(spf), S(dkim));
}

/* "quarantine (sp= of the record of example.com)" */
static struct slice policy_words(const struct evaluating *e) {
    const struct dmarc_view *now = &e->now;
    const char *name = dmarc_policy_name(now->policy);
    if (slice_equal_nocase(now->at->domain, e->v->domain))
        return slice_of(name);
    return SAY(e, "%s (%s= of the record of %.*s%s)", name, now->policy_tag, S(now->at->domain),
               *now->policy_tag == 'n' ? SAY(e, "; %.*s does not exist", S(e->v->domain)).ptr : "");
}

static struct slice reason_of(const struct evaluating *e) {
    const struct dmarc_aligned *a = &e->now.aligned;
    const struct dmarc_verdict *v = e->v;
    if (v->result == DMARC_IS_UNCHECKED)
        return SAY(e,
                   "the record of %.*s asks for %s=%s; SPF, DKIM or an organisational domain could not be "
                   "verified",
                   S(v->found_at), e->now.policy_tag, dmarc_policy_name(e->now.asked));
    if (v->result == DMARC_IS_TEMPERROR && a->failing_check)
        return SAY(e,
                   "%s of %.*s, which would align with %.*s, could not be verified, for name servers failed: "
                   "so it neither passes nor fails (RFC 9989 section 5.3.6)",
                   a->failing_check, S(a->failing_domain), S(v->domain));
    if (v->result == DMARC_IS_TEMPERROR)
        return SLICE("whether what passes aligns could not be looked up: name servers failed");
    if (v->result == DMARC_IS_FAIL)
        return SAY(e, "nothing that passes aligns with %.*s: %.*s; the policy that applies is %.*s",
                   S(v->domain), S(misalignment(e)), S(policy_words(e)));
    bool is_dkim = a->dkim >= (v->is_strict_dkim ? ALIGN_STRICT : ALIGN_RELAXED);
    struct slice domain = is_dkim ? a->dkim_domain : a->spf_domain;
    return SAY(e, "%s passes for %.*s, which aligns with %.*s", is_dkim ? "DKIM" : "SPF", S(domain),
               S(v->domain));
}

static struct slice note_of(const struct evaluating *e) {
    const struct dmarc_view *now = &e->now;
    const struct dmarc_record *r = &now->at->record;
    if (now->is_existence_open)
        return SAY(e, "whether %.*s exists is not known: if not, np=%s applies (RFC 9989 section 4.7)",
                   S(e->v->domain), dmarc_policy_name(r->nonexistent));
    if (r->is_testing && now->asked != DMARC_NONE)
        return SAY(
            e,
            "the domain is testing its policy (t=y): %s is asked for, and %s is to be applied (RFC 9989 "
            "section 4.7)",
            dmarc_policy_name(now->asked), dmarc_policy_name(now->policy));
    if (dmarc_has_no_policy(r, true))
        return SAY(e, "%.*s: it counts as p=none, because it asks for reports (RFC 9989 section 4.10.1)",
                   S(r->odd));
    if (r->percent < 100 && now->policy != DMARC_NONE)
        return SAY(e,
                   "pct=%d is no longer a tag of DMARC: the policy holds for all mail that fails (RFC 9989)",
                   r->percent);
    return r->odd;
}

/* --- RFC 7489 --- */

static bool is_same_place(const struct dmarc_view *one, const struct dmarc_view *other) {
    return one->at && other->at && slice_equal_nocase(one->at->domain, other->at->domain);
}

/* What of RFC 7489 makes the difference. */
static struct slice why_differs(const struct evaluating *e) {
    const struct dmarc_view *now = &e->now;
    const struct dmarc_view *before = &e->before;
    const struct dmarc_record *r = now->at ? &now->at->record : NULL;
    if (before->listed[0].count > 1)
        return SAY(
            e,
            "it gives up where several records stand at one name, as at _dmarc.%.*s, and does not look "
            "above (RFC 7489 section 6.6.3)",
            S(before->listed[0].domain));
    if (!is_same_place(now, before) || now->aligned.spf != before->aligned.spf ||
        now->aligned.dkim != before->aligned.dkim)
        return SAY(e,
                   "it takes organisational domains from the public suffix list (%.*s for this one; %.*s by "
                   "the tree walk), and %s%.*s",
                   S(before->organisation.len ? before->organisation : SLICE("none")), S(now->organisation),
                   before->at ? "the record of " : "finds no record",
                   S(before->at ? before->at->domain : SLICE_EMPTY));
    if (r && (*now->policy_tag == 'n' || dmarc_has_fault(r, DMARC_FAULT_NONEXISTENT)))
        return SLICE("it does not know np=");
    if (r && r->is_testing)
        return SLICE("it does not know t=");
    return SAY(e, "it knows pct=, and applies the policy to %d %% of what fails", r ? r->percent : 100);
}

static bool is_other(const struct dmarc_view *now, const struct dmarc_view *before) {
    if (now->result != before->result)
        return true;
    return now->result == DMARC_IS_FAIL &&
           (now->policy != before->policy ||
            (before->policy != DMARC_NONE && before->at->record.percent < 100));
}

static void compare(struct evaluating *e) {
    const struct dmarc_view *before = &e->before;
    dmarc_view(&e->facts, BY_RFC_7489, &e->before);
    bool is_open = e->now.result == DMARC_IS_UNCHECKED || before->result == DMARC_IS_UNCHECKED;
    if (is_open || !is_other(&e->now, before))
        return;
    const char *with = before->result == DMARC_IS_FAIL ? " with policy " : "";
    e->v->differs = SAY(e, "a receiver that still follows RFC 7489 comes to %s%s%s: %.*s",
                        dmarc_result_name(before->result), with,
                        *with ? dmarc_policy_name(before->policy) : "", S(why_differs(e)));
}

/* --- all --- */

static void fill(struct evaluating *e) {
    struct dmarc_verdict *v = e->v;
    const struct dmarc_view *now = &e->now;
    v->result = now->result;
    v->organisation = now->organisation;
    v->policy = now->policy;
    v->is_broken = now->result == DMARC_IS_NONE && broken_of(now);
    if (now->at) {
        v->found_at = now->at->domain;
        v->record = text_shown(e->arena, now->at->text, MOST_OF_RECORD);
        v->is_strict_spf = now->at->record.is_strict_spf;
        v->is_strict_dkim = now->at->record.is_strict_dkim;
        v->spf = now->aligned.spf;
        v->dkim = now->aligned.dkim;
        v->spf_domain = now->aligned.spf_domain;
        v->dkim_domain = now->aligned.dkim_domain;
    }
    if (now->trouble)
        v->reason = reason_of_trouble(e);
    else if (now->result == DMARC_IS_NONE)
        v->reason = reason_of_absence(e);
    else {
        v->reason = reason_of(e);
        v->note = note_of(e);
    }
}

void dmarc_evaluate(struct slice from_domain, const struct spf_verdict *spf, const struct dkim_verdict *dkim,
                    bool has_message, struct resolver *resolver, struct dmarc_verdict *v) {
    struct evaluating e = {.v = v, .arena = resolver->arena};
    *v = (struct dmarc_verdict){.domain = dns_name_to_ascii(from_domain, resolver->arena),
                                .policy = DMARC_NONE};
    e.facts = (struct dmarc_facts){v->domain, spf, dkim, has_message, resolver};
    if (!from_domain.len) {
        v->result = DMARC_IS_PERMERROR;
        v->reason = SLICE("there is no From domain to ask for");
        return;
    }
    dmarc_view(&e.facts, BY_RFC_9989, &e.now);
    fill(&e);
    if (v->result != DMARC_IS_TEMPERROR)
        compare(&e);
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
