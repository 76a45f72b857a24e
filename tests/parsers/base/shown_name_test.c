/* Names in messages are one clean line. */
#include "parsers/base/shown_name.h"

#include "tests/table.h"

#include <glib.h>

static void test_names(void **state) {
    (void)state;
    static const struct {
        const char *name, *shown;
    } rows[] = {
        {"bounce.eml", "bounce.eml"},
        {"", ""},
        {"a\nmailwhy: b: forged", "a mailwhy: b: forged"},
        {"\033[31mred\033]0;title\a.eml", "<U+001B>[31mred<U+001B>]0;title<U+0007>.eml"},
        {"caf\303\251 \342\200\256txt.eml", "caf\303\251 <U+202E>txt.eml"},
        {"bad\377byte", "bad\357\277\275byte"},
        {"c1\302\233x", "c1<U+009B>x"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autofree char *shown = shown_name(rows[i].name);
        expect_text(rows[i].name, slice_of(shown), rows[i].shown);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
