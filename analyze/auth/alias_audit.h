/* Names that are an alias (CNAME) and have other records all the same. */
#ifndef MAILWHY_ALIAS_AUDIT_H
#define MAILWHY_ALIAS_AUDIT_H

#include "analyze/auth/check.h"

/* Adds a result of `kind` where TXT, MX or address records stand beside an alias, which is not allowed (RFC
 * 1034 section 3.6.2, RFC 2181 section 10.1): who asks for one of them gets the alias, or what the server
 * likes. */
void alias_audit(struct check_list *list, const struct check_kind *kind, struct slice subject,
                 struct slice name);

#endif
