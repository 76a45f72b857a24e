/* Reports that receivers send about a domain's mail, as structure; the keys are documented in docs/json.md.
 */
#ifndef MAILWHY_STRUCTURE_FEEDBACK_H
#define MAILWHY_STRUCTURE_FEEDBACK_H

#include "analyze/report/writer.h"
#include "parsers/feedback/feedback_facts.h"

void write_feedback(struct writer *w, const struct feedback *feedback);

#endif
