/* Is a bounce about a mail that its addressee sent? */
#ifndef MAILWHY_GENUINE_H
#define MAILWHY_GENUINE_H

#include "analyze/verdict/verification.h"

void report_judge_genuine(const struct report *report, const struct bounce *bounce, struct verification *v,
                          struct arena *arena);

#endif
