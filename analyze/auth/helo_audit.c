/* The other addresses of a server: see helo_audit.h. */
#include "analyze/auth/helo_audit.h"

#include "analyze/auth/spf.h"
#include "parsers/base/address.h"

#include <sys/socket.h>

#define MOST_ADDRESSES 10 /* of one server */

static struct slice name_of_server(struct auth *auth) {
    const struct transaction *s = &auth->transaction;
    if (address_is_host(s->helo))
        return s->helo;
    struct dns_answer ptr =
        dns_lookup(&auth->resolver, ip_reverse_name(auth->resolver.arena, &s->ip), DNS_PTR);
    return ptr.status == DNS_FOUND ? ptr.records->host : SLICE_EMPTY;
}

static void judge_reverse(struct auth *auth, const struct check_kind *kind, struct slice name,
                          const struct ip *ip) {
    struct check_list *list = &auth->checks;
    struct slice text = ip_text(list->arena, ip);
    struct dns_answer ptr = dns_lookup(list->resolver, ip_reverse_name(list->arena, ip), DNS_PTR);
    if (!dns_is_none(ptr.status))
        return;
    const char *family = ip->family == AF_INET6 ? "IPv6" : "IPv4";
    struct check *c =
        check_add(list, kind, CHECK_WARNING, "no-ptr", text,
                  TEXT(list,
                       "the server %.*s also has the %s address %.*s, which has no reverse DNS (PTR): mail "
                       "that leaves by it is refused by Gmail and others",
                       S(name), family, S(text)));
    check_remedy(list, c,
                 TEXT(list,
                      "Have a PTR record set for %.*s that names %.*s, or let the server not send by %s.",
                      S(text), S(name), family));
}

static void judge_spf(struct auth *auth, const struct check_kind *kind, struct slice name,
                      const struct ip *ip) {
    const struct transaction *s = &auth->transaction;
    struct check_list *list = &auth->checks;
    struct spf_query query = {.ip = *ip, .helo = s->helo, .sender = s->sender, .time = s->time};
    struct spf_verdict spf;
    struct slice text = ip_text(list->arena, ip);
    if (auth->spf.result != SPF_VERDICT_PASS)
        return;
    spf_evaluate(&query, list->resolver, &spf);
    if (spf.result != SPF_VERDICT_FAIL && spf.result != SPF_VERDICT_SOFTFAIL &&
        spf.result != SPF_VERDICT_NEUTRAL)
        return;
    struct check *c =
        check_add(list, kind, CHECK_WARNING, "spf", text,
                  TEXT(list, "the server %.*s also has the address %.*s, from which SPF of %.*s is %s",
                       S(name), S(text), S(spf.domain), spf_result_name(spf.result)));
    check_remedy(list, c,
                 TEXT(list, "Add %s:%.*s to the SPF record of %.*s, or let the server not send by it.",
                      ip->family == AF_INET6 ? "ip6" : "ip4", S(text), S(spf.domain)));
}

void helo_audit(struct auth *auth, const struct check_kind *kind) {
    const struct transaction *s = &auth->transaction;
    struct slice name = name_of_server(auth);
    if (!name.len || !s->ip.family)
        return;
    struct host_addresses all = host_addresses(&auth->resolver, name);
    if (!host_has_address(&all, &s->ip)) /* it is not this server's name */
        return;
    for (size_t i = 0; i < all.count && i < MOST_ADDRESSES; i++) {
        if (ip_is_same(&all.ips[i], &s->ip) || ip_is_internal(&all.ips[i]))
            continue;
        judge_reverse(auth, kind, name, &all.ips[i]);
        judge_spf(auth, kind, name, &all.ips[i]);
    }
}
