/* Messages on standard error are one clean line, whatever is in a name. */
#include "analyze/commands/complain.h"

#include "tests/analyze/commands/capture_stderr.h"
#include "tests/table.h"

#include <errno.h>

static void test_messages(void **state) {
    (void)state;
    static const struct {
        const char *name, *what, *message;
    } rows[] = {
        {"x.eml", "it is gone", "mailwhy: x.eml: it is gone\n"},
        {"-", "it is gone", "mailwhy: standard input: it is gone\n"},
        {"x\n\033[2Jy", "it\nis gone", "mailwhy: x <U+001B>[2Jy: it is gone\n"},
        {"x.eml", NULL, "mailwhy: x.eml: No such file or directory\n"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct captured captured;
        capture_begin(&captured);
        if (rows[i].what)
            complain_of(rows[i].name, rows[i].what);
        else
            complain_of_error(rows[i].name, ENOENT);
        capture_end(&captured);
        expect_text(rows[i].name, slice_of(captured.text), rows[i].message);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_messages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
