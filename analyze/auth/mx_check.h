/* Can a domain get mail? */
#ifndef MAILWHY_MX_CHECK_H
#define MAILWHY_MX_CHECK_H

#include "analyze/auth/check_kind.h"

extern const struct check_kind mx_check;

/* Look up where mail for a domain goes, and whether those hosts have addresses. `role`: whose domain it is,
 * as "the sender's domain". Nothing is added for an empty domain. */
void mx_check_domain(struct check_list *list, struct slice domain, const char *role);

#endif
