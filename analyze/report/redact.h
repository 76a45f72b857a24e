/* --redact: local parts, subjects and tokens become pseudonyms, the same for the same text. */
#ifndef MAILWHY_REDACT_H
#define MAILWHY_REDACT_H

#include "analyze/verdict/report.h"

void report_redact(struct report *report, struct arena *arena);

/* Parts of it. redact_auth.c has the last two. */
void redact_text(struct slice *text, struct arena *arena);
void redact_verification(struct verification *verification, struct arena *arena);
void redact_findings(struct finding *finding, struct arena *arena);

#endif
