/* Public keys for use. */
#ifndef MAILWHY_PUBLIC_KEY_H
#define MAILWHY_PUBLIC_KEY_H

#include "parsers/dns/dkim_key.h"
#include "parsers/facts.h"

#include <glib.h>
#include <openssl/evp.h>

/* NULL: it cannot be read. To be freed with EVP_PKEY_free. */
EVP_PKEY *public_key(const struct dkim_key *key);

/* Is the signature one of `key` over `text`? */
bool signature_holds(EVP_PKEY *key, const struct signature *signature, const GString *text);

#endif
