/* The SMTP transaction that a report is about: who sent what to whom, as far as the report tells. */
#ifndef MAILWHY_VERDICT_TRANSACTION_H
#define MAILWHY_VERDICT_TRANSACTION_H

#include "analyze/auth/auth.h"
#include "analyze/verdict/report.h"

/* Host names are looked up with `resolver`. */
void transaction_of_report(struct transaction *transaction, const struct report *report,
                           const struct bounce *bounce, struct resolver *resolver);

#endif
