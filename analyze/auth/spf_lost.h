/* SPF records that no receiver reads: written otherwise than they must begin, or at another name. */
#ifndef MAILWHY_SPF_LOST_H
#define MAILWHY_SPF_LOST_H

#include "analyze/auth/resolver.h"

struct spf_lost {
    struct slice text; /* empty: there is none */
    struct slice name; /* where it stands; empty: at the domain itself */
};

/* Among `answer`, the TXT records of the domain, else at _spf.DOMAIN, spf.DOMAIN, www.DOMAIN and
 * DOMAIN.DOMAIN. Terms without a version, those of Sender ID (RFC 4406), lines of zone files and other names
 * count only where the domain has no record. */
struct spf_lost spf_find_lost(struct dns_answer answer, struct slice domain, struct resolver *resolver);

#endif
