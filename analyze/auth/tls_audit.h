/* What a domain says of TLS to those who send to it, read for faults: MTA-STS (RFC 8461), TLS-RPT (RFC 8460),
 * DANE (RFC 6698, RFC 7672). */
#ifndef MAILWHY_TLS_AUDIT_H
#define MAILWHY_TLS_AUDIT_H

#include "analyze/auth/check.h"

/* Adds a result of `kind` for each fault. */
void tls_audit_domain(struct check_list *list, const struct check_kind *kind, struct slice domain);

#endif
