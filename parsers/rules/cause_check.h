/* What a check of analyze/auth means for a reply of a cause: the words of `checked_by` as numbers. A word
 * that is missing, or not known (check.h reports it), is the first one. */
#ifndef MAILWHY_CAUSE_CHECK_H
#define MAILWHY_CAUSE_CHECK_H

#include "parsers/rules/rules.h"

enum check_role {
    CHECK_ALONE,  /* it decides */
    CHECK_ONE_OF, /* the reply is right only where all of these support it */
    CHECK_DETAIL, /* it only tells more of what another decided */
    CHECK_ROLES
};
extern const char *const check_role_words[]; /* NULL at the end */
enum check_role cause_check_role(const struct cause_check *check);

enum check_subject { SUBJECT_ANY, SUBJECT_SENDER, SUBJECT_RECIPIENT, CHECK_SUBJECTS };
extern const char *const check_subject_words[]; /* NULL at the end */
enum check_subject cause_check_subject(const struct cause_check *check);

#endif
