/* A bounce held against one's own log. */
#ifndef MAILWHY_CONFIRM_H
#define MAILWHY_CONFIRM_H

#include "analyze/deliveries/search.h"
#include "analyze/verdict/report.h"

/* Hold the verdicts against the stories that logs tell of the same mail. */
void report_confirm(struct report *report, const struct log_search *search, struct arena *arena);

#endif
