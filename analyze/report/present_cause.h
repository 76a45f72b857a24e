/* What a cause means, and who can fix it. */
#ifndef MAILWHY_PRESENT_CAUSE_H
#define MAILWHY_PRESENT_CAUSE_H

#include "analyze/report/form.h"

extern const struct report_form form_cause; /* struct cause_page */

struct cause_page {
    const struct rulebase *rules;
    const struct cause *cause;
};

/* Who that is, by the id that the rules use. */
struct value fixer_words(const char *id);

/* Its id, title and fixer, within an object. */
void write_cause_heading(struct writer *w, const struct cause *c);

#endif
