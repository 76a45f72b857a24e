/* What a program does with a verdict. */
#ifndef MAILWHY_NEXT_STEP_H
#define MAILWHY_NEXT_STEP_H

#include "analyze/verdict/report.h"

/* suppress: write to this address no more. retry: the same mail may get through later. fix: the sender must
 * change something first. contact: somebody else must. none: nothing is to be done. */
const char *verdict_action(const struct verdict *v);

#endif
