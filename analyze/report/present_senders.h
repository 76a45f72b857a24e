/* Who sends in the name of which domain, by many DMARC reports. */
#ifndef MAILWHY_PRESENT_SENDERS_H
#define MAILWHY_PRESENT_SENDERS_H

#include "analyze/report/page.h"
#include "analyze/report/writer.h"
#include "analyze/verdict/sender_sums.h"

/* Nothing where no report was read. `top`: domains, and addresses of each, that are shown. */
void present_senders(struct page *p, const struct sender_sums *sums, size_t top);

/* The member `dmarc` of the JSON; at most `top` addresses of each domain. */
void write_senders(struct writer *w, const struct sender_sums *sums, size_t top);

#endif
