/* The SPF record of a domain, and all that it leads to, read for faults (RFC 7208; RFC 9989 section 7.1). */
#ifndef MAILWHY_SPF_AUDIT_H
#define MAILWHY_SPF_AUDIT_H

#include "analyze/auth/check.h"

/* Adds a result of `kind` for each fault, with the record as it should be. */
void spf_audit_domain(struct check_list *list, const struct check_kind *kind, struct slice domain);

#endif
