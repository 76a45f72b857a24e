/* What the customer who sent a mail is told of it (--for customer): what happened, whose turn it is, what to
 * do. The texts are those of rules/readers.yaml and customer_words.def. What strangers wrote is quoted as
 * theirs, and holds no link (outlet.h). */
#ifndef MAILWHY_PRESENT_CUSTOMER_H
#define MAILWHY_PRESENT_CUSTOMER_H

#include "analyze/report/page.h"
#include "analyze/verdict/report.h"

void present_customer(struct page *p, const struct report *r);

/* There is nothing to tell: of a log without a mail that was asked for. */
void present_customer_log(struct page *p);

/* The same of a reply that stands alone. */
void present_customer_reply(struct page *p, const struct verdict *v);

#endif
