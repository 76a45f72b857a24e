/* What the second opinion learns from: the examples of rules, and the rows of rules/examples (README.md
 * there says what a row holds). */
#ifndef MAILWHY_LESSONS_H
#define MAILWHY_LESSONS_H

#include "parsers/base/file_errors.h"
#include "parsers/rules/features.h"
#include "parsers/rules/rules.h"

#define LESSON_MOST_CAUSES 4 /* of one text that can be argued */

/* A text and the causes that are right for it. */
struct lesson {
    const char *text;
    const char *causes[LESSON_MOST_CAUSES];
    size_t cause_count;
    bool is_untried;    /* learned from alone: an example of a rule, or a wording that nobody sent */
    int step;           /* how much it counts: what a program may say less than what one said */
    const char *source; /* whose it is: a provider or program, else the rule's id or the source of the row */
    uint64_t words;     /* features_identity */
    size_t feature_count;
    const uint16_t *features;
};

struct lessons {
    struct lesson *list;
    size_t count;
    struct arena arena; /* holds all of it */
};

/* Of all rules of the rulebase and the .tsv files; to be freed with lessons_free. */
void lessons_load(struct lessons *lessons, const struct rulebase *base, const char *const *files,
                  size_t count, struct file_errors *errors);
void lessons_free(struct lessons *lessons);

#endif
