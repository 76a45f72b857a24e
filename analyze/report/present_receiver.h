/* What the postmaster of the server that did not take a mail is told (--for receiver): what it takes to find
 * it in their log, what was verified, and what is asked (`ask` of rules/readers.yaml). */
#ifndef MAILWHY_PRESENT_RECEIVER_H
#define MAILWHY_PRESENT_RECEIVER_H

#include "analyze/report/page.h"
#include "analyze/verdict/report.h"

void present_receiver(struct page *p, const struct report *r);

/* The same of a reply that stands alone. */
void present_receiver_reply(struct page *p, const struct verdict *v);

/* There is nothing to ask: of a log without a mail that was asked for. */
void present_receiver_log(struct page *p);

#endif
