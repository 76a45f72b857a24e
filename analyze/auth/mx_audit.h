/* The MX records of a domain read for faults (RFC 5321 section 5.1, RFC 2181 section 10.3, RFC 7505). */
#ifndef MAILWHY_MX_AUDIT_H
#define MAILWHY_MX_AUDIT_H

#include "analyze/auth/check.h"
#include "parsers/rules/rules.h"

/* Adds a result of `kind` for each fault. */
void mx_audit_domain(struct check_list *list, const struct check_kind *kind, const struct rulebase *rules,
                     struct slice domain);

#endif
