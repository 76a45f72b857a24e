/* Pages as Markdown: nothing of a stranger becomes markup. */
#include "analyze/report/markdown.h"

#include "page.h"

static void test_values(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"plain words", "`plain words`"},
        {"# no heading", "`# no heading`"},
        {"a\n# no heading", "`a # no heading`"},
        {"a`b``c", "```a`b``c```"},
        {"`edges`", "`` `edges` ``"},
        {" blanks ", "`  blanks  `"},
        {"a|b", "`a|b`"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct page p = page_in(&format_markdown, 80);
        g_autofree char *expected = g_strdup_printf("- **Label:** %s\n", rows[i].expected);
        page_row(&p, as_ours("Label"), as_stranger(slice_of(rows[i].text)));
        expect_page(&p, rows[i].text, expected);
    }
}

/* Sentences of ours with words of a stranger in them. */
static void test_notes(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"it doesn't fit (see below), really: well-known", "it doesn't fit (see below), really: well-known"},
        {"the top one, line 3", "the top one, line 3"},
        {"said by mx.example.org, twice", "said by `mx.example.org`, twice"},
        {"see [192.0.2.5] https://example.org/ now", "see `[192.0.2.5] https://example.org/` now"},
        {"@team #12 GH-12 o/r#1 :smile: $x$ [^1] &lt;", "`@team #12 GH-12 o/r#1 :smile`: `$x$ [^1] &lt`;"},
        {"commit deadbee, 0123456 or 123456", "commit `deadbee`, `0123456` or 123456"},
        {"it ends in -all: mx.example.org is right", "it ends in `-all`: `mx.example.org` is right"},
        {"by ``it`` --- and", "by ``` ``it`` --- ``` and"},
        {"1. no list", "`1`. no list"},
        {"its server (mx.example.org): \"v=spf1 -all\".",
         "its server (`mx.example.org`): \"`v=spf1 -all`\"."},
        {"before `all`; it ends there", "before `all`; it ends there"},
        {"ask the DNS (`mailwhy verify a.eml`).", "ask the DNS (`mailwhy verify a.eml`)."},
        {"`a` and `b|c`", "`a` and `b|c`"},
        {"[x](`https://example.org/`)", "`[x]`(`https://example.org/`)"},
        {"`a`@team `b", "`a` ``@team `b``"},
        {"` a ` b", "`` ` `` a `` ` `` b"},
        {"www.evil.example", "`www.evil.example`"},
        {"-", "`-`"},
        {"...", "`...`"},
        {"a ( b", "a `(` b"},
        {"a (( b", "a (`(` b"},
        {"a \" b", "a `\"` b"},
        {"(", "`(`"},
        {"(,", "`(`,"},
        {"Größe", "Größe"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct page p = page_in(&format_markdown, 80);
        g_autofree char *expected = g_strdup_printf("  - %s\n", rows[i].expected);
        page_row(&p, NO_LABEL, as_note(slice_of(rows[i].text)));
        expect_page(&p, rows[i].text, expected);
    }
}

/* Pages that our own words name can be followed; those that a reply names, and what looks like one in it, can
 * not. */
static void test_pages_in_advice(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"Ask at https://example.org/a; it answers.", "Ask at <https://example.org/a>; it answers."},
        {"See https://example.org/a, https://example.org/b.",
         "See <https://example.org/a>, <https://example.org/b>."},
        {"https://example.org/a (or http://example.org/b) says it",
         "<https://example.org/a> (or <http://example.org/b>) says it"},
        {"See https://example.org/?ip=\x02 192.0.2.5\x03 first",
         "See <https://example.org/?ip=192.0.2.5> first"},
        {"See https://\x02 evil.example/\x03 first", "See `https://evil.example/` first"},
        {"Open \x02 https://evil.example/\x03 first", "Open `https://evil.example/` first"},
        {"Open \x02 https://evil.example/\x03", "Open `https://evil.example/`"},
        {"See ftp://example.org/a", "See `ftp://example.org/a`"},
        {"://", "`://`"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct page p = page_in(&format_markdown, 80);
        g_autofree char *expected = g_strdup_printf("  - %s\n", rows[i].expected);
        page_row(&p, NO_LABEL, as_advice(slice_of(rows[i].text)));
        expect_page(&p, rows[i].text, expected);
    }
}

static void test_links(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"https://example.org/?a=1&b=%20#c", "<https://example.org/?a=1&b=%20#c>"},
        {"https://example.org/> <b>", "`https://example.org/> <b>`"},
        {"javascript:alert(1)", "`javascript:alert(1`)"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct page p = page_in(&format_markdown, 80);
        g_autofree char *expected = g_strdup_printf("  - %s\n", rows[i].expected);
        page_row(&p, NO_LABEL, as_link(slice_of(rows[i].text)));
        expect_page(&p, rows[i].text, expected);
    }
}

static void test_quotes(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"550 no", "\n```\n550 no\n```\n\n*note*\n\n"},
        {"``` and ````", "\n`````\n``` and ````\n`````\n\n*note*\n\n"},
        {"~~~\n# x", "\n```\n~~~ # x\n```\n\n*note*\n\n"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct page p = page_in(&format_markdown, 80);
        page_quote(&p, as_stranger(slice_of(rows[i].text)), as_ours("note"));
        expect_page(&p, rows[i].text, rows[i].expected);
    }
}

static void test_parts(void **state) {
    (void)state;
    struct page p = page_in(&format_markdown, 80);
    page_title(&p, page_say(&p, SAY_NAME_WITH_DETAIL, as_address(SLICE("a*b")), as_ours("c*d")),
               EMPHASIS_BAD);
    page_section(&p, as_stranger(SLICE("c*d")));
    page_row(&p, NO_LABEL, as_ours("more"));
    page_step(&p, as_ours("e*"), 1, as_ours("first"));
    page_step(&p, NO_LABEL, 2, as_ours("second"));
    page_row(&p, NO_LABEL, page_join(&p, as_stranger(SLICE("a")), "", as_stranger(SLICE("b"))));
    page_row(&p, NO_LABEL, upto(page_join(&p, as_ours("a "), "", as_stranger(SLICE("long"))), 5));
    page_row(&p, as_ours("1."), as_ours("first"));
    page_section_folded(&p, as_stranger(SLICE("<x>")));
    struct value command = page_join(&p, as_ours("`mailwhy verify "), "", as_stranger(SLICE("a`b")));
    command = page_join(&p, command, "", as_ours("` and "));
    page_row(&p, as_ours("Run"), page_join(&p, command, "", as_stranger(SLICE("x"))));
    page_end(&p);
    expect_page(
        &p, "parts",
        "\n## `a*b` (c\\*d)\n\n### `c*d`\n\n  - more\n- **e\\*:**\n  1. first\n"
        "  2. second\n  - `a` `b`\n  - a `lo…`\n- **1.** first\n\n<details><summary>&lt;x&gt;</summary>\n\n"
        "- **Run:** ``mailwhy verify a`b`` and `x`\n\n</details>\n");
}

/* A pipe in a cell is escaped, and no backslash stands before that escape. */
static void test_table(void **state) {
    (void)state;
    struct page p = page_in(&format_markdown, 80);
    struct table t = page_table(&p, NULL, 2, 1, 1);
    page_cell(&p, &t, as_ours("x|y"));
    page_cell(&p, &t, as_stranger(SLICE("x|y")));
    page_cell(&p, &t, as_stranger(SLICE("x\\|y|")));
    page_cell(&p, &t, as_note(SLICE("some a|b")));
    page_table_end(&p, &t);
    expect_page(&p, "table", "\n| x\\|y | `x\\|y` |\n|---|---|\n| `x\\` `\\|y\\|` | some `a\\|b` |\n\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_notes),  cmocka_unit_test(test_pages_in_advice),
        cmocka_unit_test(test_links),  cmocka_unit_test(test_quotes), cmocka_unit_test(test_parts),
        cmocka_unit_test(test_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
