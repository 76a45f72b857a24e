/* Rules and second opinion weighed: how sure, and which of the two leads. */
#include "analyze/classify/doubt.h"
#include "tests/table.h"

static void weighs_agreement(void **state) {
    static const struct {
        const char *what;
        enum ground ground;
        bool code;
        struct firmness firm;
        enum confidence expected;
    } rows[] = {
        {"words, far ahead", GROUND_WORDS, false, {2000, 0, 0}, CONFIDENCE_CERTAIN},
        {"words, clearly ahead", GROUND_WORDS, false, {610, 0, 0}, CONFIDENCE_CERTAIN},
        {"words, ahead", GROUND_WORDS, false, {410, 0, 0}, CONFIDENCE_CERTAIN},
        {"words, some ahead", GROUND_WORDS, false, {390, 0, 0}, CONFIDENCE_LIKELY},
        {"words, some ahead, and a half", GROUND_WORDS, false, {110, 1, 1}, CONFIDENCE_CERTAIN},
        {"words, hardly ahead, and both halves", GROUND_WORDS, false, {90, 2, 2}, CONFIDENCE_LIKELY},
        {"proven words, hardly ahead", GROUND_PROVEN, false, {10, 0, 0}, CONFIDENCE_CERTAIN},
        {"words, hardly ahead", GROUND_WORDS, false, {10, 0, 0}, CONFIDENCE_LIKELY},
        {"long exact words, hardly ahead", GROUND_LONG, false, {10, 0, 0}, CONFIDENCE_CERTAIN},
        {"words and code, hardly ahead", GROUND_WORDS, true, {10, 0, 0}, CONFIDENCE_CERTAIN},
        {"few exact words, hardly ahead", GROUND_EXACT, false, {10, 0, 0}, CONFIDENCE_LIKELY},
        {"few exact words, hardly ahead, and both halves",
         GROUND_EXACT,
         false,
         {10, 2, 2},
         CONFIDENCE_LIKELY},
        {"few exact words and code, hardly ahead", GROUND_EXACT, true, {10, 0, 0}, CONFIDENCE_CERTAIN},
        {"open words, far ahead", GROUND_OPEN, false, {2000, 0, 0}, CONFIDENCE_CERTAIN},
        {"open words, some ahead", GROUND_OPEN, false, {210, 0, 0}, CONFIDENCE_LIKELY},
        {"open words, some ahead, and a half", GROUND_OPEN, false, {210, 1, 1}, CONFIDENCE_CERTAIN},
        {"words near each other, a little ahead", GROUND_NEAR, false, {110, 0, 0}, CONFIDENCE_LIKELY},
        {"words near each other, ahead", GROUND_NEAR, false, {410, 0, 0}, CONFIDENCE_LIKELY},
        {"words near each other, ahead, and a half", GROUND_NEAR, false, {410, 1, 1}, CONFIDENCE_CERTAIN},
        {"words near each other, far ahead", GROUND_NEAR, false, {2000, 0, 0}, CONFIDENCE_CERTAIN},
        {"open words, hardly ahead", GROUND_OPEN, false, {10, 0, 0}, CONFIDENCE_LIKELY},
        {"open words and code, hardly ahead", GROUND_OPEN, true, {10, 0, 0}, CONFIDENCE_LIKELY},
        {"open words and code, ahead", GROUND_OPEN, true, {210, 0, 0}, CONFIDENCE_CERTAIN},
        {"the code alone, a little ahead", GROUND_CODE, true, {300, 0, 0}, CONFIDENCE_GUESS},
        {"the code alone, ahead", GROUND_CODE, true, {500, 1, 1}, CONFIDENCE_LIKELY},
        {"the code alone, ahead, and both halves", GROUND_CODE, true, {500, 2, 2}, CONFIDENCE_CERTAIN},
        {"the code alone, far ahead", GROUND_CODE, false, {700, 0, 0}, CONFIDENCE_CERTAIN},
        {"a lead below nothing", GROUND_EXACT, false, {-5, 0, 0}, CONFIDENCE_LIKELY},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct weighing w = doubt_confirmed(rows[i].ground, rows[i].code, rows[i].firm);
        expect_number(rows[i].what, w.confidence, rows[i].expected);
        assert_int_equal(w.doubt, DOUBT_AGREES);
        assert_in_range(w.score, 1, 100);
    }
}

static void weighs_difference(void **state) {
    static const struct {
        const char *what;
        enum ground ground;
        bool support, may_lead;
        struct firmness firm;
        enum doubt doubt;
        enum confidence confidence;
    } rows[] = {
        {"no rule, hardly ahead", GROUND_NONE, false, true, {10, 0, 0}, DOUBT_DIFFERS, CONFIDENCE_GUESS},
        {"no rule, ahead", GROUND_NONE, false, true, {300, 0, 0}, DOUBT_LEADS, CONFIDENCE_GUESS},
        {"no rule, far ahead", GROUND_NONE, false, true, {2000, 2, 0}, DOUBT_LEADS, CONFIDENCE_LIKELY},
        {"a code, hardly ahead", GROUND_CODE, false, true, {10, 0, 0}, DOUBT_DIFFERS, CONFIDENCE_GUESS},
        {"a code, ahead", GROUND_CODE, false, true, {220, 0, 0}, DOUBT_LEADS, CONFIDENCE_GUESS},
        {"words near each other, ahead",
         GROUND_NEAR,
         false,
         true,
         {220, 0, 0},
         DOUBT_LEADS,
         CONFIDENCE_LIKELY},
        {"words near each other, hardly ahead",
         GROUND_NEAR,
         false,
         true,
         {10, 0, 0},
         DOUBT_DIFFERS,
         CONFIDENCE_LIKELY},
        {"a code, clearly ahead", GROUND_CODE, false, true, {450, 2, 0}, DOUBT_LEADS, CONFIDENCE_LIKELY},
        {"a code, more than that", GROUND_CODE, false, true, {650, 1, 0}, DOUBT_LEADS, CONFIDENCE_LIKELY},
        {"a code, and both halves", GROUND_CODE, false, true, {650, 2, 0}, DOUBT_LEADS, CONFIDENCE_CERTAIN},
        {"a code, far ahead", GROUND_CODE, false, true, {2000, 0, 0}, DOUBT_LEADS, CONFIDENCE_CERTAIN},
        {"open words, no support", GROUND_OPEN, false, true, {2000, 2, 0}, DOUBT_DIFFERS, CONFIDENCE_LIKELY},
        {"open words, support", GROUND_OPEN, true, true, {2000, 1, 0}, DOUBT_LEADS, CONFIDENCE_LIKELY},
        {"open words, support, both halves",
         GROUND_OPEN,
         true,
         true,
         {410, 2, 0},
         DOUBT_LEADS,
         CONFIDENCE_CERTAIN},
        {"open words, support, may not",
         GROUND_OPEN,
         true,
         false,
         {2000, 2, 0},
         DOUBT_DIFFERS,
         CONFIDENCE_LIKELY},
        {"words are not overruled", GROUND_WORDS, true, true, {500, 2, 0}, DOUBT_DIFFERS, CONFIDENCE_LIKELY},
        {"but by one that is quite sure and has support",
         GROUND_WORDS,
         true,
         true,
         {2000, 1, 0},
         DOUBT_LEADS,
         CONFIDENCE_LIKELY},
        {"and whose halves agree", GROUND_WORDS, true, true, {2000, 2, 0}, DOUBT_LEADS, CONFIDENCE_CERTAIN},
        {"not without support", GROUND_WORDS, false, true, {2000, 2, 0}, DOUBT_DIFFERS, CONFIDENCE_LIKELY},
        {"nor is what is exact", GROUND_EXACT, true, true, {2000, 2, 0}, DOUBT_DIFFERS, CONFIDENCE_LIKELY},
        {"proven words, hardly behind",
         GROUND_PROVEN,
         false,
         true,
         {10, 0, 0},
         DOUBT_DIFFERS,
         CONFIDENCE_LIKELY},
        {"proven words, which a half says too",
         GROUND_PROVEN,
         false,
         true,
         {390, 0, 1},
         DOUBT_DIFFERS,
         CONFIDENCE_CERTAIN},
        {"but are clearly behind", GROUND_PROVEN, false, true, {410, 0, 1}, DOUBT_DIFFERS, CONFIDENCE_LIKELY},
        {"or behind what a rule knows too",
         GROUND_PROVEN,
         true,
         true,
         {210, 0, 1},
         DOUBT_DIFFERS,
         CONFIDENCE_LIKELY},
        {"words, which a half says too",
         GROUND_WORDS,
         false,
         true,
         {10, 0, 1},
         DOUBT_DIFFERS,
         CONFIDENCE_LIKELY},
        {"long exact words, hardly behind",
         GROUND_LONG,
         true,
         true,
         {10, 0, 0},
         DOUBT_DIFFERS,
         CONFIDENCE_LIKELY},
        {"long exact words, which a half says too",
         GROUND_LONG,
         false,
         true,
         {10, 1, 1},
         DOUBT_DIFFERS,
         CONFIDENCE_CERTAIN},
        {"long exact words, far behind, which are the second",
         GROUND_LONG,
         true,
         true,
         {2000, 2, 1},
         DOUBT_DIFFERS,
         CONFIDENCE_CERTAIN},
        {"long exact words, far behind",
         GROUND_LONG,
         true,
         true,
         {2000, 0, 0},
         DOUBT_DIFFERS,
         CONFIDENCE_LIKELY},
        {"what is named stays certain",
         GROUND_NAMED,
         true,
         true,
         {2000, 2, 0},
         DOUBT_DIFFERS,
         CONFIDENCE_CERTAIN},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct weighing w = doubt_opposed(rows[i].ground, rows[i].support, rows[i].may_lead, rows[i].firm);
        expect_number(rows[i].what, w.doubt, rows[i].doubt);
        expect_number(rows[i].what, w.confidence, rows[i].confidence);
        assert_true(w.score + w.other_score <= 100);
    }
}

static void asks_for_support(void **state) {
    static const struct {
        const char *what;
        enum ground ground;
        bool may_lead;
        struct firmness firm;
        bool expected;
    } rows[] = {
        {"words, hardly behind", GROUND_WORDS, true, {10, 0, 0}, false},
        {"words, far behind", GROUND_WORDS, true, {2000, 0, 0}, true},
        {"words, far behind, that keep the verdict", GROUND_WORDS, false, {2000, 0, 0}, false},
        {"proven words, hardly behind", GROUND_PROVEN, true, {10, 0, 0}, false},
        {"proven words, clearly behind", GROUND_PROVEN, true, {210, 0, 0}, false},
        {"proven words, which a half says too", GROUND_PROVEN, true, {210, 0, 1}, true},
        {"long exact words, which a half says too", GROUND_LONG, true, {210, 0, 1}, false},
        {"what is named", GROUND_NAMED, true, {10, 0, 0}, false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].what, doubt_hangs_on_support(rows[i].ground, rows[i].may_lead, rows[i].firm),
                      rows[i].expected);
}

static const struct rule_pattern words[] = {{"x", 1}, {NULL, 0}};

static void knows_grounds(void **state) {
    static const char *const list[] = {"list", "zen.spamhaus.org", NULL};
    static const char *const codes[] = {"5.1.1", NULL};
    static const struct {
        struct reply_rule rule;
        size_t matched;
        enum ground expected;
    } rows[] = {
        {{.id = "phrase", .text = words}, 15, GROUND_WORDS},
        {{.id = "hint", .text = words, .level = "hint"}, 15, GROUND_OPEN},
        {{.id = "proven", .text = words, .proven = "yes"}, 15, GROUND_PROVEN},
        {{.id = "proven, exact", .text = words, .level = "exact", .proven = "yes"}, 15, GROUND_PROVEN},
        {{.id = "proven, hint", .text = words, .level = "hint", .proven = "yes"}, 15, GROUND_OPEN},
        {{.id = "near", .text = words, .level = "near"}, 15, GROUND_NEAR},
        {{.id = "bare", .text = words, .level = "bare"}, 15, GROUND_CODE},
        {{.id = "exact", .text = words, .level = "exact"}, 15, GROUND_EXACT},
        {{.id = "exact, long", .text = words, .level = "exact"}, 16, GROUND_LONG},
        {{.id = "exact list", .text = words, .level = "exact", .set = list}, 15, GROUND_NAMED},
        {{.id = "one's own", .text = words, .level = "exact", .written_by = "gmail"}, 15, GROUND_NAMED},
        {{.id = "phrase list", .text = words, .set = list}, 15, GROUND_WORDS},
        {{.id = "says so", .text = words, .names = "code"}, 15, GROUND_NAMED},
        {{.id = "code", .enhanced = codes}, 0, GROUND_CODE},
        {{.id = "tells nothing", .cause = "unknown.unclassified", .text = words, .names = "program"},
         90,
         GROUND_OPEN},
    };
    (void)state;
    assert_int_equal(ground_of(NULL, 0), GROUND_NONE);
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct reply_rule rule = rows[i].rule;
        rule.cause = rule.cause ? rule.cause : "recipient.full";
        expect_number(rule.id, ground_of(&rule, rows[i].matched), rows[i].expected);
    }
}

static void knows_support(void **state) {
    const struct reply_rule phrase = {.text = words};
    const struct reply_rule hint = {.text = words, .level = "hint"};
    const struct reply_rule near = {.text = words, .level = "near"};
    (void)state;
    assert_true(doubt_is_support(&near, &hint));
    assert_true(doubt_is_support(&phrase, &near));
    assert_true(doubt_is_support(&near, NULL));
    assert_false(doubt_is_support(&near, &phrase));
    assert_false(doubt_is_support(NULL, &near));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weighs_agreement), cmocka_unit_test(weighs_difference),
        cmocka_unit_test(asks_for_support), cmocka_unit_test(knows_grounds),
        cmocka_unit_test(knows_support),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
