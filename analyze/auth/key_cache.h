/* Keys that were read, kept for the next message. Of one thread. */
#ifndef MAILWHY_KEY_CACHE_H
#define MAILWHY_KEY_CACHE_H

#include "analyze/auth/published_key.h"

#include <openssl/evp.h>

struct dkim_checker;
struct dkim_checker *dkim_checker_new(void);
void dkim_checker_free(struct dkim_checker *checker);

/* The key for use, owned by the checker; NULL: it cannot be read. */
EVP_PKEY *dkim_checker_key(struct dkim_checker *checker, const struct published_key *published);

#endif
