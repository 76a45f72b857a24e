/* The MX records of a domain read for faults (RFC 5321 section 5.1, RFC 2181 section 10.3, RFC 7505). */
#ifndef MAILWHY_MX_AUDIT_H
#define MAILWHY_MX_AUDIT_H

#include "analyze/auth/check.h"

/* Adds a result of `kind` for each fault. */
void mx_audit_domain(struct check_list *list, const struct check_kind *kind, struct slice domain);

#endif
