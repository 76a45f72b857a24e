/* What block lists mean by an answer ("127.0.0.10"). */
#ifndef MAILWHY_PRESENT_ANSWER_H
#define MAILWHY_PRESENT_ANSWER_H

#include "analyze/report/form.h"
#include "parsers/rules/rules.h"

struct answer_page {
    const struct rulebase *rules;
    struct slice answer;
};
extern const struct report_form form_answer; /* struct answer_page */

/* Does any list answer so? */
bool answer_is_known(const struct rulebase *rules, struct slice answer);

#endif
