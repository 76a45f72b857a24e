/* Hash functions: see digest.h. */
#include "analyze/auth/digest.h"

#include <glib.h>

/* Fetched once: libcrypto looks an algorithm up at each use otherwise. */
static const EVP_MD *fetched(const char *name, EVP_MD **kept) {
    static GMutex lock;
    g_mutex_lock(&lock);
    if (!*kept)
        *kept = EVP_MD_fetch(NULL, name, NULL);
    g_mutex_unlock(&lock);
    return *kept;
}

const EVP_MD *digest_of(const struct signature *s) {
    static EVP_MD *sha256, *sha1;
    if (slice_ends_nocase(s->algorithm, SLICE("-sha256")))
        return fetched("SHA2-256", &sha256);
    return slice_ends_nocase(s->algorithm, SLICE("-sha1")) ? fetched("SHA1", &sha1) : NULL;
}
