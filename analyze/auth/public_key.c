/* Public keys for use: see public_key.h. */
#include "analyze/auth/public_key.h"

#include "analyze/auth/digest.h"

#include <openssl/x509.h>

EVP_PKEY *public_key(const struct dkim_key *key) {
    const unsigned char *bytes = (const unsigned char *)key->bytes.ptr;
    if (slice_equal_nocase(key->type, SLICE("ed25519")))
        return EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, bytes, key->bytes.len);
    EVP_PKEY *read = d2i_PUBKEY(NULL, &bytes, (long)MIN(key->bytes.len, (size_t)1 << 20));
    if (!read) {
        bytes =
            (const unsigned char *)key->bytes.ptr; /* without its wrapping (RFC 8017), as some publish it */
        read = d2i_PublicKey(EVP_PKEY_RSA, NULL, &bytes, (long)MIN(key->bytes.len, (size_t)1 << 20));
    }
    return read;
}

bool signature_holds(EVP_PKEY *key, const struct signature *s, const GString *text) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    const unsigned char *own = (const unsigned char *)s->bytes.ptr;
    const unsigned char *bytes = (const unsigned char *)text->str;
    size_t len = text->len;
    const EVP_MD *digest = digest_of(s);
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_PKEY_get_id(key) == EVP_PKEY_ED25519) { /* the hash is what is signed (RFC 8463 section 3) */
        EVP_Digest(bytes, len, hash, &size, digest, NULL);
        bytes = hash;
        len = size;
        digest = NULL;
    }
    bool holds = EVP_DigestVerifyInit(context, NULL, digest, NULL, key) == 1 &&
                 EVP_DigestVerify(context, own, s->bytes.len, bytes, len) == 1;
    EVP_MD_CTX_free(context);
    return holds;
}
