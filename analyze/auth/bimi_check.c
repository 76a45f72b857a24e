/* Does a domain publish a logo for its mail (BIMI)? */
#include "analyze/auth/bimi_check.h"

#include "analyze/auth/versioned_record.h"

static void check_bimi(struct check_context *context) {
    struct check_list *list = &context->auth->checks;
    struct slice domain = context->auth->transaction.from_domain;
    struct slice text;
    struct dns_answer answer = versioned_record_find(list, "default._bimi", domain, "BIMI1", &text);
    if (text.len)
        check_add(list, &bimi_check, CHECK_PASS, "pass", domain,
                  TEXT(list, "%.*s publishes a logo (BIMI)", S(domain)));
    else if (answer.status == DNS_UNKNOWN)
        check_add(list, &bimi_check, CHECK_UNCHECKED, "unchecked", domain,
                  TEXT(list, "whether %.*s publishes a logo (BIMI) is not known", S(domain)));
}

const struct check_kind bimi_check = {.id = "bimi", .label = "BIMI", .run = check_bimi};
