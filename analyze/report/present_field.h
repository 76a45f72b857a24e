/* What is known of a header field: its values, each with what it means. */
#ifndef MAILWHY_PRESENT_FIELD_H
#define MAILWHY_PRESENT_FIELD_H

#include "analyze/report/form.h"
#include "analyze/report/page.h"
#include "parsers/rules/matcher.h"

struct field_page {
    const struct rulebase *rules;
    struct slice name;
    const struct header_rule *const *known; /* its rules, up to NULL: matcher_header_rules */
};

extern const struct report_form form_field; /* struct field_page */

/* The same under a heading of its own, in another page or structure. */
void section_of_field(struct page *p, const struct field_page *field);
void write_field(struct writer *w, const struct field_page *field);

#endif
