/* Pages as HTML: everything is escaped, labels and heads too. */
#include "analyze/report/html.h"

#include "analyze/version.h"
#include "page.h"

#define HOSTILE SLICE("<b a=\"'\">&")
#define PLAIN   "&lt;b a=&quot;&#39;&quot;&gt;&amp;"
#define ESCAPED "<bdi>&lt;b a=&quot;&#39;&quot;&gt;&amp;</bdi>"

static void test_parts(void **state) {
    (void)state;
    struct page p = page_in(&format_html, 80);
    p.foot.options = "<b a=\"'\">&";
    page_begin(&p);
    page_about(&p, as_stranger(HOSTILE), as_stranger(HOSTILE));
    page_title(&p, as_stranger(HOSTILE), EMPHASIS_GOOD);
    page_section(&p, as_stranger(HOSTILE));
    page_row(&p, as_stranger(HOSTILE), as_stranger(HOSTILE));
    page_step(&p, as_stranger(HOSTILE), 1, as_stranger(HOSTILE));
    page_quote(&p, as_stranger(HOSTILE), as_stranger(HOSTILE));
    page_end(&p);
    expect_page(
        &p, "parts",
        "<title>" PLAIN " · mailwhy</title>\n</head>\n<body>\n<main>\n<article>\n"
        "<header class=\"good\">\n<h1><span class=\"sign good\" aria-hidden=\"true\">✓</span> " ESCAPED
        "</h1>\n</header>\n<section><h2>" ESCAPED "</h2>\n<dl>\n<dt>" ESCAPED "</dt><dd>" ESCAPED
        "</dd>\n</dl>\n<h3>" ESCAPED "</h3>\n<ol>\n<li value=\"1\">" ESCAPED
        "</li>\n</ol>\n<figure><blockquote>" ESCAPED "</blockquote><figcaption>" ESCAPED
        "</figcaption></figure>\n</section>\n<footer><p>" ESCAPED " · mailwhy " MAILWHY_VERSION " · " PLAIN
        "</p></footer>\n</article>\n");
}

static void test_table(void **state) {
    (void)state;
    struct page p = page_in(&format_html, 80);
    struct table t = page_table(&p, NULL, 2, 2, 1);
    t.names = 1;
    page_cell(&p, &t, as_stranger(HOSTILE));
    page_cell(&p, &t, as_stranger(HOSTILE));
    page_cell_in(&p, &t, as_number(7), EMPHASIS_BAD);
    page_cell(&p, &t, as_stranger(HOSTILE));
    page_table_end(&p, &t);
    expect_page(&p, "table",
                "<table>\n<thead><tr><th scope=\"col\">" ESCAPED "</th><th scope=\"col\" class=\"n\">" ESCAPED
                "</th></tr></thead>\n<tbody>\n<tr><th scope=\"row\">" ESCAPED
                "</th><td class=\"n bad\" data-l=\"" PLAIN
                "\"><span class=\"sign bad\" aria-hidden=\"true\">✕</span> 7</td></tr>\n</tbody></table>\n");
}

static void test_pictures(void **state) {
    (void)state;
    struct page p = page_in(&format_html, 80);
    struct chart c = page_chart(&p, 1, 2);
    c.about = c.series[0] = page_text(&p, as_stranger(HOSTILE));
    c.labels[c.count++] = c.about;
    c.values[0] = 3;
    page_chart_end(&p, &c);
    struct station stations[] = {
        {.name = c.about, .detail = c.about},
        {.name = c.about, .leg = c.about, .state = EMPHASIS_BAD, .is_believed = true}};
    page_way(&p, &(struct way){.about = c.about, .stations = stations, .count = 2});
    assert_null(strstr(p.out->str, "<b a"));
    assert_null(strstr(p.out->str, "\"'\""));
    assert_non_null(
        strstr(p.out->str, "<rect class=\"plain\" x=\"1\" y=\"0\" width=\"8\" height=\"1000\"/>"));
    assert_non_null(strstr(p.out->str, "class=\"boundary\""));
    g_string_free(p.out, TRUE);
    arena_free(&page_arena);
}

/* Only an address of our own is a link: what a reply names is text. Commands of ours are code. */
static void test_links(void **state) {
    static const struct {
        enum value_type type;
        const char *text, *shown;
    } rows[] = {
        {VALUE_LINK, "https://example.org/a?b=1&c",
         "<a href=\"https://example.org/a?b=1&amp;c\" rel=\"noreferrer "
         "noopener\">https://example.org/a?b=1&amp;c</a>"},
        {VALUE_LINK,
         "https://example.org/ip/\2 "
         "192.0.2.5\3",
         "<a href=\"https://example.org/ip/192.0.2.5\" rel=\"noreferrer "
         "noopener\">https://example.org/ip/192.0.2.5</a>"},
        {VALUE_LINK, "\2 https://example.org/\3", "<bdi>https://example.org/</bdi>"},
        {VALUE_LINK, "https://\2 example.org\3/", "<bdi>https://example.org/</bdi>"},
        {VALUE_LINK, "https://example.org\2 .example.net\3", "<bdi>https://example.org.example.net</bdi>"},
        {VALUE_LINK, "javascript:alert(1)", "javascript:alert(1)"},
        {VALUE_LINK, "https://example.org/\"x", "https://example.org/&quot;x"},
        {VALUE_LINK, "see https://example.org/", "see https://example.org/"},
        {VALUE_STRANGER, "https://example.org/", "<bdi>https://example.org/</bdi>"},
        {VALUE_REPLY, "`a`", "<bdi>`a`</bdi>"},
        {VALUE_OURS, "run `a b` now", "run <code>a b</code> now"},
        {VALUE_OURS, "one ` only", "one ` only"},
        {VALUE_ADVICE, "add it before `all`, or ask (`mailwhy verify`)",
         "add it before <code>all</code>, or ask (<code>mailwhy verify</code>)"},
        {VALUE_NOTE, "said `<b>` and `", "said <code>&lt;b&gt;</code> and `"},
        {VALUE_NOTE, "said ``it`` and ` it `", "said ``it`` and ` it `"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct page p = page_in(&format_html, 80);
        g_autofree char *expected = g_strdup_printf("<p>%s</p>\n", rows[i].shown);
        page_row(&p, NO_LABEL, as_type(rows[i].type, slice_of(rows[i].text)));
        expect_page(&p, rows[i].text, expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parts), cmocka_unit_test(test_table),
                                       cmocka_unit_test(test_pictures), cmocka_unit_test(test_links)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
