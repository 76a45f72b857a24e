/* Signs messages for tests of verifying: with an Ed25519 key that is always the same, or with RSA keys made
 * for the run. */
#ifndef MAILWHY_TESTS_SIGNER_H
#define MAILWHY_TESTS_SIGNER_H

#include "analyze/auth/body_hash.h"
#include "analyze/auth/canon.h"
#include "analyze/auth/digest.h"
#include "parsers/message/field.h"
#include "parsers/message/signature.h"
#include "tests/analyze/auth/on_zone.h"

#include <openssl/x509.h>

/* `bits` of RSA; 0: Ed25519. To be freed with EVP_PKEY_free. */
static inline EVP_PKEY *signer_key(unsigned bits) {
    static const unsigned char seed[32] = "mailwhy tests, not a secret key";
    return bits ? EVP_RSA_gen(bits) : EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, sizeof seed);
}

static inline struct slice base64_text(struct arena *arena, const unsigned char *bytes, size_t len) {
    g_autofree char *text = g_base64_encode(bytes, len);
    return arena_copy(arena, slice_of(text));
}

/* The record that publishes it: strings of at most 250 bytes, each in quotation marks. */
static inline struct slice signer_record(EVP_PKEY *key, const char *tags, struct arena *arena) {
    unsigned char raw[32];
    unsigned char *der = NULL;
    size_t len = sizeof raw;
    bool is_rsa = EVP_PKEY_get_id(key) == EVP_PKEY_RSA;
    if (is_rsa)
        len = (size_t)i2d_PUBKEY(key, &der);
    else
        EVP_PKEY_get_raw_public_key(key, raw, &len);
    struct slice all = arena_printf(arena, "v=DKIM1; k=%s; %sp=%.*s", is_rsa ? "rsa" : "ed25519", tags,
                                    S(base64_text(arena, is_rsa ? der : raw, len)));
    struct slice text = SLICE_EMPTY;
    OPENSSL_free(der);
    for (size_t at = 0; at < all.len; at += 250)
        text = arena_printf(arena, "%.*s \"%.*s\"", S(text), S(slice_upto(slice_from(all, at), 250)));
    return text;
}

/* The signature of what `text` holds, as base64. */
static inline struct slice sign_text(EVP_PKEY *key, const struct signature *s, const GString *text,
                                     struct arena *arena) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char hash[EVP_MAX_MD_SIZE], signature[1024];
    size_t size = sizeof signature;
    unsigned hash_size;
    if (EVP_PKEY_get_id(key) == EVP_PKEY_ED25519) {
        EVP_Digest(text->str, text->len, hash, &hash_size, digest_of(s), NULL);
        EVP_DigestSignInit(context, NULL, NULL, NULL, key);
        assert_int_equal(EVP_DigestSign(context, signature, &size, hash, hash_size), 1);
    } else {
        EVP_DigestSignInit(context, NULL, digest_of(s), NULL, key);
        assert_int_equal(EVP_DigestSign(context, signature, &size, (unsigned char *)text->str, text->len), 1);
    }
    EVP_MD_CTX_free(context);
    return base64_text(arena, signature, size);
}

/* A field NAME with these tags, bh= and b=, that signs header and body; relaxed too where `is_relaxed`,
 * whatever the tags say. */
static inline struct slice sign_as(EVP_PKEY *key, const char *name, const char *tags, bool is_relaxed,
                                   struct slice header, struct slice body, struct arena *arena) {
    g_autoptr(GString) text = g_string_new(NULL);
    struct header_fields all;
    struct signature s;
    struct field own;
    unsigned char hash[EVP_MAX_MD_SIZE];
    size_t whole;
    signature_parse(slice_of(tags), SIGNATURE_DKIM, arena, &s);
    s.is_relaxed_header |= is_relaxed;
    s.is_relaxed_body |= is_relaxed;
    unsigned size = body_hash(body, s.is_relaxed_body, s.length, digest_of(&s) ? digest_of(&s) : EVP_sha256(),
                              hash, &whole);
    struct slice value = arena_printf(arena, "%s; bh=%.*s; b=", tags, S(base64_text(arena, hash, size)));
    struct slice field = arena_printf(arena, "%s: %.*s\r\n", name, S(value));
    struct slice rest = field;
    field_next(&rest, &own);
    header_split(&all, header, arena);
    canon_header(text, &all, own, &s);
    struct slice b = digest_of(&s) ? sign_text(key, &s, text, arena) : SLICE("YWJj");
    return arena_printf(arena, "%s: %.*s%.*s\r\n", name, S(value), S(b));
}

static inline struct slice sign_message(EVP_PKEY *key, const char *name, const char *tags,
                                        struct slice header, struct slice body, struct arena *arena) {
    return sign_as(key, name, tags, false, header, body, arena);
}

#endif
