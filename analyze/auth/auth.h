/* Everything that a receiver would have checked of one delivery, run again on a DNS snapshot. */
#ifndef MAILWHY_AUTH_H
#define MAILWHY_AUTH_H

#include "analyze/auth/context.h"

/* Begin: auth->resolver may be used from now on. Everything is allocated from `arena`; call auth_close before
 * that is reset. */
void auth_open(struct auth *auth, const struct auth_tools *tools, struct arena *arena);
void auth_close(struct auth *auth);

/* Run all checks of check_kinds.h on a transaction, and on the message where there is one (`mail` may be
 * NULL). */
void auth_run(struct auth *auth, const struct transaction *transaction, const struct mail_bytes *mail,
              const struct auth_tools *tools);

/* The same of a domain and its server before a mail is sent, and what is wrong with their records
 * (check_kind.audit). `selectors` of its DKIM keys: none, and those that signers often use are tried. */
void auth_audit(struct auth *auth, const struct transaction *transaction, const struct auth_tools *tools,
                const char *const *selectors, size_t selector_count);

#endif
