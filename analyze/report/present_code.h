/* A code, by the known replies that bear it; and one rule for replies. */
#ifndef MAILWHY_PRESENT_CODE_H
#define MAILWHY_PRESENT_CODE_H

#include "analyze/classify/bearing.h"
#include "analyze/report/form.h"
#include "analyze/verdict/report.h"

extern const struct report_form form_code; /* struct code_page */
extern const struct report_form form_rule;
extern const struct report_form form_rules;
/* struct rulebase: its rules for replies, each an object */ /* struct rule_page */

struct code_page {
    struct slice code;
    const struct bearing *replies; /* with it, most frequent first */
    const struct verdict *verdict; /* on the most frequent of them; NULL: their causes differ */
};

/* What an enhanced code is registered for, in English (RFC 3463, RFC 5248); NULL: nothing is known. */
const char *code_registered_for(struct slice code);

struct rule_page {
    const struct rulebase *rules;
    const struct reply_rule *rule;
    const struct verdict *verdict; /* on its first example */
};

#endif
