/* The client's name, validated: see spf_client_name.h. */
#include "analyze/auth/spf_client_name.h"

#include "parsers/base/host.h"

#include <sys/socket.h>

struct slice spf_client_name(struct spf_run *run, struct slice domain, bool *is_missing) {
    struct dns_answer answer =
        dns_lookup(run->resolver, ip_reverse_name(run->arena, &run->query->ip), DNS_PTR);
    unsigned type = run->query->ip.family == AF_INET6 ? DNS_AAAA : DNS_A;
    struct slice best = SLICE_EMPTY;
    bool is_best_inside = false;
    unsigned names = 0;
    *is_missing = answer.status == DNS_UNKNOWN;
    for (const struct dns_record *r = answer.records; r && names < SPF_MOST_NAMES; r = r->next, names++) {
        struct dns_answer back = dns_lookup(run->resolver, r->host, type);
        *is_missing |= back.status == DNS_UNKNOWN;
        for (const struct dns_record *a = back.records; a; a = a->next) {
            bool is_inside = host_is_within(r->host, domain);
            bool is_same = slice_equal_nocase(r->host, domain);
            if (memcmp(a->ip.bytes, run->query->ip.bytes, sizeof a->ip.bytes) != 0)
                continue;
            if (!best.len || is_same || (is_inside && !is_best_inside)) {
                best = r->host;
                is_best_inside = is_inside;
            }
            if (is_same)
                return best;
        }
    }
    return best;
}
