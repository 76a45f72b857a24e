/* Rules and second opinion on one reply. The opinion is made by hand: it knows two causes, and each says
 * which one every text has. */
#define _GNU_SOURCE
#include "analyze/classify/joint.h"
#include "tests/analyze/rules.h"

#include <stdlib.h>

#define HINT(name, why, words, ...)                                                                          \
    {                                                                                                        \
        .place = {"rules/test.yaml", 1, 1, true}, .id = name, .cause = why,                                  \
        .text = (const struct rule_pattern[]){{words, sizeof(words) - 1}, {NULL, 0}}, __VA_ARGS__            \
    }

static const struct reply_rule made[] = {
    HINT("full", "recipient.full", "garlic", .level = "phrase"),
    HINT("perhaps-full", "recipient.full", "onion", .level = "hint"),
    HINT("perhaps-unknown", "recipient.unknown", "wolf", .level = "hint"),
    HINT("listed", "recipient.full", "silver", .level = "exact", .names = "list"),
    {.place = {"own.yaml", 1, 1, false},
     .id = "own",
     .cause = "recipient.full",
     .text = (const struct rule_pattern[]){{"moon", 4}, {NULL, 0}}},
    HINT("last", "access.denied", "xyzzy", .level = "bare"),
    {.place = {"rules/test.yaml", 1, 1, true},
     .id = "code",
     .cause = "recipient.unknown",
     .enhanced = (const char *const[]){"5.1.1", NULL}},
};

static const char *const causes[] = {"recipient.full", "recipient.unknown", NULL};

/* Each feature says the same: so much for the first cause, or for the second where it is negative. */
static void make_opinion(struct opinion_model *model, int says) {
    static uint32_t first[FEATURE_BUCKETS + 1];
    static unsigned char weights[2 * FEATURE_BUCKETS];
    for (size_t b = 0; b < FEATURE_BUCKETS; b++) {
        first[b] = (uint32_t)b;
        weights[2 * b] = says < 0;
        weights[2 * b + 1] = (unsigned char)(128 + abs(says));
    }
    first[FEATURE_BUCKETS] = FEATURE_BUCKETS;
    static struct heard_words heard;
    heard = (struct heard_words){features_identity(SLICE("who ate all the onion 12")), 1};
    *model = (struct opinion_model){causes, 2, first, weights, &heard, 1};
}

static const struct {
    const char *text;
    int says;             /* of the opinion: for full, against it for unknown; 0: it is not asked */
    const char *expected; /* cause, rule, confidence, what else it could be */
} rows[] = {
    {"garlic", 100, "recipient.full full certain -"},
    {"garlic", 1,
     "recipient.full full likely recipient.unknown"}, /* the opinion is hardly sure of the same */
    {"garlic", -100, "recipient.full full likely recipient.unknown"}, /* words are doubted, not overruled */
    {"onion", 100, "recipient.full perhaps-full certain -"},
    {"onion", -100, "recipient.full perhaps-full likely recipient.unknown"}, /* no rule supports it */
    {"onion wolf", -100, "recipient.unknown perhaps-unknown likely recipient.full"},
    {"wolf onion", 100, "recipient.full perhaps-full certain -"},
    {"silver", -100, "recipient.full listed certain -"}, /* it names the thing: nobody is asked */
    {"moon", -100, "recipient.full own certain -"},      /* a user's own rule */
    {"sender stars", 100, "recipient.full - likely -"},  /* no rule knows it */
    {"sender stars", 1, "unknown.unclassified - none -"},
    {"stars", 100, "unknown.unclassified - none -"},        /* it says nothing of mail */
    {"stars locked", 100, "unknown.unclassified - none -"}, /* nor does this of any thing of it, */
    {"stars locked not", 100, "recipient.full - likely -"}, /* but behind a code two meanings are enough */
    {"garlic", 0, "recipient.full full certain -"},
    /* the words of an example, which are those of unknown: other numbers are the same words */
    {"who ate all the onion 34", 100, "recipient.unknown - likely recipient.full"},
    {"who ate all the onions 34", 100, "recipient.full perhaps-full certain -"},
};

static const char *const confidences[] = {"none", "guess", "likely", "certain"};

static void judges(const char *text, int code, int says, const int enhanced[3], const char *expected,
                   struct matcher *matcher) {
    struct arena arena = {0};
    struct opinion_model model;
    struct reply reply = {.code = code, .text = slice_of(text)};
    struct situation s = {.reply = &reply};
    memcpy(reply.enhanced, enhanced, sizeof reply.enhanced);
    make_opinion(&model, says);
    matcher_use_opinion(matcher, says ? &model : NULL);
    struct judgement j = classify(matcher, &s, reply.text, &arena);
    judgement_doubt(&j, matcher, &s, &arena);
    expect_text(text,
                arena_printf(&arena, "%s %s %s %s", j.cause->id, j.rule ? j.rule->id : "-",
                             confidences[j.confidence], j.other ? j.other->id : "-"),
                expected);
    arena_free(&arena);
}

static void joins(void **state) {
    const void *items[ROWS(made)];
    struct rulebase base = {0};
    (void)state;
    memcpy(base.lists, builtin_rules.lists, sizeof base.lists);
    for (size_t i = 0; i < ROWS(made); i++)
        items[i] = &made[i];
    base.lists[RULES_REPLIES] = (struct rule_list){items, ROWS(made), NULL};
    struct ruleset *set = ruleset_new(&base);
    struct matcher *matcher = matcher_new(set);
    assert_non_null(matcher_opinion(matcher));
    for (size_t i = 0; i < ROWS(rows); i++)
        judges(rows[i].text, 550, rows[i].says, (const int[3]){0}, rows[i].expected, matcher);
    /* a code that says something else: open words are doubted, others are not */
    judges("onion", 550, 100, (const int[3]){5, 1, 1}, "recipient.full perhaps-full likely -", matcher);
    judges("garlic", 550, 100, (const int[3]){5, 1, 1}, "recipient.full full certain -", matcher);
    /* without a code it must name a thing of mail, and say something of it; of few words one is enough */
    const int none[3] = {0};
    judges("the stars are not locked", 0, 100, none, "unknown.unclassified - none -", matcher);
    judges("the stars are for the sender", 0, 100, none, "unknown.unclassified - none -", matcher);
    judges("the sender of the stars is locked", 0, 100, none, "recipient.full - likely -", matcher);
    judges("stars for senders", 0, 100, none, "recipient.full - likely -", matcher);
    matcher_free(matcher);
    ruleset_free(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(joins)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
