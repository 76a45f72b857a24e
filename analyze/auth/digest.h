/* Hash functions of signatures. */
#ifndef MAILWHY_DIGEST_H
#define MAILWHY_DIGEST_H

#include "parsers/facts.h"

#include <openssl/evp.h>

/* The one that a= names; NULL: an algorithm that is not known. Of static lifetime. */
const EVP_MD *digest_of(const struct signature *signature);

#endif
