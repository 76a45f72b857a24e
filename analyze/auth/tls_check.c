/* What a domain asks of the TLS of those who send to it: MTA-STS (RFC 8461), DANE (RFC 7672), and whether it
 * wants reports on it (RFC 8460). */
#include "analyze/auth/tls_check.h"

#include "analyze/auth/mx_hosts.h"
#include "analyze/auth/tls_audit.h"
#include "analyze/auth/versioned_record.h"

static unsigned count_tlsa(struct check_list *list, struct slice domain, bool *is_unknown) {
    struct dns_answer mx = mx_hosts(list->resolver, domain);
    unsigned found = 0;
    unsigned tried = 0;
    *is_unknown = mx.status == DNS_UNKNOWN;
    for (const struct dns_record *r = mx.records; r && tried < MOST_OF_MX_HOSTS; r = r->next, tried++) {
        if (!r->host.len)
            continue;
        struct dns_answer tlsa =
            dns_lookup(list->resolver, TEXT(list, "_25._tcp.%.*s", S(r->host)), DNS_TLSA);
        found += tlsa.status == DNS_FOUND;
        *is_unknown |= tlsa.status == DNS_UNKNOWN;
    }
    return found;
}

static void add_policy(struct check_list *list, struct slice domain, bool has_sts, bool has_dane,
                       const char *reports_words, const struct transaction *s) {
    bool is_broken = s->is_tls_known && !s->is_tls;
    const char *result = has_sts && has_dane ? "mta-sts+dane" : has_sts ? "mta-sts" : "dane";
    const char *hop = !s->is_tls_known ? ""
                      : s->is_tls      ? "; the hop to it used TLS"
                                       : "; but no TLS is noted for the hop to it";
    check_add(list, &tls_check, is_broken ? CHECK_WARNING : CHECK_PASS, result, domain,
              TEXT(list, "%.*s asks senders to use TLS and to check its certificate (%s%s%s)%s%s%s",
                   S(domain), has_sts ? "MTA-STS" : "", has_sts && has_dane ? " and " : "",
                   has_dane ? "DANE: TLSA records, binding only where DNSSEC signs them" : "", reports_words,
                   has_sts ? "; whether it enforces that is in its policy on the web, not in the DNS" : "",
                   hop));
}

static void check_domain(struct auth *auth, struct slice domain) {
    struct check_list *list = &auth->checks;
    struct slice sts, reporting;
    bool is_dane_unknown;
    if (!domain.len)
        return;
    struct dns_answer answer = versioned_record_find(list, &versioned_sts, domain, &sts);
    struct dns_answer reports = versioned_record_find(list, &versioned_tls_reports, domain, &reporting);
    unsigned dane = count_tlsa(list, domain, &is_dane_unknown);
    const char *reports_words = reporting.len ? ", and wants reports on it (TLS-RPT)" : "";
    bool is_unknown = answer.status == DNS_UNKNOWN || reports.status == DNS_UNKNOWN || is_dane_unknown;
    if (sts.len || dane)
        add_policy(list, domain, sts.len > 0, dane > 0, reports_words, &auth->transaction);
    else if (is_unknown || dns_is_failure(answer.status))
        check_add(list, &tls_check, CHECK_UNCHECKED, is_unknown ? "unchecked" : "temperror", domain,
                  TEXT(list, "what %.*s requires of TLS is not known: %s", S(domain),
                       dns_status_words(is_unknown ? DNS_UNKNOWN : answer.status)));
    else
        check_add(list, &tls_check, CHECK_PASS, "none", domain,
                  TEXT(list, "%.*s does not require TLS of senders (no MTA-STS, no DANE)%s", S(domain),
                       reports_words));
}

static void check_tls(struct check_context *context) {
    const struct transaction *s = &context->auth->transaction;
    check_domain(context->auth, s->recipient_domain.len ? s->recipient_domain : s->from_domain);
}

static void audit_tls(struct check_context *context) {
    tls_audit_domain(&context->auth->checks, &tls_check, context->auth->transaction.from_domain);
}

const struct check_kind tls_check = {
    .id = "tls", .label = "TLS", .run = check_tls, .audit = audit_tls, .run_on_recipient = check_domain};
