/* All checks. Adding one is its file, which defines a struct check_kind, and its row in check_kinds.c; where
 * its result says whether a reply is right, rules/causes.yaml names it under `checked_by`. */
#ifndef MAILWHY_CHECK_KINDS_H
#define MAILWHY_CHECK_KINDS_H

#include "analyze/auth/check_kind.h"
#include "parsers/base/file_errors.h"

/* In the order in which a receiver looks, and in which they are run. */
extern const struct check_kind *const check_kinds[];
extern const size_t check_kind_count;

/* By its id; NULL: there is none. */
const struct check_kind *check_kind_find(const char *id);

/* Report the checks that causes name under `checked_by` and that do not exist. */
void check_kinds_verify_rules(const struct rulebase *rules, struct file_errors *errors);

#endif
