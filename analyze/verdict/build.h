/* From what a message says to verdicts. */
#ifndef MAILWHY_VERDICT_BUILD_H
#define MAILWHY_VERDICT_BUILD_H

#include "analyze/chain/trust.h"
#include "analyze/verdict/report.h"

/* Judge what a message says. Everything is allocated from `arena`. */
void report_build(struct report *report, const struct bounce *bounce, struct matcher *matcher,
                  const struct trust_list *trust, struct arena *arena);

#endif
