/* What stands before a name in a reply; whole replies are tried in redact_text_test.c. */
#include "analyze/report/redact_form.h"

#include "tests/table.h"

static void test_before(void **state) {
    static const struct {
        const char *before;
        bool announces_mailbox, announces_subject;
    } rows[] = {{"no such user ", true, false},
                {"account for ", true, false},
                {"mailbox <", true, false},
                {"user) ", false, false},
                {"user", false, false},
                {"the subject: \"", false, true},
                {"", false, false}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        expect_number(rows[i].before, form_is_announced(slice_of(rows[i].before)), rows[i].announces_mailbox);
        expect_number(rows[i].before, form_is_subject(slice_of(rows[i].before)), rows[i].announces_subject);
    }
}

static void test_capital(void **state) {
    (void)state;
    assert_true(form_is_capital(SLICE("Kim")));
    assert_true(form_is_capital(SLICE("KIM")));
    assert_false(form_is_capital(SLICE("kim")));
    assert_false(form_is_capital(SLICE("K")));
    assert_false(form_is_capital(SLICE("KiM")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_before), cmocka_unit_test(test_capital)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
