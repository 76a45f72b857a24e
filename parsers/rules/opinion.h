/* The second opinion: a linear model that learned from examples which cause a reply has. It cannot say why;
 * it is for doubting what the rules say (analyze/classify). Trained when mailwhy is built (train.h), it is a
 * table of small integers, and says the same on every machine. */
#ifndef MAILWHY_OPINION_H
#define MAILWHY_OPINION_H

#include "parsers/rules/features.h"

#define LIMIT_OPINION_CAUSES 96

/* The words of an example (features_identity) and its cause's place: sorted by them. */
struct heard_words {
    uint64_t words;
    unsigned char cause;
};

struct opinion_model {
    const char *const *causes; /* their ids, sorted */
    size_t cause_count;
    const uint32_t *first; /* FEATURE_BUCKETS + 1: which weights are each feature's */
    const unsigned char
        *weights; /* of each two bytes: the cause, and what the feature says for it, plus 128 */
    const struct heard_words *heard;
    size_t heard_count;
};

extern const struct opinion_model builtin_opinion; /* made by the generator; there without causes */

/* Scores are sums of weights per feature, times OPINION_UNIT: replies of different length can be compared. */
#define OPINION_UNIT 128
/* Of two leads alike per feature, that of the longer reply is less often chance: a lead is the difference of
 * the sums by the square root of the features' number, times LEAD_UNIT. */
#define LEAD_UNIT 16

/* Its halves: codes, words and meanings; runs of characters. Each alone is nearly as often right as both, and
 * errs elsewhere. */
#define OPINION_HALVES 2

struct opinion {
    const char *cause, *second;         /* NULL: the model knows no causes, or the text has no words */
    const char *halves[OPINION_HALVES]; /* what each alone says; NULL: nothing for any cause */
    int score, second_score;
    int lead;          /* of the first before the second */
    const char *heard; /* the cause of an example with the very same words; NULL: there is none */
    struct wording wording;
};

/* Fills `scores`, one for each cause of the model, if given; `scores` may be NULL. */
struct opinion opinion_of(const struct opinion_model *model, int code, const int enhanced[3],
                          struct slice folded, int scores[LIMIT_OPINION_CAUSES]);

/* The place of a cause in the model; cause_count where it has none. */
size_t opinion_cause(const struct opinion_model *model, const char *id);

#endif
