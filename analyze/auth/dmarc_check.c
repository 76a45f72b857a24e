/* DMARC of the domain in From, as a check. It needs what SPF and DKIM found: its row is below theirs. */
#include "analyze/auth/dmarc_check.h"

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
    if (d->result == DMARC_IS_NONE)
        check_remedy(list, c,
                     TEXT(list,
                          "Publish a DMARC record at _dmarc.%.*s; large providers ask for one: begin with "
                          "\"v=DMARC1; p=none; "
                          "rua=mailto:…\".",
                          S(d->domain)));
    if (d->result == DMARC_IS_FAIL)
        check_remedy(
            list, c,
            TEXT(list,
                 "Sign with DKIM as d=%.*s, or send with an envelope sender of that domain that SPF allows.",
                 S(d->organisation.len ? d->organisation : d->domain)));
}

static void check_dmarc(struct check_context *context) {
    struct auth *auth = context->auth;
    const struct spf_verdict *spf = auth->spf.result == SPF_VERDICT_UNCHECKED ? NULL : &auth->spf;
    if (!auth->transaction.from_domain.len)
        return;
    dmarc_evaluate(auth->transaction.from_domain, spf, auth->dkim, auth->has_message, &auth->resolver,
                   &auth->dmarc);
    add_dmarc(&auth->checks, &auth->dmarc);
}

static struct slice found_for_claim(const struct auth *auth, const struct claim *claim) {
    (void)claim;
    return auth->dmarc.domain.len ? slice_of(dmarc_result_name(auth->dmarc.result)) : SLICE_EMPTY;
}

const struct check_kind dmarc_check = {.id = "dmarc",
                                       .label = "DMARC",
                                       .run = check_dmarc,
                                       .found_for_claim = found_for_claim,
                                       .has_steps = true};
