/* Everything that a receiver would have checked of one delivery, run again on a DNS snapshot. */
#ifndef MAILWHY_AUTH_H
#define MAILWHY_AUTH_H

#include "analyze/auth/check.h"

struct auth {
    struct transaction transaction;
    struct resolver resolver;
    bool has_message; /* DKIM and ARC were verified */
    struct spf_verdict spf;
    struct spf_verdict helo;
    struct dkim_verdict *dkim;
    struct dmarc_verdict dmarc;
    struct arc_verdict arc;
    struct check_list checks;
};

/* What it works with; of one thread. */
struct auth_tools {
    const struct snapshot *snapshot;
    const struct rulebase *rules;
    struct dkim_checker *dkim;
};

/* Begin: auth->resolver may be used from now on. Everything is allocated from `arena`; call auth_close before
 * that is reset. */
void auth_open(struct auth *auth, const struct auth_tools *tools, struct arena *arena);
void auth_close(struct auth *auth);

/* Check a transaction, and the message where there is one (`mail` may be NULL). */
void auth_run(struct auth *auth, const struct transaction *transaction, const struct mail_bytes *mail,
              const struct auth_tools *tools);

/* The keys that a domain publishes under these selectors (NULL: under names that are often used), as checks.
 */
void auth_check_selectors(struct auth *auth, const char *const *selectors, size_t count);

#endif
