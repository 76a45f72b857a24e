/* The other addresses of a server that sends: each needs its reverse DNS and its place in SPF. */
#ifndef MAILWHY_HELO_AUDIT_H
#define MAILWHY_HELO_AUDIT_H

#include "analyze/auth/context.h"

/* Adds a result of `kind` for each address of the server's name (its HELO, else its reverse name) that has
 * none. */
void helo_audit(struct auth *auth, const struct check_kind *kind);

#endif
