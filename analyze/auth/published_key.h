/* Keys of DKIM and ARC as the snapshot holds them. */
#ifndef MAILWHY_PUBLISHED_KEY_H
#define MAILWHY_PUBLISHED_KEY_H

#include "analyze/auth/resolver.h"
#include "parsers/dns/dkim_key.h"
#include "parsers/facts.h"

#define DKIM_LEAST_BITS                                                                                      \
    1024 /* of an RSA key: verifiers must not take shorter ones (RFC 8301 section 3.2)                       \
          */

/* A further usable key at the same name. */
struct other_key {
    struct other_key *next;
    struct slice text;
    struct dkim_key key;
};

struct published_key {
    enum dns_status status;
    struct slice name;  /* SELECTOR._domainkey.DOMAIN */
    struct slice alias; /* what the name is a CNAME of; empty: none */
    struct slice text;  /* the record that counts */
    struct dkim_key key;
    bool is_usable;
    unsigned records;         /* how many there are: more than one is an error */
    struct other_key *others; /* the usable ones behind the one that counts, some of them */
};

/* Look a key up. Of several records the first usable one counts. */
void key_find(struct published_key *published, struct slice selector, struct slice domain,
              struct resolver *resolver);

/* Why a key is not for such a signature (RFC 6376 section 6.1.2; static); NULL: it is. */
const char *key_misfit(const struct dkim_key *key, const struct signature *signature);

#endif
