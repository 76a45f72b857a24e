/* Words of causes' checks: see cause_check.h. */
#include "parsers/rules/cause_check.h"

#include <glib.h>

const char *const check_role_words[] = {
    [CHECK_ALONE] = "alone", [CHECK_ONE_OF] = "one-of", [CHECK_DETAIL] = "detail", NULL};
_Static_assert(G_N_ELEMENTS(check_role_words) == CHECK_ROLES + 1, "a word for each role");
const char *const check_subject_words[] = {
    [SUBJECT_ANY] = "any", [SUBJECT_SENDER] = "sender", [SUBJECT_RECIPIENT] = "recipient", NULL};
_Static_assert(G_N_ELEMENTS(check_subject_words) == CHECK_SUBJECTS + 1, "a word for each subject");

/* The number of a word, else 0: the default comes first. */
static unsigned number_of(const char *const *words, const char *word) {
    for (unsigned i = 0; word && words[i]; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return 0;
}

enum check_role cause_check_role(const struct cause_check *check) {
    return (enum check_role)number_of(check_role_words, check->role);
}

enum check_subject cause_check_subject(const struct cause_check *check) {
    return (enum check_subject)number_of(check_subject_words, check->subject);
}
