/* Reverse DNS: has the client's address a name that leads back to it (RFC 1912 section 2.1)? */
#include "analyze/auth/ptr_check.h"

#include "parsers/base/address.h"
#include "parsers/base/generic_name.h"
#include "parsers/dns/name.h"

#define MOST_OF_NAMES 10 /* names of one address that are followed */

static struct slice list_names(struct arena *arena, const struct dns_record *first) {
    struct slice text = SLICE_EMPTY;
    unsigned count = 0;
    for (const struct dns_record *r = first; r; r = r->next)
        if (count++ < 3)
            text = arena_printf(arena, "%.*s%s%.*s", S(text), text.len ? ", " : "",
                                S(dns_name_show(arena, r->host)));
    return count > 3 ? arena_printf(arena, "%.*s and %u more", S(text), count - 3) : text;
}

/* The name that the server has in HELO, where that leads back to the address. */
static void propose_name(struct check_list *list, struct check *c, const struct transaction *s) {
    struct host_addresses own = {0};
    if (s->helo.len && !address_is_ip(s->helo))
        own = host_addresses(list->resolver, s->helo);
    if (host_has_address(&own, &s->ip) && !name_is_generic(s->helo, &s->ip))
        check_propose(list, c, ip_reverse_name(list->arena, &s->ip), "PTR", TEXT(list, "%.*s.", S(s->helo)));
}

static void set_generic(struct check_list *list, const struct transaction *s, struct slice name,
                        const char *why) {
    struct slice ip = ip_text(list->arena, &s->ip);
    struct check *c = check_add(
        list, &ptr_check, CHECK_WARNING, "generic", ip,
        TEXT(list, "%.*s has the name %.*s, which resolves back to it; but the name looks generic: %s", S(ip),
             S(name), why));
    check_remedy(list, c,
                 SLICE("Ask the owner of the address block to give it a name of yours, such as "
                       "mail.your-domain, and use "
                       "the same name in HELO."));
    propose_name(list, c, s);
}

/* The first name that leads back decides; none: why the first does not. */
static void judge_names(struct check_list *list, const struct transaction *s,
                        const struct dns_record *first) {
    struct slice ip = ip_text(list->arena, &s->ip);
    enum dns_status status = DNS_NODATA;
    unsigned names = 0;
    for (const struct dns_record *r = first; r && names < MOST_OF_NAMES; r = r->next, names++) {
        struct host_addresses back = host_addresses(list->resolver, r->host);
        struct slice name = dns_name_show(list->arena, r->host);
        const char *why = name_is_generic(r->host, &s->ip);
        if (dns_is_open(back.status))
            status = back.status;
        if (!host_has_address(&back, &s->ip))
            continue;
        if (why)
            set_generic(list, s, name, why);
        else
            check_add(list, &ptr_check, CHECK_PASS, "pass", ip,
                      TEXT(list, "%.*s has the name %.*s, which resolves back to it", S(ip), S(name)));
        return;
    }
    struct slice all = list_names(list->arena, first);
    if (dns_is_open(status)) {
        check_add(list, &ptr_check, CHECK_UNCHECKED, "unchecked", ip,
                  TEXT(list, "%.*s has the name %.*s; whether that resolves back to it is not known: %s",
                       S(ip), S(all), dns_status_words(status)));
        return;
    }
    struct check *c =
        check_add(list, &ptr_check, CHECK_FAIL, "mismatch", ip,
                  TEXT(list, "%.*s has the name %.*s, which does not resolve back to it%s", S(ip), S(all),
                       first && slice_ends_nocase(dns_name_show(list->arena, first->host), SLICE(".arpa"))
                           ? ": the name of the reverse zone was appended, for the dot at its end is missing"
                           : ""));
    check_remedy(list, c,
                 TEXT(list,
                      "Give %.*s an address record (A, or AAAA for IPv6) with %.*s; or have the reverse name "
                      "changed to one that does.",
                      S(all), S(ip)));
    propose_name(list, c, s);
}

static void check_reverse(struct check_context *context) {
    struct check_list *list = &context->auth->checks;
    const struct transaction *s = &context->auth->transaction;
    if (!s->ip.family)
        return;
    struct slice ip = ip_text(list->arena, &s->ip);
    struct dns_answer answer = dns_lookup(list->resolver, ip_reverse_name(list->arena, &s->ip), DNS_PTR);
    if (answer.status == DNS_FOUND) {
        judge_names(list, s, answer.records);
    } else if (dns_is_none(answer.status)) {
        struct check *c = check_add(list, &ptr_check, CHECK_FAIL, "none", ip,
                                    TEXT(list, "%.*s has no reverse DNS (PTR)", S(ip)));
        check_remedy(
            list, c,
            TEXT(list,
                 "Ask the owner of the address block (the hosting provider) to set a PTR record for %.*s "
                 "that names the mail server, and give that name an address record that points back.",
                 S(ip)));
        propose_name(list, c, s);
    } else {
        check_add(
            list, &ptr_check, CHECK_UNCHECKED, answer.status == DNS_UNKNOWN ? "unchecked" : "temperror", ip,
            TEXT(list, "the reverse DNS of %.*s is not known: %s", S(ip), dns_status_words(answer.status)));
    }
}

/* Of several names one that leads back is enough, but a receiver may be given another first. */
static void audit_names(struct check_context *context) {
    struct check_list *list = &context->auth->checks;
    const struct ip *ip = &context->auth->transaction.ip;
    struct dns_answer answer = {0};
    const struct dns_record *stale[MOST_OF_NAMES];
    unsigned names = 0, stale_names = 0;
    if (ip->family)
        answer = dns_lookup(list->resolver, ip_reverse_name(list->arena, ip), DNS_PTR);
    for (const struct dns_record *r = answer.records; r && names < MOST_OF_NAMES; r = r->next, names++) {
        struct host_addresses back = host_addresses(list->resolver, r->host);
        if (!dns_is_open(back.status) && !host_has_address(&back, ip))
            stale[stale_names++] = r;
    }
    if (answer.status != DNS_FOUND || stale_names == names)
        return; /* none leads back: that was told */
    for (unsigned i = 0; i < stale_names; i++) {
        struct slice name = dns_name_show(list->arena, stale[i]->host);
        struct check *c =
            check_add(list, &ptr_check, CHECK_WARNING, "stale-name", name,
                      TEXT(list,
                           "%.*s has %u names, and %.*s does not lead back to it: a receiver that looks "
                           "at this one alone finds no name that is confirmed",
                           S(ip_text(list->arena, ip)), names, S(name)));
        check_remedy(list, c, TEXT(list, "Have the PTR record that names %.*s taken out.", S(name)));
    }
}

const struct check_kind ptr_check = {
    .id = "ptr", .label = "Reverse DNS", .run = check_reverse, .audit = audit_names};
