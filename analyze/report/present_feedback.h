/* Reports that receivers send about a domain's mail, for people. */
#ifndef MAILWHY_PRESENT_FEEDBACK_H
#define MAILWHY_PRESENT_FEEDBACK_H

#include "analyze/report/page.h"
#include "analyze/verdict/report.h"

void present_feedback(struct page *p, const struct report *r);

#endif
