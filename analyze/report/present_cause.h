/* What a cause means, and who can fix it. */
#ifndef MAILWHY_PRESENT_CAUSE_H
#define MAILWHY_PRESENT_CAUSE_H

#include "analyze/report/form.h"
#include "analyze/verdict/report.h"

extern const struct report_form form_cause; /* struct cause_page */

struct cause_page {
    const struct rulebase *rules;
    const struct cause *cause;
};

/* The title of a cause where this server refused what others sent. */
const char *inbound_title(const struct rulebase *rules, const struct cause *cause);

/* Who that is, by the id that the rules use, for a cause. */
struct value fixer_words(const char *id, const struct cause *cause);

/* The same where this server refused it; `id` as in rules/inbound.yaml. */
struct value inbound_fixer_words(const char *id, const struct cause *cause);

/* The same of a verdict: who of us, where that is known. */
struct value fixer_said(struct page *page, const struct verdict *verdict);
struct value stance_name(const struct stance *stance);

/* How sure a verdict is, in a word; that of CONFIDENCE_NONE has none. */
struct value sureness_words(enum confidence confidence);

/* Its id, title and fixer, within an object. */
void write_cause_heading(struct writer *w, const struct cause *c);

#endif
