/* What one's own log says of a bounce, for people. */
#ifndef MAILWHY_PRESENT_CONFIRM_H
#define MAILWHY_PRESENT_CONFIRM_H

#include "analyze/report/page.h"
#include "analyze/verdict/report.h"

/* Nothing where no log was searched. */
void present_confirmations(struct page *p, const struct report *r, const struct verdict *v);

#endif
