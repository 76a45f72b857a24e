/* What to do about a refusal, for support. */
#ifndef MAILWHY_PRESENT_ADVICE_H
#define MAILWHY_PRESENT_ADVICE_H

#include "analyze/report/page.h"
#include "analyze/verdict/report.h"

/* Who can fix it, and what to do. */
void present_remedy(struct page *p, const struct verdict *v);

/* The same in a report: steps that stand with its first recipient are not told again, and where a later
 * snapshot shows that the cause is gone, the first one is to send again. */
void present_advice(struct page *p, const struct report *r, const struct verdict *v);

#endif
