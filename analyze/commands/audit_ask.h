/* The audit that the options ask for: what `audit` and the `dns` commands share. */
#ifndef MAILWHY_AUDIT_ASK_H
#define MAILWHY_AUDIT_ASK_H

#include "analyze/commands/options.h"

/* Where a server is named and no domain, the user's own are audited. To be called before audit_check_options.
 */
void audit_take_own(struct options *options);

/* Do the options name a domain and a server? Returns an exit status, and says what is missing. */
int audit_check_options(const struct options *options);

/* What they ask for; it points into the options. */
struct mailwhy_audit audit_asked(const struct options *options);

#endif
