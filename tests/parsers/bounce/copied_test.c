/* Where the report ends and the message begins that it returns. */
#include "parsers/bounce/copied.h"
#include "tests/table.h"

static void finds_the_line(void **state) {
    static const struct {
        const char *text, *own, *copy;
    } rows[] = {
        {"Sorry.\nThe text of your message follows.\nHello\n", "Sorry.\n", "\nHello\n"},
        {"Sorry.\n--- Below this line is a copy of the message.\n\nHello\n", "Sorry.\n", "\n\nHello\n"},
        {"Sorry.\n   ----- Unsent message follows -----\nHello\n----- Original message follows -----\n",
         "Sorry.\n", "\nHello\n----- Original message follows -----\n"},
        {"Sorry.\nORIGINAL MESSAGE FOLLOWS\n", "Sorry.\n", "\n"},
        {"Original message:\nHello", "", "\nHello"},
        {"Sorry, your message follows no rule.\n", "Sorry, your message follows no rule.\n", ""},
        {"Sorry.\n", "Sorry.\n", ""},
        {"", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice copy;
        expect_text(rows[i].text, text_before_copy(slice_of(rows[i].text), &copy), rows[i].own);
        expect_text(rows[i].text, copy, rows[i].copy);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_the_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
