/* Which of the keys at a name is that of a signature. */
#ifndef MAILWHY_DKIM_KEYS_H
#define MAILWHY_DKIM_KEYS_H

#include "analyze/auth/key_cache.h"
#include "analyze/auth/public_key.h"
#include "analyze/auth/published_key.h"

/* Why the key that was found is not for this signature (static); NULL: it is. */
const char *dkim_wrong_key(const struct published_key *published, const struct signature *signature);

/* Of several keys at a name a verifier may try each (RFC 6376 section 6.1.2). The one behind the first with
 * which the signature over `text` holds, and *published is then that one; NULL: none, and nothing is changed.
 */
EVP_PKEY *dkim_other_key(struct dkim_checker *checker, const struct signature *signature, const GString *text,
                         struct published_key *published);

#endif
