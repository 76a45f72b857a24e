/* The table of elements is sorted: each is found, in any case. */
#include "parsers/base/html_element.h"
#include "tests/table.h"

static void finds(void **state) {
    static const struct {
        const char *name;
        unsigned flags;
    } rows[] = {
        {"a", 0},
        {"address", HTML_BLOCK | HTML_PARAGRAPH},
        {"blockquote", HTML_BLOCK | HTML_PARAGRAPH},
        {"BR", HTML_VOID | HTML_BREAK},
        {"b", 0},
        {"div", HTML_BLOCK},
        {"hr", HTML_BLOCK | HTML_VOID},
        {"Script", HTML_HIDDEN | HTML_RAW | HTML_OF_HEAD},
        {"td", HTML_CELL},
        {"thead", HTML_BLOCK},
        {"title", HTML_HIDDEN | HTML_RAW | HTML_OF_HEAD},
        {"wbr", HTML_VOID},
        {"xmp", HTML_BLOCK | HTML_PARAGRAPH | HTML_PRE},
    };
    static const char *const unknown[] = {"", "x", "blockquotes", "scripts", "o:p", "h7", "zzz"};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct html_element *e = html_element_find(slice_of(rows[i].name));
        if (!e)
            fail_msg("%s is not found", rows[i].name);
        expect_number(rows[i].name, e->flags, rows[i].flags);
    }
    for (size_t i = 0; i < ROWS(unknown); i++)
        expect_number(unknown[i], html_element_find(slice_of(unknown[i])) != NULL, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
