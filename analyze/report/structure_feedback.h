/* Reports that receivers send about a domain's mail, as structure; the keys are documented in docs/json.md.
 */
#ifndef MAILWHY_STRUCTURE_FEEDBACK_H
#define MAILWHY_STRUCTURE_FEEDBACK_H

#include "analyze/report/writer.h"
#include "analyze/verdict/report.h"

/* Of a report about one message (RFC 6591) and of what is none: nothing. */
void write_feedback(struct writer *w, const struct report *report);

#endif
