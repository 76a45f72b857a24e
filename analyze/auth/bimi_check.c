/* Does a domain publish a logo for its mail (BIMI)? */
#include "analyze/auth/bimi_check.h"

#include "analyze/auth/versioned_record.h"
#include "parsers/dns/tags.h"

static void check_bimi(struct check_context *context) {
    struct check_list *list = &context->auth->checks;
    struct slice domain = context->auth->transaction.from_domain;
    struct slice text;
    if (!domain.len)
        return;
    struct dns_answer answer = versioned_record_find(list, "default._bimi", domain, "BIMI1", &text);
    if (text.len)
        check_add(list, &bimi_check, CHECK_PASS, "pass", domain,
                  TEXT(list, "%.*s publishes a logo (BIMI)", S(domain)));
    else if (answer.status == DNS_UNKNOWN)
        check_add(list, &bimi_check, CHECK_UNCHECKED, "unchecked", domain,
                  TEXT(list, "whether %.*s publishes a logo (BIMI) is not known", S(domain)));
}

/* draft-brand-indicators-for-message-identification, sections 4.2 and 4.3. */
static void audit_bimi(struct check_context *context) {
    struct check_list *list = &context->auth->checks;
    const struct dmarc_verdict *dmarc = &context->auth->dmarc;
    struct slice domain = context->auth->transaction.from_domain;
    struct slice text;
    versioned_record_find(list, "default._bimi", domain, "BIMI1", &text);
    struct slice logo = tag_find(text, SLICE("l"));
    struct slice proof = tag_find(text, SLICE("a"));
    if (!text.len || (!logo.len && !proof.len)) /* none, or it declines */
        return;
    if (slice_starts_nocase(logo, SLICE("http:")) || slice_starts_nocase(proof, SLICE("http:")))
        check_remedy(
            list,
            check_add(list, &bimi_check, CHECK_FAIL, "http", domain,
                      TEXT(list,
                           "the BIMI record of %.*s names its logo or certificate by http: only https: is "
                           "allowed, so no logo is shown",
                           S(domain))),
            TEXT(list, "Serve it by https, and name it so at default._bimi.%.*s.", S(domain)));
    else if ((logo.len && !slice_starts_nocase(logo, SLICE("https://"))) ||
             (proof.len && !slice_starts_nocase(proof, SLICE("https://"))))
        check_remedy(
            list,
            check_add(list, &bimi_check, CHECK_FAIL, "no-uri", domain,
                      TEXT(list,
                           "the BIMI record of %.*s names its logo or certificate by something else than "
                           "an https address",
                           S(domain))),
            TEXT(list, "Correct l= and a= at default._bimi.%.*s.", S(domain)));
    if (dmarc->found_at.len && dmarc->policy == DMARC_NONE)
        check_remedy(
            list,
            check_add(list, &bimi_check, CHECK_WARNING, "policy", domain,
                      TEXT(list,
                           "%.*s publishes a logo (BIMI), but its DMARC policy is none: a logo is shown only "
                           "for domains that ask for quarantine or reject",
                           S(domain))),
            SLICE("Ask for p=quarantine or p=reject first."));
}

const struct check_kind bimi_check = {.id = "bimi", .label = "BIMI", .run = check_bimi, .audit = audit_bimi};
