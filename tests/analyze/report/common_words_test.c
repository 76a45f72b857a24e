/* Words that are no names: of the rules, of our sentences, and roles. */
#include "analyze/report/common_words.h"

#include "tests/table.h"

static void test_rows(void **state) {
    static const struct {
        const char *word;
        bool expected;
    } rows[] = {{"mailbox", true}, {"Unknown", true},   {"postmaster", true}, {"recipient", true},
                {"info", true},    {"permanent", true}, {"signature", true},  {"alignment", true},
                {"bob", false},    {"miller", false},   {"kimble", false},    {"", false}};
    (void)state;
    struct common_words *words = common_words_new(&builtin_rules);
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].word, common_words_hold(words, slice_of(rows[i].word)), rows[i].expected);
    common_words_free(words);
}

static void test_roles_alone(void **state) {
    (void)state;
    assert_true(common_words_hold(NULL, SLICE("Postmaster")));
    assert_true(common_words_are_role(SLICE("delist")));
    assert_true(common_words_are_role(SLICE("abuse-team")));
    assert_false(common_words_are_role(SLICE("abuse.miller")));
    assert_false(common_words_are_role(SLICE("unknown")));
    assert_false(common_words_are_role(SLICE("")));
    assert_false(common_words_hold(NULL, SLICE("greylisted")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_roles_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
