/* DKIM (RFC 6376, RFC 8301, RFC 8463): each signature of a message verified on its own, as of the time at
 * which the message was received. */
#ifndef MAILWHY_DKIM_H
#define MAILWHY_DKIM_H

#include "analyze/auth/canon.h"
#include "analyze/auth/resolver.h"

#define DKIM_LEAST_BITS                                                                                      \
    1024 /* of an RSA key: verifiers must not take shorter ones (RFC 8301 section 3.2)                       \
          */
#define DKIM_MOST_SIGNATURES 20 /* verified of one message: each may cost a pass over its body */

enum dkim_result {
    DKIM_PASS,
    DKIM_FAIL,
    DKIM_NEUTRAL,
    DKIM_POLICY, /* it verifies, but in a way that receivers do not count (RFC 8601 section 2.7.1) */
    DKIM_TEMPERROR,
    DKIM_PERMERROR,
    DKIM_UNCHECKED
};

enum hash_result { HASH_UNCHECKED, HASH_MATCH, HASH_MISMATCH };

/* A message as it went over the wire. */
struct mail_bytes {
    struct slice header, body;
    const char *body_missing_reason; /* why the body is not there; NULL: it is */
};

struct dkim_verdict {
    struct dkim_verdict *next;
    enum dkim_result result;
    struct field field; /* the signature's own */
    const struct signed_by *tags;
    struct slice domain, selector, algorithm; /* d s a */
    unsigned bits;                            /* of the key; 0: not known */
    enum hash_result header_hash, body_hash;
    struct slice reason; /* what was found */
    struct slice likely; /* for a failure: what change would explain it; empty: none that was tried */
    struct slice note;   /* what else to know: testing, a tail behind l=, a short key; may be empty */
};

/* Keys that were read. Of one thread. */
struct dkim_checker;
struct dkim_checker *dkim_checker_new(void);
void dkim_checker_free(struct dkim_checker *checker);

/* Verify all signatures. `time`: when the mail was received, -1 where not known (then nothing is expired).
 * Returns them in the order of their fields. */
struct dkim_verdict *dkim_verify_all(struct dkim_checker *checker, const struct mail_bytes *mail,
                                     int64_t time, struct resolver *resolver);

const char *dkim_result_name(enum dkim_result result);

/* A published key, as the snapshot holds it. */
struct published_key {
    enum dns_status status;
    struct slice name, text;
    struct dkim_key key;
    bool is_usable;
    unsigned records; /* how many there are: more than one is an error */
};
void key_find(struct published_key *published, struct slice selector, struct slice domain,
              struct resolver *resolver);

/* Why a key is not for such a signature (RFC 6376 section 6.1.2); NULL: it is. */
const char *key_misfit(const struct dkim_key *key, const struct signed_by *s);

/* The key for use, owned by the checker; NULL: it cannot be read. */
EVP_PKEY *dkim_checker_key(struct dkim_checker *checker, const struct published_key *published);

/* Is a domain `domain` or below it? */
bool domain_is_within(struct slice name, struct slice domain);

/* dkim_header.c, dkim_body.c: what one change would explain that the hash does not match? Tried, not known:
 * `likely` says so. Empty: none that was tried. */
struct slice dkim_explain_body(const struct mail_bytes *mail, const struct signed_by *s, struct arena *arena);
struct slice dkim_explain_header(const struct mail_bytes *mail, struct field own, const struct signed_by *s,
                                 const struct dkim_key *key, struct arena *arena);

#endif
