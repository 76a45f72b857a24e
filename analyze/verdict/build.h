/* From what a message says to verdicts. */
#ifndef MAILWHY_VERDICT_BUILD_H
#define MAILWHY_VERDICT_BUILD_H

#include "analyze/chain/trust.h"
#include "analyze/verdict/report.h"

/* Judge what a message says. Everything is allocated from `arena`. */
void report_build(struct report *report, const struct bounce *bounce, struct matcher *matcher,
                  const struct trust_list *trust, struct arena *arena);

/* The verdict on one bare reply, as `mailwhy reply` gives it. */
void verdict_of_reply(struct verdict *verdict, struct slice text, struct matcher *matcher,
                      struct arena *arena);

/* A report on a text that is no mail: an event of a sending service, a session, an error that a program
 * printed. False: nothing in it is known; `report` is then of KIND_NONE. */
bool report_build_pasted(struct report *report, struct slice text, struct matcher *matcher,
                         struct arena *arena);

#endif
