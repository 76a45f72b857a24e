/* Words that no person chose, and those that somebody did. */
#include "analyze/report/redact_token.h"

#include "tests/table.h"

static void test_random(void **state) {
    static const struct {
        const char *word;
        bool expected;
    } rows[] = {{"0123456789abcdef", true},
                {"1MnqWp-1jcqkM3kfN-00jKSR", true},
                {"zgXM4kKhM2qPKdWn0jz8Zg", true},
                {"EXAMPLE-HOSTING12345", false},
                {"NotAuthorizedError", false},
                {"360001-Why-was-my-mail", false},
                {"InternalId=12345678", false},
                {"short1", false},
                {"", false}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].word, token_is_random(slice_of(rows[i].word), 12, 3), rows[i].expected);
}

static void test_hexadecimal(void **state) {
    (void)state;
    assert_true(token_is_hexadecimal(SLICE("08DC123456789ABC")));
    assert_false(token_is_hexadecimal(SLICE("201806281234")));
    assert_false(token_is_hexadecimal(SLICE("AM0PR01MB1234")));
    assert_false(token_is_hexadecimal(SLICE("08DC12")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random), cmocka_unit_test(test_hexadecimal)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
