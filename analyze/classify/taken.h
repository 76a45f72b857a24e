/* What a reply of success says of the mail that was taken (rules/taken.yaml). */
#ifndef MAILWHY_TAKEN_H
#define MAILWHY_TAKEN_H

#include "parsers/rules/matcher.h"

/* The first rule, by its place, whose words the reply holds; NULL: none, so that the mail was delivered. */
const struct taken_rule *taken_rule_of(struct matcher *matcher, struct match_text reply);

#endif
