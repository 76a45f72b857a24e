/* Sentences of our words and typed values. */
#include "analyze/report/page.h"

#include "analyze/report/text.h"
#include "page.h"

static void expect_shown(struct page *p, const char *what, struct value v, const char *expected) {
    expect_text(what, value_show(&p->outlet, v), expected);
}

static void test_sentences(void **state) {
    (void)state;
    struct page p = page_in(&format_text, 80);
    expect_shown(&p, "places", page_say(&p, SAY_SENT_FROM, as_ours("a"), as_ours("b"), as_ours("c")),
                 "a from b (c)");
    expect_shown(&p, "places in a value", page_say(&p, SAY_OLDER_HOPS, as_stranger(SLICE("{}"))),
                 "{} older hops: -v shows them");
    expect_shown(&p, "a line", page_at_line(&p, 7, as_ours("x")), "line 7: x");
    expect_shown(&p, "no line", page_at_line(&p, 0, as_ours("x")), "x");
    expect_shown(&p, "joined", page_join(&p, as_ours("a"), ", ", as_ours("b")), "a, b");
    expect_shown(&p, "joined with nothing", page_join(&p, as_ours("a"), ", ", NO_LABEL), "a");
    expect_shown(&p, "cut", upto(page_say(&p, SAY_OLDER_HOPS, as_count(3)), 7), "3 older…");
    expect_shown(&p, "one", page_say(&p, SAY_OLDER_HOPS, as_count(1)), "1 older hop: -v shows it");
    expect_shown(&p, "none", page_say(&p, SAY_OLDER_HOPS, as_count(0)), "0 older hops: -v shows them");
    expect_shown(&p, "many", page_say(&p, SAY_LINES, as_count(1234567)), "1,234,567 lines");
    expect_shown(&p, "the number before it", page_say(&p, TITLE_LOG, as_count(1), as_count(1001)),
                 "1 of 1,001 recipients did not get their mail");
    g_string_free(p.out, TRUE);
    arena_free(&page_arena);
}

static void test_known_rows(void **state) {
    (void)state;
    struct page p = page_in(&format_text, 80);
    page_row_known(&p, word(LABEL_FROM), as_mailbox(SLICE_EMPTY));
    page_row_known(&p, word(LABEL_DATE), as_time(-1));
    page_row_known(&p, word(LABEL_TO), as_address(SLICE("bob@example.org")));
    expect_page(&p, "known", "  To                 bob@example.org\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sentences), cmocka_unit_test(test_known_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
