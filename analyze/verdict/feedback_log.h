/* A DMARC aggregate report held against one's own logs (--log): how many mails of its domain did these
 * deliver to its writer in its time, and how many does it count? */
#ifndef MAILWHY_FEEDBACK_LOG_H
#define MAILWHY_FEEDBACK_LOG_H

#include "analyze/chain/trust.h"
#include "analyze/deliveries/sent_mails.h"
#include "analyze/verdict/report.h"
#include "parsers/rules/matcher.h"

/* Fills report->feedback_log. Which hosts are its writer's is known by its name and address, where these are
 * of the provider or of the organisation of the host that took the mail. `own`: hosts of --trust. */
void feedback_hold_logs(struct report *report, const struct sent_mails *sent, const struct trust_list *own,
                        const struct matcher *matcher, struct arena *arena);

#endif
