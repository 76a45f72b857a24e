/* The SPF record of a domain, and all that it leads to, read for faults (RFC 7208; RFC 9989 section 7.1). */
#ifndef MAILWHY_SPF_AUDIT_H
#define MAILWHY_SPF_AUDIT_H

#include "analyze/auth/check.h"
#include "analyze/auth/spf_verdict.h"
#include "parsers/rules/rules.h"

/* Adds a result of `kind` for each fault, with the record as it should be: with the address `ip` too, where
 * `verdict` says that it is not among those of the record. */
void spf_audit_domain(struct check_list *list, const struct check_kind *kind, const struct rulebase *rules,
                      struct slice domain, const struct spf_verdict *verdict, const struct ip *ip);

#endif
