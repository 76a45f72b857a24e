/* SPF (RFC 7208): would this address be allowed to send for that domain, and by what step was it decided? */
#ifndef MAILWHY_SPF_H
#define MAILWHY_SPF_H

#include "analyze/auth/resolver.h"
#include "analyze/auth/spf_verdict.h"

/* Of the envelope sender; for <> of the HELO name (section 2.4). */
void spf_evaluate(const struct spf_query *query, struct resolver *resolver, struct spf_verdict *verdict);

/* The same for the HELO name alone (section 2.3). */
void spf_evaluate_helo(const struct spf_query *query, struct resolver *resolver, struct spf_verdict *verdict);

#endif
