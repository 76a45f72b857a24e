/* Does a domain publish a logo for its mail (BIMI)? */
#include "analyze/auth/bimi_check.h"

#include "analyze/auth/versioned_record.h"
#include "parsers/dns/tags.h"

#include <glib.h>

static void check_bimi(struct check_context *context) {
    struct check_list *list = &context->auth->checks;
    struct slice domain = context->auth->transaction.from_domain;
    struct slice text;
    if (!domain.len)
        return;
    struct dns_answer answer = versioned_record_find(list, &versioned_bimi, domain, &text);
    if (text.len)
        check_add(list, &bimi_check, CHECK_PASS, "pass", domain,
                  TEXT(list, "%.*s publishes a logo (BIMI)", S(domain)));
    else if (answer.status == DNS_UNKNOWN)
        check_add(list, &bimi_check, CHECK_UNCHECKED, "unchecked", domain,
                  TEXT(list, "whether %.*s publishes a logo (BIMI) is not known", S(domain)));
}

/* The record with https: addresses, as it should be. */
static void propose(struct check_list *list, struct check *c, struct slice domain, struct slice logo,
                    struct slice proof) {
    struct slice l = slice_from(logo, slice_starts_nocase(logo, SLICE("http:")) ? 5 : 0);
    struct slice a = slice_from(proof, slice_starts_nocase(proof, SLICE("http:")) ? 5 : 0);
    check_propose(list, c, TEXT(list, "default._bimi.%.*s", S(domain)), "TXT",
                  TEXT(list, "v=BIMI1; l=%s%.*s; a=%s%.*s;", l.len < logo.len ? "https:" : "", S(l),
                       a.len < proof.len ? "https:" : "", S(a)));
}

static bool is_https(struct slice text) {
    return !text.len || slice_starts_nocase(text, SLICE("https://"));
}

/* By its name a picture of another kind than SVG. */
static bool is_bitmap(struct slice logo) {
    static const char *const ends[] = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".bmp"};
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        size_t len = strlen(ends[i]);
        if (logo.len > len && slice_equal_nocase(slice_from(logo, logo.len - len), slice_of(ends[i])))
            return true;
    }
    return false;
}

#define FAULT(outcome, result, ...)                                                                          \
    check_add(list, &bimi_check, (outcome), (result), domain, TEXT(list, __VA_ARGS__))

/* draft-brand-indicators-for-message-identification, sections 4.2 and 4.3. */
static void judge_record(struct check_list *list, struct slice domain, struct slice text) {
    struct slice logo = tag_find(text, SLICE("l"));
    struct slice proof = tag_find(text, SLICE("a"));
    bool is_http = slice_starts_nocase(logo, SLICE("http:")) || slice_starts_nocase(proof, SLICE("http:"));
    struct check *c = NULL;
    const char *how = "Correct l= and a=.";
    if (is_http) {
        c = FAULT(CHECK_FAIL, "http",
                  "the BIMI record of %.*s names its logo or certificate by http: only https: is "
                  "allowed, so no logo is shown",
                  S(domain));
        how = "Serve it by https, and name it so.";
    } else if (!is_https(logo) || !is_https(proof))
        c = FAULT(CHECK_FAIL, "no-uri",
                  "the BIMI record of %.*s names its logo or certificate by something else than "
                  "an https address",
                  S(domain));
    else if (!logo.len)
        c = FAULT(CHECK_FAIL, "no-logo", "the BIMI record of %.*s has a certificate (a=), but no logo (l=)",
                  S(domain));
    else if (is_bitmap(logo)) {
        c = FAULT(
            CHECK_FAIL, "no-svg",
            "the logo that the BIMI record of %.*s names is no SVG, and only that is shown (SVG Tiny PS)",
            S(domain));
        how = "Make an SVG of the logo (profile SVG Tiny PS), and name that.";
    }
    if (!c)
        return;
    check_remedy(list, c, slice_of(how));
    if (is_http)
        propose(list, c, domain, logo, proof);
}

/* Nobody shows the logo of a domain whose DMARC leaves a way open
 * (draft-brand-indicators-for-message-identification section 7.3). */
static void judge_policy(struct check_list *list, struct slice domain, const struct dmarc_verdict *dmarc) {
    struct dmarc_record record;
    dmarc_record_parse(dmarc->record, &record);
    const char *open = dmarc->policy == DMARC_NONE       ? "its DMARC policy is none"
                       : record.subdomains == DMARC_NONE ? "its DMARC record leaves subdomains out (sp=none)"
                       : dmarc->policy == DMARC_QUARANTINE && record.percent < 100
                           ? "its DMARC record asks for quarantine of a part only (pct=)"
                           : NULL;
    if (dmarc->found_at.len && open)
        check_remedy(list,
                     FAULT(CHECK_WARNING, "policy",
                           "%.*s publishes a logo (BIMI), but %s: a logo is shown only for domains that ask "
                           "for quarantine or reject of all mail, subdomains and all",
                           S(domain), open),
                     SLICE("Ask for p=quarantine or p=reject first, without sp=none and pct=."));
}

static void audit_bimi(struct check_context *context) {
    struct check_list *list = &context->auth->checks;
    const struct dmarc_verdict *dmarc = &context->auth->dmarc;
    struct slice domain = context->auth->transaction.from_domain;
    struct versioned v = versioned_find(list, &versioned_bimi, domain);
    if (!versioned_is_one(list, &bimi_check, &v, domain))
        return;
    if (!tag_find(v.text, SLICE("l")).len && !tag_find(v.text, SLICE("a")).len) /* it declines */
        return;
    judge_record(list, domain, v.text);
    judge_policy(list, domain, dmarc);
}

const struct check_kind bimi_check = {.id = "bimi", .label = "BIMI", .run = check_bimi, .audit = audit_bimi};
