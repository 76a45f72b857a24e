/* The DNS as a snapshot knows it. What it does not say is noted, so that it can be asked for. */
#ifndef MAILWHY_RESOLVER_H
#define MAILWHY_RESOLVER_H

#include "parsers/dns/snapshot.h"

#define LIMIT_QUESTIONS 10000 /* noted of one input; those behind them are not */

struct question {
    struct dns_question of; /* first: it is the key */
    struct question *next;
};

struct resolver {
    const struct snapshot *snapshot; /* NULL: nothing is known */
    bool is_disbelieved; /* it holds no record, and denies what exists as long as there is a DNS of the world
                          */
    struct arena *arena;
    struct question *missing, **end;
    size_t missing_count;
    GHashTable *asked; /* the questions, by what they ask */
};

void resolver_init(struct resolver *resolver, const struct snapshot *snapshot, struct arena *arena);
void resolver_close(struct resolver *resolver);

/* What `mailwhy dns capture` asks beside what it needs. */
#define DNS_SURE_NAME SLICE("a.root-servers.net")
#define DNS_SURE_TYPE DNS_A

/* Look a name up, following aliases (a loop of them is SERVFAIL). `name` is as a mail or a record writes it:
 * labels between dots, a last dot or none. What is no name of the DNS, an address in brackets among them, is
 * NXDOMAIN. What does not exist by a snapshot that knows of nothing that exists, and denies the sure name
 * too, is DISBELIEVED. */
struct dns_answer dns_lookup(struct resolver *resolver, struct slice name, unsigned type);

/* Is the name an alias (CNAME)? Of what, into *target. */
bool dns_is_alias(struct resolver *resolver, struct slice name, struct slice *target);

/* Are there none, for sure? */
static inline bool dns_is_none(enum dns_status status) {
    return status == DNS_NODATA || status == DNS_NXDOMAIN;
}
static inline bool dns_is_failure(enum dns_status status) {
    return status == DNS_SERVFAIL || status == DNS_TIMEOUT || status == DNS_DISBELIEVED;
}

/* Is it not known, for whatever reason? */
static inline bool dns_is_open(enum dns_status status) {
    return status == DNS_UNKNOWN || dns_is_failure(status);
}

/* The A and AAAA records of a host, one after the other. */
struct host_addresses {
    struct ip *ips;
    size_t count;
    enum dns_status status; /* FOUND; else why there is none: UNKNOWN or a failure where either has it */
};
struct host_addresses host_addresses(struct resolver *resolver, struct slice host);
bool host_has_address(const struct host_addresses *addresses, const struct ip *ip);

/* "does not exist", "has no such record", "could not be asked (the servers failed)", … */
const char *dns_status_words(enum dns_status status);

#endif
