/* Words of causes' checks: see cause_check.h. */
#include "parsers/rules/cause_check.h"

#include "parsers/rules/words.h"

#include <glib.h>

const char *const check_role_words[] = {
    [CHECK_ALONE] = "alone", [CHECK_ONE_OF] = "one-of", [CHECK_DETAIL] = "detail", NULL};
_Static_assert(G_N_ELEMENTS(check_role_words) == CHECK_ROLES + 1, "a word for each role");
const char *const check_subject_words[] = {
    [SUBJECT_ANY] = "any", [SUBJECT_SENDER] = "sender", [SUBJECT_RECIPIENT] = "recipient", NULL};
_Static_assert(G_N_ELEMENTS(check_subject_words) == CHECK_SUBJECTS + 1, "a word for each subject");

enum check_role cause_check_role(const struct cause_check *check) {
    return (enum check_role)word_number(check_role_words, check->role);
}

enum check_subject cause_check_subject(const struct cause_check *check) {
    return (enum check_subject)word_number(check_subject_words, check->subject);
}
