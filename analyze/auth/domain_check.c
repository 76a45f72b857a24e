/* A domain: can it get mail, and what does it ask of the TLS of those who send to it? See check.h. */
#include "analyze/auth/check.h"

#include "parsers/dns/tags.h"

#define MOST_OF_HOSTS 20 /* MX hosts whose addresses are looked up */

/* --- MX --- */

static bool is_null_mx(const struct dns_record *first) {
    return !first->next && first->host.len == 0;
}

static void judge_hosts(struct check_list *list, struct slice domain, const char *role,
                        const struct dns_record *first) {
    enum dns_status status = DNS_NODATA;
    unsigned found = 0;
    unsigned tried = 0;
    struct slice dead = SLICE_EMPTY;
    for (const struct dns_record *r = first; r && tried < MOST_OF_HOSTS; r = r->next, tried++) {
        struct host_addresses all = host_addresses(list->resolver, r->host);
        found += all.count > 0;
        if (!all.count && (dns_is_open(all.status)))
            status = all.status;
        else if (!all.count)
            dead = dns_name_show(list->arena, r->host);
    }
    struct slice best = dns_name_show(list->arena, first->host);
    if (found && !dead.len)
        check_add(list, "mx", CHECK_PASS, "pass", domain,
                  TEXT(list, "%s %.*s has mail servers (%.*s%s)", role, S(domain), S(best),
                       first->next ? ", …" : ""));
    else if (found)
        check_add(list, "mx", CHECK_WARNING, "partly", domain,
                  TEXT(list, "%s %.*s has mail servers, but %.*s among them has no address", role, S(domain),
                       S(dead)));
    else if (status != DNS_NODATA)
        check_add(list, "mx", CHECK_UNCHECKED, "unchecked", domain,
                  TEXT(list, "%s %.*s names %.*s as its mail server; its address is not known: %s", role,
                       S(domain), S(best), dns_status_words(status)));
    else {
        struct check *c = check_add(list, "mx", CHECK_FAIL, "no-address", domain,
                                    TEXT(list, "none of the mail servers of %s %.*s has an address (%.*s)",
                                         role, S(domain), S(dead)));
        check_remedy(list, c,
                     TEXT(list, "The owner of %.*s must give its MX hosts address records.", S(domain)));
    }
}

/* Without MX, the domain's own address counts (RFC 5321 section 5.1). */
static void judge_without_mx(struct check_list *list, struct slice domain, const char *role) {
    struct host_addresses all = host_addresses(list->resolver, domain);
    if (all.count)
        check_add(list, "mx", CHECK_WARNING, "implicit", domain,
                  TEXT(list, "%s %.*s has no MX; its own address counts in its place", role, S(domain)));
    else if (dns_is_open(all.status))
        check_add(list, "mx", CHECK_UNCHECKED, "unchecked", domain,
                  TEXT(list, "%s %.*s has no MX; its own address is not known: %s", role, S(domain),
                       dns_status_words(all.status)));
    else {
        struct check *c = check_add(
            list, "mx", CHECK_FAIL, "none", domain,
            TEXT(list, "%s %.*s has neither an MX nor an address: it can get no mail", role, S(domain)));
        check_remedy(list, c,
                     TEXT(list, "Publish an MX record for %.*s, so that replies and bounces can reach it.",
                          S(domain)));
    }
}

void check_mx(struct check_list *list, struct slice domain, const char *role) {
    if (!domain.len)
        return;
    struct dns_answer answer = dns_lookup(list->resolver, domain, DNS_MX);
    if (answer.status == DNS_FOUND && is_null_mx(answer.records))
        check_add(
            list, "mx", CHECK_FAIL, "null-mx", domain,
            TEXT(list, "%s %.*s says that it takes no mail at all (null MX, RFC 7505)", role, S(domain)));
    else if (answer.status == DNS_FOUND)
        judge_hosts(list, domain, role, answer.records);
    else if (answer.status == DNS_NODATA)
        judge_without_mx(list, domain, role);
    else if (answer.status == DNS_NXDOMAIN)
        check_add(list, "mx", CHECK_FAIL, "nxdomain", domain,
                  TEXT(list, "%s %.*s does not exist", role, S(domain)));
    else
        check_add(list, "mx", CHECK_UNCHECKED, answer.status == DNS_UNKNOWN ? "unchecked" : "temperror",
                  domain,
                  TEXT(list, "the mail servers of %s %.*s are not known: %s", role, S(domain),
                       dns_status_words(answer.status)));
}

/* --- TLS --- */

/* The one record of that version at a name. */
static struct dns_answer find_versioned(struct check_list *list, const char *prefix, struct slice domain,
                                        const char *version, struct slice *text) {
    struct dns_answer answer = dns_lookup(list->resolver, TEXT(list, "%s.%.*s", prefix, S(domain)), DNS_TXT);
    *text = SLICE_EMPTY;
    for (const struct dns_record *r = answer.records; r; r = r->next)
        if (slice_equal(tag_find(r->text, SLICE("v")), slice_of(version)))
            *text = r->text;
    return answer;
}

static unsigned count_tlsa(struct check_list *list, struct slice domain, bool *is_unknown) {
    struct dns_answer mx = dns_lookup(list->resolver, domain, DNS_MX);
    unsigned found = 0;
    unsigned tried = 0;
    *is_unknown = mx.status == DNS_UNKNOWN;
    for (const struct dns_record *r = mx.records; r && tried < MOST_OF_HOSTS; r = r->next, tried++) {
        if (!r->host.len)
            continue;
        struct dns_answer tlsa =
            dns_lookup(list->resolver, TEXT(list, "_25._tcp.%.*s", S(r->host)), DNS_TLSA);
        found += tlsa.status == DNS_FOUND;
        *is_unknown |= tlsa.status == DNS_UNKNOWN;
    }
    return found;
}

static void tell_policy(struct check_list *list, struct slice domain, bool has_sts, bool has_dane,
                        const char *tell, const struct transaction *s) {
    bool is_broken = s->is_tls_known && !s->is_tls;
    const char *result = has_sts && has_dane ? "mta-sts+dane" : has_sts ? "mta-sts" : "dane";
    const char *hop = !s->is_tls_known ? ""
                      : s->is_tls      ? "; the hop to it used TLS"
                                       : "; but for the hop to it no TLS is noted";
    check_add(
        list, "tls", is_broken ? CHECK_WARNING : CHECK_PASS, result, domain,
        TEXT(list, "%.*s asks for TLS with a valid certificate of those who send to it (%s%s%s)%s%s%s",
             S(domain), has_sts ? "MTA-STS" : "", has_sts && has_dane ? " and " : "",
             has_dane ? "DANE: TLSA records, binding only where DNSSEC signs them" : "", tell,
             has_sts ? "; whether it enforces that stands in its policy on the web, not in the DNS" : "",
             hop));
}

void check_tls(struct check_list *list, struct slice domain, const struct transaction *s) {
    struct slice sts, reports;
    bool is_dane_unknown;
    if (!domain.len)
        return;
    struct dns_answer answer = find_versioned(list, "_mta-sts", domain, "STSv1", &sts);
    struct dns_answer reporting = find_versioned(list, "_smtp._tls", domain, "TLSRPTv1", &reports);
    unsigned dane = count_tlsa(list, domain, &is_dane_unknown);
    const char *tell = reports.len ? ", and wants reports on it (TLS-RPT)" : "";
    bool is_unknown = answer.status == DNS_UNKNOWN || reporting.status == DNS_UNKNOWN || is_dane_unknown;
    if (sts.len || dane)
        tell_policy(list, domain, sts.len > 0, dane > 0, tell, s);
    else if (is_unknown || dns_is_failure(answer.status))
        check_add(list, "tls", CHECK_UNCHECKED, is_unknown ? "unchecked" : "temperror", domain,
                  TEXT(list, "what %.*s asks of TLS is not known: %s", S(domain),
                       dns_status_words(is_unknown ? DNS_UNKNOWN : answer.status)));
    else
        check_add(
            list, "tls", CHECK_PASS, "none", domain,
            TEXT(list, "%.*s asks nothing of the TLS of senders (no MTA-STS, no DANE)%s", S(domain), tell));
}

void check_bimi(struct check_list *list, struct slice domain) {
    struct slice text;
    struct dns_answer answer = find_versioned(list, "default._bimi", domain, "BIMI1", &text);
    if (text.len)
        check_add(list, "bimi", CHECK_PASS, "pass", domain,
                  TEXT(list, "%.*s publishes a logo (BIMI)", S(domain)));
    else if (answer.status == DNS_UNKNOWN)
        check_add(list, "bimi", CHECK_UNCHECKED, "unchecked", domain,
                  TEXT(list, "whether %.*s publishes a logo (BIMI) is not known", S(domain)));
}
