/* Canonicalisation, hashes and signatures of DKIM and ARC (RFC 6376 sections 3.4 and 3.7, RFC 8617): for
 * verifying, and for trying out what change would explain a failure. */
#ifndef MAILWHY_CANON_H
#define MAILWHY_CANON_H

#include "parsers/dns/dkim_key.h"
#include "parsers/message/message.h"

#include <glib.h>
#include <openssl/evp.h>

/* The tags of a DKIM-Signature, ARC-Message-Signature or ARC-Seal that verifying needs. */
struct signed_by {
    struct slice version, query;
    struct slice domain, selector;
    struct slice identity;  /* i=; empty: none given */
    struct slice algorithm; /* rsa-sha256, … */
    struct slice fields;    /* h= */
    struct slice body_hash; /* decoded */
    struct slice signature; /* decoded */
    bool is_relaxed_header, is_relaxed_body;
    bool is_known_algorithm;
    int64_t length;        /* l=; -1: none */
    int64_t time, expires; /* t= x=; -1: none */
    const char *error;     /* why it cannot be verified; NULL: nothing */
};
void signed_by_parse(struct slice value, struct arena *arena, struct signed_by *s);

const EVP_MD *digest_of(const struct signed_by *s); /* NULL: an algorithm that is not known */

/* A header as an array of its fields, in order. */
struct header_fields {
    struct field *fields;
    size_t count;
};
void header_split(struct header_fields *all, struct slice header, struct arena *arena);

/* One field in canonical form, CRLF and all. */
void canon_field(GString *out, struct slice name, struct slice raw, bool is_relaxed);

/* The same of a signature's own field: without the value of b= and without its CRLF. */
void canon_own_field(GString *out, struct field field, bool is_relaxed);

/* What a signature signs of a header: the fields that h= names, from below, once each (RFC 6376
 * section 5.4.2), and its own field. In the place of what `out` held. */
void canon_header(GString *out, const struct header_fields *all, struct field own, const struct signed_by *s);

/* Hash a body, at most `length` bytes of its canonical form (-1: all). `hash` takes EVP_MAX_MD_SIZE bytes.
 * Returns its length; *whole is the length of the canonical body. */
unsigned canon_body_hash(struct slice body, bool is_relaxed, int64_t length, const EVP_MD *digest,
                         unsigned char *hash, size_t *whole);

/* Is it the body that was signed? */
bool hash_is_signed(const struct signed_by *s, const unsigned char *hash, unsigned size);
bool body_is_signed(const struct signed_by *s, struct slice body);

/* Called with the hash of the canonical body up to the end of each of its last `most` lines; false: stop. */
typedef bool canon_line_hash(void *context, struct slice body_so_far, const unsigned char *hash,
                             unsigned size);
void canon_body_each_line(struct slice body, bool is_relaxed, const EVP_MD *digest, size_t most,
                          canon_line_hash *each, void *context);

/* A public key for use; NULL: it cannot be read. To be freed with EVP_PKEY_free. */
EVP_PKEY *public_key(const struct dkim_key *key);

/* Is the signature one of `key` over `text`? */
bool signature_holds(EVP_PKEY *key, const struct signed_by *s, const GString *text);

#endif
