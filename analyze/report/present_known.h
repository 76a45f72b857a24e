/* What can be explained, in lists: all of it, or one kind; and a block list. */
#ifndef MAILWHY_PRESENT_KNOWN_H
#define MAILWHY_PRESENT_KNOWN_H

#include "analyze/classify/known.h"
#include "analyze/report/form.h"
#include "parsers/rules/rules.h"

/* All, grouped; as structure, the causes. What is walked: the struct rulebase. */
extern const struct report_form form_all_known;

/* One kind: causes (of a category, or all), topics, providers, block lists. */
extern const struct report_form form_kind; /* struct kind_page */

struct kind_page {
    const struct rulebase *rules;
    enum rule_kind kind;
    const char *category; /* of causes; NULL: all */
};

/* The pages that a word stands for, one line each; as structure, a list like that of a kind. */
extern const struct report_form form_several; /* struct several_page */

struct several_page {
    const struct rulebase *rules;
    struct slice word;
    const struct known_pages *pages;
};

extern const struct report_form form_blocklist; /* struct blocklist */

#endif
