/* What a cause means, and who can fix it. */
#ifndef MAILWHY_PRESENT_CAUSE_H
#define MAILWHY_PRESENT_CAUSE_H

#include "analyze/report/form.h"

extern const struct report_form form_cause;

/* The list of all causes; what is walked: the struct rulebase. */
extern const struct report_form form_causes; /* struct cause_page */

struct cause_page {
    const struct rulebase *rules;
    const struct cause *cause;
};

/* Who that is, by the id that the rules use. */
struct value fixer_words(const char *id);

#endif
