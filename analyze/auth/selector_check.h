/* The DKIM keys of a domain that has not written yet. */
#ifndef MAILWHY_SELECTOR_CHECK_H
#define MAILWHY_SELECTOR_CHECK_H

#include "analyze/auth/check_kind.h"

/* Add the keys that the From domain publishes under these selectors (none: under names that are often used)
 * to auth->checks, as results of `kind`, and what is wrong with them (RFC 6376 section 3.6.1, RFC 8301). */
void auth_check_selectors(struct auth *auth, const struct check_kind *kind, const char *const *selectors,
                          size_t count);

#endif
