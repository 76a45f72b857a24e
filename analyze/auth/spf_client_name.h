/* The client's name by reverse DNS, as SPF validates it (RFC 7208 section 5.5). */
#ifndef MAILWHY_SPF_CLIENT_NAME_H
#define MAILWHY_SPF_CLIENT_NAME_H

#include "analyze/auth/spf_run.h"

/* The name that leads back to the client, a name of `domain` first; empty: none. *is_missing: the snapshot
 * does not hold all that it takes to tell. */
struct slice spf_client_name(struct spf_run *run, struct slice domain, bool *is_missing);

#endif
