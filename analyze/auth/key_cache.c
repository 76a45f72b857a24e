/* Public keys, read once: reading one takes longer than verifying with it. See
 * key_cache.h. */
#include "analyze/auth/key_cache.h"

#include "analyze/auth/public_key.h"
#include "parsers/base/hash.h"

#define MOST_KEYS 1000 /* kept; then all are forgotten */

struct dkim_checker {
    GHashTable *keys; /* by the text of the record */
};

static void free_key(gpointer key) {
    EVP_PKEY_free(key);
}

struct dkim_checker *dkim_checker_new(void) {
    struct dkim_checker *checker = g_new0(struct dkim_checker, 1);
    checker->keys = g_hash_table_new_full(hash_string, g_str_equal, g_free, free_key);
    return checker;
}

void dkim_checker_free(struct dkim_checker *checker) {
    if (!checker)
        return;
    g_hash_table_destroy(checker->keys);
    g_free(checker);
}

/* By its kind and its bytes, as text. */
static char *name_of(const struct dkim_key *key) {
    g_autofree char *bytes = g_base64_encode((const guchar *)key->bytes.ptr, key->bytes.len);
    return g_strdup_printf("%.*s %s", S(key->type), bytes);
}

EVP_PKEY *dkim_checker_key(struct dkim_checker *checker, const struct published_key *published) {
    g_autofree char *name = name_of(&published->key);
    EVP_PKEY *key = g_hash_table_lookup(checker->keys, name);
    if (key || !(key = public_key(&published->key)))
        return key;
    if (g_hash_table_size(checker->keys) >= MOST_KEYS)
        g_hash_table_remove_all(checker->keys);
    g_hash_table_insert(checker->keys, g_steal_pointer(&name), key);
    return key;
}
