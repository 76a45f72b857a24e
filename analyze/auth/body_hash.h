/* Hashes of bodies in canonical form (RFC 6376 sections 3.4.3 and 3.4.4). Line ends are read as CRLF, LF or
 * lone CR, and are CRLF in what is hashed. */
#ifndef MAILWHY_BODY_HASH_H
#define MAILWHY_BODY_HASH_H

#include "parsers/facts.h"

#include <openssl/evp.h>

/* Hash a body, at most `length` bytes of its canonical form (-1: all). `hash` takes EVP_MAX_MD_SIZE bytes.
 * Returns its length; *whole is the length of the canonical body. */
unsigned body_hash(struct slice body, bool is_relaxed, int64_t length, const EVP_MD *digest,
                   unsigned char *hash, size_t *whole);

/* Is it the hash, or the body, that was signed? */
bool hash_is_signed(const struct signature *signature, const unsigned char *hash, unsigned size);
bool body_is_signed(const struct signature *signature, struct slice body);

/* Called with the hash of the canonical body up to the end of each of its last `most` lines; false: stop. */
typedef bool take_line_hash(void *context, struct slice body_so_far, const unsigned char *hash,
                            unsigned size);
void body_hash_each_line(struct slice body, bool is_relaxed, const EVP_MD *digest, size_t most,
                         take_line_hash *take, void *context);

#endif
