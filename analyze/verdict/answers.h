/* A message that arrived: is it what it claims to be, why was it taken for spam, where did it wait, which way
 * did it come? */
#ifndef MAILWHY_ANSWERS_H
#define MAILWHY_ANSWERS_H

#include "analyze/chain/trust.h"
#include "analyze/verdict/report.h"

/* Fill in report->answers, where the report is on a message that arrived, or on what a receiver sent; after
 * all else was found. */
void report_answer(struct report *report, const struct trust_list *trust, struct arena *arena);

#endif
