/* SPF, DKIM, DMARC and ARC as checks: see check.h. */
#include "analyze/auth/check.h"

static enum check_outcome mark_of_spf(enum spf_result result) {
    switch (result) {
    case SPF_VERDICT_PASS:
        return CHECK_PASS;
    case SPF_VERDICT_FAIL:
    case SPF_VERDICT_PERMERROR:
        return CHECK_FAIL;
    case SPF_VERDICT_UNCHECKED:
    case SPF_VERDICT_TEMPERROR:
        return CHECK_UNCHECKED;
    default:
        return CHECK_WARNING;
    }
}

static struct slice spf_remedy(struct check_list *list, const struct spf_verdict *spf,
                               const struct transaction *s) {
    struct slice ip = ip_text(list->arena, &s->ip);
    const char *kind = ip.len && slice_find_char(ip, ':') < ip.len ? "ip6" : "ip4";
    switch (spf->result) {
    case SPF_VERDICT_FAIL:
    case SPF_VERDICT_SOFTFAIL:
    case SPF_VERDICT_NEUTRAL:
        return TEXT(list,
                    "If %.*s may send for %.*s, put %s:%.*s (or the include of its provider) into the SPF "
                    "record, before "
                    "`all`; if not, send through a server that the record names.",
                    S(ip), S(spf->domain), kind, S(ip));
    case SPF_VERDICT_NONE:
        return TEXT(list, "Publish one SPF record for %.*s: a TXT record as \"v=spf1 %s:%.*s -all\".",
                    S(spf->domain), kind, S(ip));
    case SPF_VERDICT_PERMERROR:
        return TEXT(
            list,
            "Mend the SPF record of %.*s: receivers treat an erroneous one as none, or refuse the mail.",
            S(spf->domain));
    default:
        return SLICE_EMPTY;
    }
}

void check_spf(struct check_list *list, const struct spf_verdict *spf, const struct transaction *s) {
    struct slice text = TEXT(list, "SPF for %.*s (%s) is %s: %.*s%s%.*s", S(spf->domain), spf->identity,
                             spf_result_name(spf->result), S(spf->reason), spf->second_reason.len ? "; " : "",
                             S(spf->second_reason));
    bool is_helo_none = spf->result == SPF_VERDICT_NONE && strcmp(spf->identity, "helo") == 0;
    struct check *c = check_add(list, "spf", is_helo_none ? CHECK_PASS : mark_of_spf(spf->result),
                                spf_result_name(spf->result), spf->domain, text);
    struct slice remedy = is_helo_none ? SLICE_EMPTY : spf_remedy(list, spf, s);
    if (remedy.len)
        check_remedy(list, c, remedy);
}

static enum check_outcome mark_of_dkim(const struct dkim_verdict *d) {
    if (d->result == DKIM_PASS)
        return d->note.len ? CHECK_WARNING : CHECK_PASS;
    return d->result == DKIM_UNCHECKED || d->result == DKIM_TEMPERROR ? CHECK_UNCHECKED : CHECK_FAIL;
}

void check_dkim(struct check_list *list, const struct dkim_verdict *first, struct slice from_domain) {
    for (const struct dkim_verdict *d = first; d; d = d->next) {
        struct slice text = TEXT(list, "the signature of %.*s (selector %.*s) is %s: %.*s", S(d->domain),
                                 S(d->selector), dkim_result_name(d->result), S(d->reason));
        if (d->likely.len)
            text = TEXT(list, "%.*s; likely: %.*s", S(text), S(d->likely));
        if (d->note.len)
            text = TEXT(list, "%.*s; %.*s", S(text), S(d->note));
        struct check *c =
            check_add(list, "dkim", mark_of_dkim(d), dkim_result_name(d->result), d->domain, text);
        if (d->result == DKIM_PERMERROR)
            check_remedy(list, c,
                         TEXT(list,
                              "Publish the signer's public key at %.*s._domainkey.%.*s, or sign with a key "
                              "that is published.",
                              S(d->selector), S(d->domain)));
        if (d->result == DKIM_POLICY)
            check_remedy(list, c, SLICE("Sign with rsa-sha256 and a key of 2048 bits."));
    }
    if (!first) {
        struct check *c = check_add(list, "dkim", CHECK_FAIL, "none", from_domain,
                                    SLICE("the message carries no DKIM signature"));
        check_remedy(list, c,
                     TEXT(list, "Sign mail from %.*s with DKIM (d=%.*s), and publish the key.",
                          S(from_domain), S(from_domain)));
    }
}

void check_dmarc(struct check_list *list, const struct dmarc_verdict *d) {
    static const enum check_outcome outcomes[] = {
        [DMARC_IS_NONE] = CHECK_WARNING,   [DMARC_IS_PASS] = CHECK_PASS,
        [DMARC_IS_FAIL] = CHECK_FAIL,      [DMARC_IS_TEMPERROR] = CHECK_UNCHECKED,
        [DMARC_IS_PERMERROR] = CHECK_FAIL, [DMARC_IS_UNCHECKED] = CHECK_UNCHECKED};
    struct slice text =
        TEXT(list, "DMARC for %.*s is %s: %.*s", S(d->domain), dmarc_result_name(d->result), S(d->reason));
    if (d->note.len)
        text = TEXT(list, "%.*s; %.*s", S(text), S(d->note));
    if (d->differs.len)
        text = TEXT(list, "%.*s; %.*s", S(text), S(d->differs));
    struct check *c =
        check_add(list, "dmarc", outcomes[d->result], dmarc_result_name(d->result), d->domain, text);
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

void check_arc(struct check_list *list, const struct arc_verdict *arc) {
    static const enum check_outcome outcomes[] = {CHECK_PASS, CHECK_PASS, CHECK_FAIL, CHECK_UNCHECKED};
    if (arc->result == ARC_NONE)
        return;
    struct slice text =
        TEXT(list, "the ARC chain of %u is %s: %.*s%s%.*s", arc->instances, arc_result_name(arc->result),
             S(arc->reason), arc->likely.len ? "; likely: " : "", S(arc->likely));
    check_add(list, "arc", outcomes[arc->result], arc_result_name(arc->result), SLICE_EMPTY, text);
}
