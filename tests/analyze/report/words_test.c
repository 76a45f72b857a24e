/* The table of words: nothing is empty, places for values are well formed. */
#include "analyze/report/words.h"

#include "tests/table.h"

static void test_rows(void **state) {
    (void)state;
    expect_text("none", slice_of(words_text(NO_WORDS)), "");
    for (enum words i = NO_WORDS + 1; i < WORDS_COUNT; i++) {
        const char *text = words_text(i);
        assert_true(text[0] != '\0');
        for (const char *p = text; (p = strpbrk(p, "{}")) != NULL;) {
            bool is_place = p[0] == '{' && (p[1] == '}' || (ascii_is_digit(p[1]) && p[2] == '}'));
            bool is_form = p[0] == '{' && p[1] == '?' && p > text && strcspn(p, "|") < strcspn(p, "}");
            expect_number(text, is_place || is_form, true);
            p = strchr(p, '}') + 1;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
