/* What one's own log says of a bounce, as structure. */
#ifndef MAILWHY_STRUCTURE_CONFIRM_H
#define MAILWHY_STRUCTURE_CONFIRM_H

#include "analyze/report/writer.h"
#include "analyze/verdict/report.h"

/* Nothing where the logs hold nothing about it. */
void write_confirmations(struct writer *w, const struct verdict *v);

#endif
