/* A topic: a chapter that people look for. */
#ifndef MAILWHY_PRESENT_TOPIC_H
#define MAILWHY_PRESENT_TOPIC_H

#include "analyze/report/form.h"
#include "parsers/rules/matcher.h"

extern const struct report_form form_topic; /* struct topic_page */

struct topic_page {
    const struct rulebase *rules;
    const struct topic *topic;
    const struct matcher *matcher; /* of these rules: it finds what is known of header fields */
};

#endif
