/* Look-ups in a snapshot: see resolver.h. */
#include "analyze/auth/resolver.h"
#include "parsers/dns/name.h"

#define MOST_OF_ADDRESSES 1000 /* read of one host */

void resolver_init(struct resolver *r, const struct snapshot *snapshot, struct arena *arena) {
    *r = (struct resolver){.snapshot = snapshot, .arena = arena};
    r->asked = g_hash_table_new(dns_question_hash, dns_question_equal);
    r->is_disbelieved = snapshot && snapshot_denies(snapshot, DNS_SURE_NAME, DNS_SURE_TYPE) &&
                        !snapshot_has_records(snapshot);
    r->end = &r->missing;
}

void resolver_close(struct resolver *r) {
    if (r->asked)
        g_hash_table_destroy(r->asked);
    r->asked = NULL;
}

static void note_missing(struct resolver *r, struct slice name, unsigned type) {
    struct dns_question key = {name, type};
    if (r->missing_count >= LIMIT_QUESTIONS || g_hash_table_contains(r->asked, &key))
        return;
    struct question *q = ARENA_NEW(r->arena, struct question);
    q->of = (struct dns_question){arena_copy(r->arena, name), type};
    g_hash_table_add(r->asked, q);
    *r->end = q;
    r->end = &q->next;
    r->missing_count++;
}

struct dns_answer dns_lookup(struct resolver *r, struct slice raw, unsigned type) {
    struct slice name;
    raw = dns_name_to_ascii(raw, r->arena);
    if (!raw.len || raw.ptr[0] == '[' || !dns_name_of(raw, r->arena, &name))
        return (struct dns_answer){DNS_NXDOMAIN, NULL};
    for (int i = 0; i < DNS_MOST_ALIASES; i++) {
        struct dns_answer answer = {DNS_UNKNOWN, NULL};
        if (r->snapshot)
            answer = snapshot_find(r->snapshot, name, type);
        if (answer.status == DNS_UNKNOWN)
            note_missing(r, name, type);
        if (dns_is_none(answer.status) && r->is_disbelieved)
            answer.status = DNS_DISBELIEVED;
        if (answer.status != DNS_FOUND || answer.records->type == type)
            return answer;
        name = answer.records->host;
    }
    return (struct dns_answer){DNS_SERVFAIL, NULL};
}

bool dns_is_alias(struct resolver *r, struct slice raw, struct slice *target) {
    struct slice name;
    if (!r->snapshot || !dns_name_of(dns_name_to_ascii(raw, r->arena), r->arena, &name))
        return false;
    struct dns_answer answer = snapshot_find(r->snapshot, name, DNS_CNAME);
    if (answer.status != DNS_FOUND)
        return false;
    *target = answer.records->host;
    return true;
}

static void take_addresses(struct host_addresses *all, const struct dns_record *record) {
    for (; record && all->count < MOST_OF_ADDRESSES; record = record->next)
        all->ips[all->count++] = record->ip;
}

static size_t count_records(const struct dns_record *record) {
    size_t count = 0;
    for (; record; record = record->next)
        count++;
    return count;
}

struct host_addresses host_addresses(struct resolver *r, struct slice host) {
    struct dns_answer four = dns_lookup(r, host, DNS_A);
    struct dns_answer six = dns_lookup(r, host, DNS_AAAA);
    struct host_addresses all = {0};
    size_t count = count_records(four.records) + count_records(six.records);
    all.ips = arena_alloc(r->arena, MIN(count, MOST_OF_ADDRESSES) * sizeof(struct ip));
    take_addresses(&all, four.records);
    take_addresses(&all, six.records);
    if (all.count)
        all.status = DNS_FOUND;
    else if (four.status == DNS_UNKNOWN || six.status == DNS_UNKNOWN)
        all.status = DNS_UNKNOWN;
    else
        all.status = dns_is_failure(four.status) ? four.status : six.status;
    return all;
}

bool host_has_address(const struct host_addresses *all, const struct ip *ip) {
    for (size_t i = 0; i < all->count; i++)
        if (ip_is_same(&all->ips[i], ip))
            return true;
    return false;
}

const char *dns_status_words(enum dns_status status) {
    static const char *const words[] = {[DNS_UNKNOWN] = "the snapshot does not say",
                                        [DNS_FOUND] = "found",
                                        [DNS_NODATA] = "there is no such record",
                                        [DNS_NXDOMAIN] = "there is no such name",
                                        [DNS_SERVFAIL] = "its name servers failed",
                                        [DNS_TIMEOUT] = "no name server answered",
                                        [DNS_DISBELIEVED] =
                                            "the name server that was asked says that nothing exists"};
    return words[status];
}
