/* Checks of a rulebase that its schema cannot say. */
#ifndef MAILWHY_RULES_CHECK_H
#define MAILWHY_RULES_CHECK_H

#include "parsers/base/file_errors.h"
#include "parsers/rules/rules.h"

/* The causes that entries name exist, and words of fixed lists (levels, fixers, kinds, …) are known. What is
 * wrong goes to `errors`. */
void rulebase_check(const struct rulebase *base, struct file_errors *errors);

/* Report that a word of an entry is not known. `expected`: what would be, ending with NULL; or NULL. */
void rule_complain(struct file_errors *errors, const struct rule_place *place, const char *what,
                   const char *word, const char *const *expected);

#endif
