/* Pages as Markdown: nothing of a stranger becomes markup. */
#include "analyze/report/markdown.h"

#include "page.h"

static void test_escapes(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"plain words", "- **Label:** plain words\n"},
        {"*a* _b_ `c` [d](e) ![f]", "- **Label:** \\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) !\\[f\\]\n"},
        {"<script> & a|b ~c~ @d \\e", "- **Label:** \\<script\\> \\& a\\|b \\~c\\~ \\@d \\\\e\n"},
        {"# no heading", "- **Label:** \\# no heading\n"},
        {"a\n# no heading", "- **Label:** a # no heading\n"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct page p = page_in(&format_markdown, 80);
        page_row(&p, as_ours("Label"), as_stranger(slice_of(rows[i].text)));
        expect_page(&p, rows[i].text, rows[i].expected);
    }
}

static void test_parts(void **state) {
    (void)state;
    struct page p = page_in(&format_markdown, 80);
    page_title(&p, as_stranger(SLICE("a*b")), EMPHASIS_BAD);
    page_section(&p, as_stranger(SLICE("c*d")));
    page_row(&p, NO_LABEL, as_ours("more"));
    page_step(&p, as_stranger(SLICE("e*")), 1, as_ours("first"));
    page_step(&p, NO_LABEL, 2, as_ours("second"));
    page_quote(&p, as_ours("text"), as_ours("note"));
    struct table t = page_table(&p, NULL, 2, 1, 1);
    for (int i = 0; i < 4; i++)
        page_cell(&p, &t, as_stranger(SLICE("x|y")));
    page_table_end(&p, &t);
    expect_page(
        &p, "parts",
        "\n## a\\*b\n\n\n### c\\*d\n\n  - more\n- **e\\*:**\n  1. first\n  2. second\n\n> text\n>\n> *note*\n"
        "\n| x\\|y | x\\|y |\n|---|---|\n| x\\|y | x\\|y |\n\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_escapes), cmocka_unit_test(test_parts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
