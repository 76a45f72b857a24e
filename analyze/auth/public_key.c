/* Public keys for use: see public_key.h. */
#include "analyze/auth/public_key.h"

#include "analyze/auth/digest.h"

#include <openssl/rsa.h>
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

enum signer signature_signer(EVP_PKEY *key, const struct signature *s) {
    unsigned char hash[1024]; /* of a key of 8192 bits */
    size_t size = sizeof hash;
    if (EVP_PKEY_get_id(key) != EVP_PKEY_RSA || EVP_PKEY_get_size(key) > (int)sizeof hash)
        return SIGNER_UNKNOWN;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    bool is_ours =
        EVP_PKEY_verify_recover_init(context) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
        EVP_PKEY_verify_recover(context, hash, &size, (const unsigned char *)s->bytes.ptr, s->bytes.len) == 1;
    EVP_PKEY_CTX_free(context);
    return is_ours ? SIGNER_THIS_KEY : SIGNER_OTHER_KEY;
}
