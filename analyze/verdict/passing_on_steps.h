/* What is to be done where a mail was passed on: its sender's records are not to be changed for it, and the
 * address that failed is none that its author wrote. */
#ifndef MAILWHY_PASSING_ON_STEPS_H
#define MAILWHY_PASSING_ON_STEPS_H

#include "analyze/verdict/report.h"

/* Ends with NULL; NULL: what is known of the cause holds. */
const char *const *steps_behind_passing_on(const struct verdict *verdict);

#endif
