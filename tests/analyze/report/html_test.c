/* Pages as HTML: everything is escaped, labels and heads too. */
#include "analyze/report/html.h"

#include "page.h"

#define HOSTILE SLICE("<b a=\"'\">&")
#define ESCAPED "<bdi>&lt;b a=&quot;&#39;&quot;&gt;&amp;</bdi>"

static void test_parts(void **state) {
    (void)state;
    struct page p = page_in(&format_html, 80);
    page_begin(&p);
    page_title(&p, as_stranger(HOSTILE), EMPHASIS_GOOD);
    page_section(&p, as_stranger(HOSTILE));
    page_row(&p, as_stranger(HOSTILE), as_stranger(HOSTILE));
    page_step(&p, as_stranger(HOSTILE), 1, as_stranger(HOSTILE));
    page_quote(&p, as_stranger(HOSTILE), as_stranger(HOSTILE));
    page_end(&p);
    expect_page(&p, "parts",
                "<article>\n<h2 class=\"good\">" ESCAPED "</h2>\n<h3>" ESCAPED "</h3>\n"
                "<div class=\"row\"><b>" ESCAPED "</b><span>" ESCAPED "</span></div>\n"
                "<div class=\"row\"><b>" ESCAPED "</b><span>1. " ESCAPED "</span></div>\n"
                "<blockquote>" ESCAPED "<small>" ESCAPED "</small></blockquote>\n</article>\n");
}

static void test_table(void **state) {
    (void)state;
    struct page p = page_in(&format_html, 80);
    struct table t = page_table(&p, NULL, 1, 1, 1);
    page_cell(&p, &t, as_stranger(HOSTILE));
    page_cell(&p, &t, as_stranger(HOSTILE));
    page_table_end(&p, &t);
    expect_page(&p, "table", "<table><tr><th>" ESCAPED "</th></tr>\n<tr><td>" ESCAPED "</td></tr></table>\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parts), cmocka_unit_test(test_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
