/* A provider: its pages for senders, what it asks of them, and what to do there. */
#ifndef MAILWHY_PRESENT_PROVIDER_H
#define MAILWHY_PRESENT_PROVIDER_H

#include "analyze/report/form.h"
#include "parsers/rules/rules.h"

extern const struct report_form form_provider; /* struct provider_page */

struct provider_page {
    const struct rulebase *rules;
    const struct provider *provider;
};

#endif
