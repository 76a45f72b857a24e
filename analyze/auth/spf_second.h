/* libspf2's opinion beside our own: many receivers run it. */
#ifndef MAILWHY_SPF_SECOND_H
#define MAILWHY_SPF_SECOND_H

#include "analyze/auth/resolver.h"
#include "analyze/auth/spf_verdict.h"

/* Ask libspf2, in a process of its own, and hold its answer against the verdict: verdict->second and
 * second_reason. Nothing is asked where a record is missing or wrong. */
void spf_ask_libspf2(const struct spf_query *query, struct resolver *resolver, struct spf_verdict *verdict);

#endif
