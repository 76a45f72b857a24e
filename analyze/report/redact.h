/* --redact: local parts, subjects and tokens become pseudonyms, the same for the same text. */
#ifndef MAILWHY_REDACT_H
#define MAILWHY_REDACT_H

#include "analyze/report/report.h"

void report_redact(struct report *report, struct arena *arena);

#endif
