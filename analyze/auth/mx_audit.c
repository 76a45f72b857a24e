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
    const struct rulebase *rules; /* may be NULL */
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

/* Is it a host of a provider that is known? */
static bool is_provider(const struct rulebase *rules, struct slice host) {
    const struct rule_list *all = rules ? &rules->lists[RULES_PROVIDERS] : NULL;
    for (size_t i = 0; all && i < all->count; i++)
        for (const char *const *end = ((const struct provider *)all->items[i])->hosts; end && *end; end++)
            if (**end == '.' && slice_ends_nocase(host, slice_of(*end)))
                return true;
    return false;
}

/* "mail.hoster.example" of "mail.hoster.example.our.example", an MX that has no address: a name without the
 * dot at its end got the domain behind it. Empty: it is something else. */
static struct slice without_domain(struct auditing *a, struct slice host) {
    struct slice shown = dns_name_show(a->list->arena, host);
    struct slice end = TEXT(a->list, ".%.*s", S(a->domain));
    struct slice name = slice_upto(shown, shown.len > end.len ? shown.len - end.len : 0);
    if (!name.len || !slice_ends_nocase(shown, end) || slice_find_char(name, '.') == name.len)
        return SLICE_EMPTY;
    return is_provider(a->rules, name) || host_addresses(a->list->resolver, name).count ? name : SLICE_EMPTY;
}

/* What the mail servers should be, where some of them have no address: told with the result that says so. */
static void propose_living(struct auditing *a, const struct dns_record *first) {
    struct check *told = a->list->first;
    while (told &&
           !(told->kind == a->kind && slice_equal_nocase(told->subject, a->domain) &&
             (slice_is_nocase(told->result, "partly") || slice_is_nocase(told->result, "no-address"))))
        told = told->next;
    for (const struct dns_record *r = first; told && r; r = r->next) {
        bool is_dead = r->host.len && dns_is_none(host_addresses(a->list->resolver, r->host).status);
        struct slice name = is_dead ? without_domain(a, r->host) : dns_name_show(a->list->arena, r->host);
        if (name.len)
            check_propose(a->list, told, a->domain, "MX", TEXT(a->list, "%u %.*s.", r->preference, S(name)));
        if (is_dead && name.len)
            FAULT(a, CHECK_FAIL, "mx-doubled",
                  "the MX of %.*s is %.*s, which has no address: meant is probably %.*s, to which the domain "
                  "was "
                  "appended, for the dot at its end is missing",
                  S(a->domain), S(dns_name_show(a->list->arena, r->host)), S(name));
    }
}

static void judge_null_beside(struct auditing *a, const struct dns_record *first) {
    struct check *c = FAULT(
        a, CHECK_FAIL, "null-mx",
        "%.*s has a null MX (\".\") beside others: it must stand alone (RFC 7505 section 3)", S(a->domain));
    check_remedy(a->list, c, SLICE("Remove the null MX, or the others."));
    for (const struct dns_record *r = first; r; r = r->next)
        if (r->host.len)
            check_propose(
                a->list, c, a->domain, "MX",
                TEXT(a->list, "%u %.*s.", r->preference, S(dns_name_show(a->list->arena, r->host))));
}

void mx_audit_domain(struct check_list *list, const struct check_kind *kind, const struct rulebase *rules,
                     struct slice domain) {
    struct auditing a = {list, kind, rules, domain};
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
    propose_living(&a, answer.records);
    if (has_null && count > 1)
        judge_null_beside(&a, answer.records);
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
