/* The hosts that take mail for a domain: see mx_hosts.h. */
#include "analyze/auth/mx_hosts.h"

#define MOST_SORTED 1000 /* records of one answer; the rest are left out */

/* Put a copy of a record behind those that are preferred at least as much. */
static void insert(struct dns_record **first, const struct dns_record *record, struct arena *arena) {
    struct dns_record **at = first;
    while (*at && (*at)->preference <= record->preference)
        at = &(*at)->next;
    struct dns_record *copy = ARENA_NEW(arena, struct dns_record);
    *copy = *record;
    copy->next = *at;
    *at = copy;
}

static bool is_sorted(const struct dns_record *r) {
    while (r && r->next && r->preference <= r->next->preference)
        r = r->next;
    return !r || !r->next;
}

struct dns_answer mx_hosts(struct resolver *resolver, struct slice domain) {
    struct dns_answer answer = dns_lookup(resolver, domain, DNS_MX);
    struct dns_record *sorted = NULL;
    unsigned count = 0;
    if (answer.status != DNS_FOUND || is_sorted(answer.records))
        return answer;
    for (const struct dns_record *r = answer.records; r && count < MOST_SORTED; r = r->next, count++)
        insert(&sorted, r, resolver->arena);
    answer.records = sorted;
    return answer;
}
