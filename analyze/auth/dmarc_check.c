/* DMARC of the domain in From, as a check. It needs what SPF and DKIM found: its row is below theirs. */
#include "analyze/auth/dmarc_check.h"

#include "analyze/auth/dmarc_audit.h"

/* A signature or an envelope sender of which domain would align. */
static void advise_alignment(struct check_list *list, struct check *c, const struct dmarc_verdict *d) {
    const char *of = d->organisation.len && !slice_equal_nocase(d->organisation, d->domain)
                         ? TEXT(list, " (or another domain of %.*s)", S(d->organisation)).ptr
                         : "";
    check_remedy(
        list, c,
        TEXT(list, "Sign with DKIM as d=%.*s%s, or send with an envelope sender of %.*s%s that SPF allows.",
             S(d->domain), d->is_strict_dkim ? "" : of, S(d->domain), d->is_strict_spf ? "" : of));
}

static void advise(struct check_list *list, struct check *c, const struct dmarc_verdict *d) {
    if (d->is_broken)
        check_remedy(list, c,
                     TEXT(list,
                          "Publish one DMARC record at _dmarc.%.*s, and a valid one: "
                          "\"v=DMARC1; p=none; rua=mailto:postmaster@%.*s\" to begin with.",
                          S(d->domain), S(d->domain)));
    else if (d->result == DMARC_IS_NONE)
        check_remedy(list, c,
                     TEXT(list,
                          "Publish a DMARC record at _dmarc.%.*s; large providers ask for one: begin with "
                          "\"v=DMARC1; p=none; rua=mailto:postmaster@%.*s\".",
                          S(d->organisation), S(d->organisation)));
    else if (d->result == DMARC_IS_FAIL)
        advise_alignment(list, c, d);
}

static void add_dmarc(struct check_list *list, const struct dmarc_verdict *d) {
    static const enum check_outcome outcomes[] = {
        [DMARC_IS_NONE] = CHECK_WARNING,   [DMARC_IS_PASS] = CHECK_PASS,
        [DMARC_IS_FAIL] = CHECK_FAIL,      [DMARC_IS_TEMPERROR] = CHECK_UNCHECKED,
        [DMARC_IS_PERMERROR] = CHECK_FAIL, [DMARC_IS_UNCHECKED] = CHECK_UNCHECKED};
    _Static_assert(G_N_ELEMENTS(outcomes) == DMARC_RESULTS, "an outcome for each");
    struct slice text =
        TEXT(list, "DMARC for %.*s is %s: %.*s", S(d->domain), dmarc_result_name(d->result), S(d->reason));
    if (d->note.len)
        text = TEXT(list, "%.*s; %.*s", S(text), S(d->note));
    if (d->differs.len)
        text = TEXT(list, "%.*s; %.*s", S(text), S(d->differs));
    struct check *c =
        check_add(list, &dmarc_check, outcomes[d->result], dmarc_result_name(d->result), d->domain, text);
    advise(list, c, d);
}

/* Of several authors' domains none can be chosen (RFC 9989 section 5.3.1). */
static void refuse_to_choose(const struct transaction *s, struct resolver *resolver,
                             struct dmarc_verdict *v) {
    *v = (struct dmarc_verdict){.result = DMARC_IS_PERMERROR, .domain = s->from_domain};
    v->reason = arena_printf(resolver->arena,
                             "From names more than one domain (%.*s, %.*s): DMARC cannot be "
                             "evaluated, and large receivers refuse such mail (RFC 9989 sections "
                             "5.3.1 and 11.5)",
                             S(s->from_domain), S(s->from_other));
}

static void check_dmarc(struct check_context *context) {
    struct auth *auth = context->auth;
    const struct spf_verdict *spf = auth->spf.result == SPF_VERDICT_UNCHECKED ? NULL : &auth->spf;
    if (!auth->transaction.from_domain.len)
        return;
    if (auth->transaction.from_other.len) {
        refuse_to_choose(&auth->transaction, &auth->resolver, &auth->dmarc);
        add_dmarc(&auth->checks, &auth->dmarc);
        return;
    }
    dmarc_evaluate(auth->transaction.from_domain, spf, auth->dkim, auth->has_message, &auth->resolver,
                   &auth->dmarc);
    add_dmarc(&auth->checks, &auth->dmarc);
}

static struct slice found_for_claim(const struct auth *auth, const struct claim *claim) {
    (void)claim;
    return auth->dmarc.domain.len ? slice_of(dmarc_result_name(auth->dmarc.result)) : SLICE_EMPTY;
}

static void audit_dmarc(struct check_context *context) {
    dmarc_audit_domain(&context->auth->checks, &dmarc_check, &context->auth->dmarc);
}

const struct check_kind dmarc_check = {.id = "dmarc",
                                       .label = "DMARC",
                                       .run = check_dmarc,
                                       .audit = audit_dmarc,
                                       .found_for_claim = found_for_claim,
                                       .has_steps = true};
