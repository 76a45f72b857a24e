/* The DKIM keys of a domain that has not written yet. */
#ifndef MAILWHY_SELECTOR_CHECK_H
#define MAILWHY_SELECTOR_CHECK_H

#include "analyze/auth/context.h"

/* Add the keys that the From domain publishes under these selectors (none: under names that are often used)
 * to auth->checks. */
void auth_check_selectors(struct auth *auth, const char *const *selectors, size_t count);

#endif
