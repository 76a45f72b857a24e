/* The audit of a domain that the options name: what `audit` and the `dns` commands share. */
#ifndef MAILWHY_AUDIT_RUN_H
#define MAILWHY_AUDIT_RUN_H

#include "analyze/commands/options.h"
#include "analyze/report/audit.h"

/* Where a server is named and no domain, the user's own are audited. To be called before audit_check_options.
 */
void audit_take_own(struct options *options);

/* Do the options name a domain and a server? Returns an exit status, and says what is missing. */
int audit_check_options(const struct options *options);

/* Run all checks, and again on a later snapshot where `after` is not NULL. To be closed with audit_close. */
void audit_run(struct audit *audit, const struct options *options, const char *domain,
               const struct auth_tools *tools, const struct auth_tools *after, struct arena *arena);
void audit_close(struct audit *audit);

#endif
