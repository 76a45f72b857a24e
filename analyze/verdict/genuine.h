/* Is a bounce about a mail that its addressee sent? */
#ifndef MAILWHY_GENUINE_H
#define MAILWHY_GENUINE_H

#include "analyze/verdict/verification.h"

/* Under which the answer is told beside the checks; it is no row of check_kinds.h, for it has no subject to
 * look up. */
extern const struct check_kind genuine_check;

void report_judge_genuine(const struct report *report, const struct bounce *bounce, struct verification *v,
                          struct arena *arena);

#endif
