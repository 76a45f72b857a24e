/* Reports that receivers send about a domain's mail, for people. */
#ifndef MAILWHY_PRESENT_FEEDBACK_H
#define MAILWHY_PRESENT_FEEDBACK_H

#include "analyze/report/page.h"
#include "analyze/verdict/report.h"
#include "analyze/verdict/sources.h"

void present_feedback(struct page *p, const struct report *r);

/* What was found of a source, for people. */
struct value standing_words(enum standing standing);

/* What to look at of a domain's sources, as steps: the standing with most messages first. */
void present_source_steps(struct page *p, const struct sources *s);

/* What a kind of failure of TLS asks for (RFC 8460 section 4.3); NO_LABEL: the kind alone asks for nothing.
 */
struct value tls_advice(struct page *p, struct slice type, struct slice domain);

#endif
