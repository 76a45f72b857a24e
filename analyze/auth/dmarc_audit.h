/* The DMARC record of a domain read for faults (RFC 9989, RFC 9990 section 4). */
#ifndef MAILWHY_DMARC_AUDIT_H
#define MAILWHY_DMARC_AUDIT_H

#include "analyze/auth/context.h"

/* Adds a result of `kind` for each fault, with the record as it should be. `verdict`: what applies to the
 * domain. */
void dmarc_audit_domain(struct check_list *list, const struct check_kind *kind,
                        const struct dmarc_verdict *verdict);

#endif
