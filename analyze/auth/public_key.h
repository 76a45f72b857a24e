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

/* Was it made with the private half of this key? The padding of RSA tells that whatever was signed (RFC 8017
 * section 8.2.2); Ed25519 does not. */
enum signer { SIGNER_UNKNOWN, SIGNER_THIS_KEY, SIGNER_OTHER_KEY };
enum signer signature_signer(EVP_PKEY *key, const struct signature *signature);

#endif
