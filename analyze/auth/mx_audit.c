/* Faults of MX records: see mx_audit.h. */
#include "analyze/auth/mx_audit.h"

#include "analyze/auth/alias_audit.h"
#include "analyze/auth/mx_hosts.h"
#include "parsers/base/address.h"
#include "parsers/base/organisation.h"
#include "parsers/dns/name.h"

struct auditing {
    struct check_list *list;
    const struct check_kind *kind;
    struct slice domain;
};

#define FAULT(a, outcome, result, ...)                                                                       \
    check_add((a)->list, (a)->kind, (outcome), (result), (a)->domain, TEXT((a)->list, __VA_ARGS__))

/* Can anybody outside reach one of its addresses, or is none known? Then NULL. */
static struct check *judge_addresses(struct auditing *a, struct slice host) {
    struct host_addresses all = host_addresses(a->list->resolver, host);
    for (size_t i = 0; i < all.count; i++)
        if (!ip_is_internal(&all.ips[i]))
            return NULL;
    if (!all.count)
        return NULL;
    return FAULT(a, CHECK_FAIL, "mx-private", "the MX of %.*s (%.*s) has only private addresses (%.*s): %s",
                 S(a->domain), S(dns_name_show(a->list->arena, host)),
                 S(ip_text(a->list->arena, &all.ips[0])),
                 ip_is_loopback(&all.ips[0]) ? "a sender that goes there finds itself"
                                             : "nobody outside of its network can reach it");
}

static void judge_host(struct auditing *a, const struct dns_record *r) {
    struct slice host = dns_name_show(a->list->arena, r->host);
    struct slice target = SLICE_EMPTY;
    struct check *c = NULL;
    if (address_is_ip(host))
        c = FAULT(a, CHECK_FAIL, "mx-address",
                  "the MX of %.*s is an address (%.*s), and must be the name of a host: most servers cannot "
                  "deliver to it "
                  "(RFC 1035 section 3.3.9)",
                  S(a->domain), S(host));
    else if (slice_find_char(host, '_') < host.len)
        c = FAULT(
            a, CHECK_WARNING, "mx-underscore",
            "the MX of %.*s (%.*s) has an underscore in its name, which is not allowed in the name of a "
            "host: "
            "some servers do not deliver to it, and no public certificate can name it (RFC 1123 section "
            "2.1)",
            S(a->domain), S(host));
    else if (host_is_internal(r->host))
        c = FAULT(a, CHECK_FAIL, "mx-internal",
                  "the MX of %.*s is %.*s, a name that means nothing outside of its network", S(a->domain),
                  S(host));
    else if (dns_is_alias(a->list->resolver, r->host, &target))
        c = FAULT(a, CHECK_FAIL, "mx-alias",
                  "the MX of %.*s (%.*s) is an alias (CNAME) of %.*s, which is not allowed: some servers "
                  "refuse the domain "
                  "(RFC 2181 section 10.3, RFC 5321 section 5.1)",
                  S(a->domain), S(host), S(dns_name_show(a->list->arena, target)));
    else
        c = judge_addresses(a, r->host);
    if (c)
        check_remedy(a->list, c,
                     TEXT(a->list,
                          "Let the MX of %.*s be a host name that has address records of its own (A, AAAA).",
                          S(a->domain)));
    if (c && target.len)
        check_propose(a->list, c, a->domain, "MX",
                      TEXT(a->list, "%u %.*s.", r->preference, S(dns_name_show(a->list->arena, target))));
}

void mx_audit_domain(struct check_list *list, const struct check_kind *kind, struct slice domain) {
    struct auditing a = {list, kind, domain};
    unsigned count = 0;
    bool has_null = false;
    if (!domain.len)
        return;
    alias_audit(list, kind, domain, domain);
    struct dns_answer answer = mx_hosts(list->resolver, domain);
    if (answer.status != DNS_FOUND)
        return;
    for (const struct dns_record *r = answer.records; r && count < MOST_OF_MX_HOSTS; r = r->next, count++) {
        has_null |= r->host.len == 0;
        if (r->host.len)
            judge_host(&a, r);
    }
    if (has_null && count > 1)
        check_remedy(
            list,
            FAULT(&a, CHECK_FAIL, "null-mx",
                  "%.*s has a null MX (\".\") beside others: it must stand alone (RFC 7505 section 3)",
                  S(domain)),
            SLICE("Remove the null MX, or the others."));
    else if (has_null)
        check_remedy(
            list,
            FAULT(&a, CHECK_FAIL, "null-mx",
                  "%.*s says by a null MX that it takes no mail: receivers refuse mail from it, for nobody "
                  "could "
                  "answer (RFC 7505 section 4.2)",
                  S(domain)),
            TEXT(list, "Publish an MX that takes replies and bounces, or send from another domain."));
}
