/* The claims that are believed, held against what was found here. */
#ifndef MAILWHY_CLAIMS_H
#define MAILWHY_CLAIMS_H

#include "analyze/verdict/verification.h"

void report_compare_claims(const struct report *report, struct verification *v, struct arena *arena);

#endif
