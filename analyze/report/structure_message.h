/* Reports on messages and on bare replies. */
#ifndef MAILWHY_STRUCTURE_MESSAGE_H
#define MAILWHY_STRUCTURE_MESSAGE_H

#include "analyze/report/form.h"

extern const struct report_form form_message; /* struct report */
extern const struct report_form form_reply;   /* struct verdict: on a bare reply */

/* What to do, within an object: remedy, links, what the provider asks, how old that is. */
struct verdict;
void write_verdict_advice(struct writer *w, const struct verdict *v);

#endif
