#include "parsers/rules/cause_check.h"
#include "tests/table.h"

static void words(void **state) {
    static const struct {
        struct cause_check check;
        enum check_role role;
        enum check_subject subject;
    } rows[] = {
        {{.check = "default"}, CHECK_ALONE, SUBJECT_ANY},
        {{.check = "unknown", .role = "x", .subject = "x"}, CHECK_ALONE, SUBJECT_ANY},
        {{.check = "one of", .role = "one-of", .subject = "sender"}, CHECK_ONE_OF, SUBJECT_SENDER},
        {{.check = "detail", .role = "detail", .subject = "recipient"}, CHECK_DETAIL, SUBJECT_RECIPIENT},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        expect_number(rows[i].check.check, cause_check_role(&rows[i].check), rows[i].role);
        expect_number(rows[i].check.check, cause_check_subject(&rows[i].check), rows[i].subject);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
