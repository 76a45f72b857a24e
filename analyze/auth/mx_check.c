/* Can a domain get mail: see mx_check.h. */
#include "analyze/auth/mx_check.h"

#include "analyze/auth/mx_audit.h"
#include "analyze/auth/mx_hosts.h"
#include "parsers/base/address.h"
#include "parsers/base/host.h"
#include "parsers/dns/name.h"

static bool is_null_mx(const struct dns_record *first) {
    return !first->next && first->host.len == 0;
}

static void judge_hosts(struct check_list *list, struct slice domain, const char *role,
                        const struct dns_record *first) {
    enum dns_status status = DNS_NODATA;
    unsigned found = 0;
    unsigned tried = 0;
    struct slice dead = SLICE_EMPTY;
    for (const struct dns_record *r = first; r && tried < MOST_OF_MX_HOSTS; r = r->next, tried++) {
        struct host_addresses all = host_addresses(list->resolver, r->host);
        found += all.count > 0;
        if (!all.count && (dns_is_open(all.status)))
            status = all.status;
        else if (!all.count)
            dead = dns_name_show(list->arena, r->host);
    }
    struct slice best = dns_name_show(list->arena, first->host);
    if (found && !dead.len)
        check_add(list, &mx_check, CHECK_PASS, "pass", domain,
                  TEXT(list, "%s %.*s has mail servers (%.*s%s)", role, S(domain), S(best),
                       first->next ? ", …" : ""));
    else if (found)
        check_add(list, &mx_check, CHECK_WARNING, "partly", domain,
                  TEXT(list, "%s %.*s has mail servers, but %.*s among them has no address", role, S(domain),
                       S(dead)));
    else if (status != DNS_NODATA)
        check_add(list, &mx_check, CHECK_UNCHECKED, "unchecked", domain,
                  TEXT(list, "%s %.*s names %.*s as its mail server; its address is not known: %s", role,
                       S(domain), S(best), dns_status_words(status)));
    else {
        struct check *c = check_add(list, &mx_check, CHECK_FAIL, "no-address", domain,
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
        check_add(list, &mx_check, CHECK_WARNING, "implicit", domain,
                  TEXT(list, "%s %.*s has no MX; its own address is used instead", role, S(domain)));
    else if (dns_is_open(all.status))
        check_add(list, &mx_check, CHECK_UNCHECKED, "unchecked", domain,
                  TEXT(list, "%s %.*s has no MX; its own address is not known: %s", role, S(domain),
                       dns_status_words(all.status)));
    else {
        struct check *c = check_add(
            list, &mx_check, CHECK_FAIL, "none", domain,
            TEXT(list, "%s %.*s has neither an MX nor an address: it cannot receive mail", role, S(domain)));
        check_remedy(list, c,
                     TEXT(list, "Publish an MX record for %.*s, so that replies and bounces can reach it.",
                          S(domain)));
    }
}

static void say_missing(struct check_list *list, struct slice domain, const char *role) {
    struct check *c = check_add(list, &mx_check, CHECK_FAIL, CHECK_NO_DOMAIN, domain,
                                TEXT(list, "%s %.*s does not exist", role, S(domain)));
    check_remedy(
        list, c,
        TEXT(list,
             "The DNS knows no domain %.*s: look for a typing error, and whether it is registered still. "
             "Nothing else about it can be mended before that.",
             S(domain)));
}

void mx_check_domain(struct check_list *list, struct slice domain, const char *role) {
    if (!domain.len || host_is_literal(domain))
        return;
    struct dns_answer answer = mx_hosts(list->resolver, domain);
    if (answer.status == DNS_FOUND && is_null_mx(answer.records))
        check_add(
            list, &mx_check, CHECK_FAIL, "null-mx", domain,
            TEXT(list, "%s %.*s says that it accepts no mail at all (null MX, RFC 7505)", role, S(domain)));
    else if (answer.status == DNS_FOUND)
        judge_hosts(list, domain, role, answer.records);
    else if (answer.status == DNS_NODATA)
        judge_without_mx(list, domain, role);
    else if (answer.status == DNS_NXDOMAIN)
        say_missing(list, domain, role);
    else
        check_add(list, &mx_check, CHECK_UNCHECKED, answer.status == DNS_UNKNOWN ? "unchecked" : "temperror",
                  domain,
                  TEXT(list, "the mail servers of %s %.*s are not known: %s", role, S(domain),
                       dns_status_words(answer.status)));
}

static void check_mx(struct check_context *context) {
    const struct transaction *s = &context->auth->transaction;
    struct check_list *list = &context->auth->checks;
    struct slice sender = address_domain(s->sender);
    mx_check_domain(list, sender, "the sender's domain");
    if (!slice_equal_nocase(sender, s->from_domain))
        mx_check_domain(list, s->from_domain, "the domain");
    if (!slice_equal_nocase(s->recipient_domain, s->from_domain) &&
        !slice_equal_nocase(s->recipient_domain, sender))
        mx_check_domain(list, s->recipient_domain, "the recipient's domain");
}

static void check_mx_of_recipient(struct auth *auth, struct slice domain) {
    mx_check_domain(&auth->checks, domain, "the recipient's domain");
}

static void audit_mx(struct check_context *context) {
    const struct transaction *s = &context->auth->transaction;
    struct slice sender = address_domain(s->sender);
    mx_audit_domain(&context->auth->checks, &mx_check, context->tools->rules, s->from_domain);
    if (!slice_equal_nocase(sender, s->from_domain))
        mx_audit_domain(&context->auth->checks, &mx_check, context->tools->rules, sender);
}

const struct check_kind mx_check = {
    .id = "mx", .label = "MX", .run = check_mx, .audit = audit_mx, .run_on_recipient = check_mx_of_recipient};
