/* From a bare text to verdicts. */
#ifndef MAILWHY_BUILD_PASTED_H
#define MAILWHY_BUILD_PASTED_H

#include "analyze/verdict/report.h"
#include "parsers/rules/matcher.h"

/* The verdict on one bare reply, as `mailwhy reply` gives it. */
void verdict_of_reply(struct verdict *verdict, struct slice text, struct matcher *matcher,
                      struct arena *arena);

/* A report on a text that is no mail: an event of a sending service, a session, an error that a program
 * printed. False: nothing in it is known; `report` is then of KIND_NONE. */
bool report_build_pasted(struct report *report, struct slice text, struct matcher *matcher,
                         struct arena *arena);

#endif
