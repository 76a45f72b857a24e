/* What receivers report (DMARC, TLS), held against the DNS of today: was it mended since, and what is still
 * open? */
#ifndef MAILWHY_FEEDBACK_TODAY_H
#define MAILWHY_FEEDBACK_TODAY_H

#include "analyze/auth/check.h"
#include "parsers/feedback/feedback_facts.h"

/* Sources and keys of a report, and domains; those with most messages first. */
#define FEEDBACK_MOST_HELD 30

/* Adds a check for each source that does not pass (SPF of the domain for its address, with its confirmed
 * reverse name), for each key of the domain itself whose signatures failed, and for the policy where it is
 * another one today; of a TLS report what is wrong with the records of its domains. */
void feedback_hold(struct check_list *list, const struct feedback *feedback);

#endif
