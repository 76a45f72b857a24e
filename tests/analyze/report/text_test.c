/* Pages as text: folding, wide characters, tables that fit and that do not, colors. */
#include "analyze/report/text.h"

#include "page.h"

static void test_folding(void **state) {
    (void)state;
    struct page p = page_in(&format_text, 40);
    page_row(&p, as_ours("Label"), as_stranger(SLICE("words that are folded at the width of it")));
    page_row(&p, NO_LABEL, as_stranger(SLICE("https://example.org/that/is/longer/than/a/line and on")));
    page_step(&p, as_ours("Step"), 12, as_stranger(SLICE("one two three four")));
    expect_page(&p, "rows",
                "  Label              words that are\n"
                "                     folded at the width\n"
                "                     of it\n"
                "                     https://example.org/that/is/longer/than/a/line\n"
                "                     and on\n"
                "  Step               12. one two three\n"
                "                        four\n");
}

static void test_wide_characters(void **state) {
    (void)state;
    struct page p = page_in(&format_text, 31);
    page_row(&p, as_ours("件名"), as_stranger(SLICE("日本語 日本語 e\xcc\x81")));
    expect_page(&p, "wide", "  件名               日本語\n                     日本語 e\xcc\x81\n");
}

static void test_control_characters(void **state) {
    (void)state;
    struct page p = page_in(&format_text, 80);
    page_quote(&p, as_stranger(SLICE("a\x1b[31m\r\nb")), as_stranger(SLICE("note\x07")));
    expect_page(&p, "control", "  - a<U+001B>[31m b\n    note<U+0007>\n");
}

/* A recipient that is written like lines of a report: only our words begin at the margin. */
static void test_forged_title(void **state) {
    (void)state;
    struct page p = page_in(&format_text, 24);
    page_title(&p,
               page_say(&p, TITLE_NOT_DELIVERED,
                        as_address(SLICE("b@c.example xxx\nEvidence Delivered: a@b.example"))),
               EMPHASIS_BAD);
    expect_page(&p, "title",
                "Not delivered to\n    b@c.example xxx\n    Evidence Delivered:\n    a@b.example\n");
}

static void test_tables(void **state) {
    static const enum words heads[] = {HEAD_LINE, HEAD_CHECK, HEAD_ABOUT};
    static const struct {
        unsigned width;
        const char *expected;
    } rows[] = {{80, "  Line  Check  Details\n     7  spf    some words that are long\n"},
                {24, "  Line  Check\n     7  spf\n     some words that are\n     long\n"}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct page p = page_in(&format_text, rows[i].width);
        struct table t = page_table(&p, heads, 3, 2, 1);
        page_cell(&p, &t, as_number(7));
        page_cell(&p, &t, as_ours("spf"));
        page_cell(&p, &t, as_ours("some words that are long"));
        page_table_end(&p, &t);
        expect_page(&p, "table", rows[i].expected);
    }
}

/* Heads that have no room beside each other go on below. */
static void test_folded_heads(void **state) {
    static const struct {
        unsigned width;
        const char *expected;
    } rows[] = {
        {80, "  Sender       Gmail / Google Workspace\n  example.com  12\n"},
        {30, "  Sender       Gmail /\n               Google\n               Workspace\n  example.com  12\n"}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct page p = page_in(&format_text, rows[i].width);
        const struct value heads[] = {as_ours("Sender"), as_ours("Gmail / Google Workspace")};
        struct table t = page_table_headed(&p, heads, 2, 2, 1);
        page_cell(&p, &t, as_ours("example.com"));
        page_cell(&p, &t, as_ours("12"));
        page_table_end(&p, &t);
        expect_page(&p, "heads", rows[i].expected);
    }
}

/* As many columns as there are: an audit of forty domains. */
static void test_many_columns(void **state) {
    (void)state;
    struct page p = page_in(&format_text, 80);
    struct table t = page_table(&p, NULL, 40, 40, 1);
    for (int i = 0; i < 80; i++)
        page_cell(&p, &t, as_number(i % 10));
    page_table_end(&p, &t);
    assert_true(p.out->len > 200);
    g_string_free(p.out, TRUE);
    arena_free(&page_arena);
}

static void test_sections_and_color(void **state) {
    (void)state;
    struct page p = page_in(&format_text, 80);
    p.style.color = true;
    page_title(&p, as_ours("Title"), EMPHASIS_BAD);
    page_section(&p, as_ours("Section"));
    expect_page(&p, "color", "\033[1;31mTitle\033[0m\n\n\033[1mSection\033[0m\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_folding),
                                       cmocka_unit_test(test_wide_characters),
                                       cmocka_unit_test(test_control_characters),
                                       cmocka_unit_test(test_forged_title),
                                       cmocka_unit_test(test_tables),
                                       cmocka_unit_test(test_folded_heads),
                                       cmocka_unit_test(test_many_columns),
                                       cmocka_unit_test(test_sections_and_color)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
