/* DNS block lists that name the client or its domains. */
#ifndef MAILWHY_BLOCKLIST_CHECK_H
#define MAILWHY_BLOCKLIST_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind blocklist_check;

/* Is the list known to tell the name server that was asked nothing, not even of its test entry? Then it says
 * of nobody that he is not listed. */
bool blocklist_is_silent(struct resolver *resolver, const struct blocklist *list);

#endif
