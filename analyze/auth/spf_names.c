/* Which addresses the records of a tree name: see spf_names.h. */
#include "analyze/auth/spf_names.h"

#include "analyze/auth/mx_hosts.h"

#include <sys/socket.h>

static bool is_left_out(const struct spf_left_out *left_out, struct slice term) {
    for (size_t i = 0; i < left_out->count; i++)
        if (slice_equal_nocase(left_out->terms[i], term))
            return true;
    return false;
}

/* Was it come to through a term that is left out? */
static bool is_below(const struct spf_node *n, const struct spf_left_out *left_out) {
    while (n->parent && n->parent->parent)
        n = n->parent;
    return n->parent && is_left_out(left_out, n->term->text);
}

static bool host_may_be(struct slice host, const struct spf_term *t, const struct ip *ip,
                        struct resolver *resolver) {
    struct host_addresses all = host_addresses(resolver, host);
    bool is_found = dns_is_open(all.status);
    for (size_t i = 0; i < all.count && !is_found; i++) {
        bool is_six = all.ips[i].family == AF_INET6;
        int prefix = is_six ? t->prefix6 : t->prefix4;
        struct network network = {all.ips[i], prefix < 0 ? (is_six ? 128 : 32) : (unsigned)prefix};
        is_found = network_holds(&network, ip);
    }
    return is_found;
}

static bool mx_may_be(struct slice domain, const struct spf_term *t, const struct ip *ip,
                      struct resolver *resolver) {
    struct dns_answer mx = mx_hosts(resolver, domain);
    unsigned hosts = 0;
    for (const struct dns_record *r = mx.records; mx.status == DNS_FOUND && r && hosts < MOST_OF_MX_HOSTS;
         r = r->next, hosts++)
        if (host_may_be(r->host, t, ip, resolver))
            return true;
    return dns_is_open(mx.status);
}

static bool term_may_name(const struct spf_node *n, const struct spf_term *t, const struct ip *ip,
                          struct resolver *resolver) {
    struct slice target = t->domain.len ? t->domain : n->domain;
    bool is_open = slice_find_char(target, '%') < target.len;
    if (t->kind == SPF_IP4 || t->kind == SPF_IP6)
        return network_holds(&t->network, ip);
    if (t->kind == SPF_A)
        return is_open || host_may_be(target, t, ip, resolver);
    if (t->kind == SPF_MX)
        return is_open || mx_may_be(target, t, ip, resolver);
    return t->kind == SPF_EXISTS;
}

/* A term of the own record that the one that is proposed does not have. */
static bool is_dropped(const struct spf_node *n, const struct spf_term *t,
                       const struct spf_left_out *left_out) {
    return !n->parent && (is_left_out(left_out, t->text) || spf_network_is_huge(t));
}

bool spf_tree_may_name(const struct spf_tree *tree, const struct spf_left_out *left_out, const struct ip *ip,
                       struct resolver *resolver) {
    if (tree->is_cut)
        return true;
    for (const struct spf_node *n = &tree->root; n; n = spf_tree_next(n)) {
        if (is_below(n, left_out))
            continue;
        if (n->state == SPF_NODE_MACRO || n->state == SPF_NODE_OPEN)
            return true;
        for (const struct spf_term *t = n->record.terms; t && n->state == SPF_NODE_READ && t->kind != SPF_ALL;
             t = t->next)
            if (t->qualifier == '+' && !is_dropped(n, t, left_out) && term_may_name(n, t, ip, resolver))
                return true;
    }
    return false;
}
