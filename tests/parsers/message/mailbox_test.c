#include "parsers/message/mailbox.h"
#include "tests/table.h"

static void recognises(void **state) {
    static const struct {
        const char *input;
        bool expected;
    } rows[] = {
        {"From bob@example.org Thu Apr 29 23:34:45 2017\nSubject: x\n\n", true},
        {"From: bob@example.org\n", false},
        {"From bob\n", false},
        {"from bob@example.org Thu Apr 29 23:34:45 2017\n", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].input, is_mbox(slice_of(rows[i].input)), rows[i].expected);
}

static void splits(void **state) {
    static const char mbox[] = "From a@x Thu Apr 29 23:34:45 2017\nSubject: 1\n\nFrom the start\n\n"
                               "From b@x Thu Apr 29 23:34:46 2017\nSubject: 2\n\nbody\n\n"
                               "From c@x Thu Apr 29 23:34:47 2017\nSubject: 3\n";
    static const struct {
        const char *text;
        unsigned line;
    } expected[] = {
        {"Subject: 1\n\nFrom the start\n\n", 2}, {"Subject: 2\n\nbody\n\n", 7}, {"Subject: 3\n", 12}};
    struct slice rest = slice_of(mbox);
    struct slice message;
    unsigned line = 1;
    unsigned first;
    (void)state;
    for (size_t i = 0; i < ROWS(expected); i++) {
        expect_number("another message", mbox_next(&rest, &line, &message, &first), 1);
        expect_text("message", message, expected[i].text);
        expect_number("first line", first, expected[i].line);
    }
    expect_number("no more", mbox_next(&rest, &line, &message, &first), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(recognises), cmocka_unit_test(splits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
