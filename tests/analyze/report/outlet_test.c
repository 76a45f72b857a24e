/* Values as they leave: cleaned, and cut when nothing is left to hide. */
#include "analyze/report/outlet.h"

#include "analyze/report/redact.h"
#include "pseudonyms.h"
#include "tests/table.h"

static const struct {
    const char *text, *structured, *page;
} rows[] = {
    {"plain", "plain", "plain"},
    {"", "", ""},
    {"a\tb\nc\x1b[2Jd\x7f", "a\tb\nc<U+001B>[2Jd<U+007F>", "a b c<U+001B>[2Jd<U+007F>"},
    {"right\xe2\x80\xaeleft", "right<U+202E>left", "right<U+202E>left"},
    {"wide\xe2\x80\x83"
     "blank",
     "wide\xe2\x80\x83"
     "blank",
     "wide blank"},
    {"Grüße", "Grüße", "Grüße"},
    {"a\xff\xfe z", "a\xef\xbf\xbd\xef\xbf\xbd z", "a\xef\xbf\xbd\xef\xbf\xbd z"},
    {"cut \xe2\x82", "cut \xef\xbf\xbd\xef\xbf\xbd", "cut \xef\xbf\xbd\xef\xbf\xbd"},
    {"eight bytes and \xc3\xa4", "eight bytes and \xc3\xa4", "eight bytes and \xc3\xa4"},
};

static void test_cleaning(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct value v = as_stranger(slice_of(rows[i].text));
        expect_text(rows[i].text,
                    value_show(&(struct outlet){.arena = &arena, .redactor = NULL, .is_page = false}, v),
                    rows[i].structured);
        expect_text(rows[i].text,
                    value_show(&(struct outlet){.arena = &arena, .redactor = NULL, .is_page = true}, v),
                    rows[i].page);
        arena_free(&arena);
    }
}

static void test_other_types(void **state) {
    (void)state;
    struct arena arena = {0};
    struct outlet o = {.arena = &arena, .is_page = true};
    expect_text("number", value_show(&o, as_number(-17)), "-17");
    expect_text("count", value_show(&o, as_count(1234567)), "1,234,567");
    expect_text("small count", value_show(&o, as_count(999)), "999");
    expect_text("zeros", value_show(&o, as_count(1000001)), "1,000,001");
    o.thousands = SLICE("\u202f");
    expect_text("count elsewhere", value_show(&o, as_count(12045)), "12\u202f045");
    expect_text("a line", value_show(&o, as_number(12045)), "12045");
    expect_text("time", value_show(&o, as_time(1795532400)), "2026-11-24T15:00:00Z");
    expect_text("no time", value_show(&o, as_time(-1)), "");
    expect_text("truth", value_show(&o, as_truth(true)), "yes");
    expect_text("cut", value_show(&o, upto(as_stranger(SLICE("abcä")), 4)), "abc…");
    expect_text("whole", value_show(&o, upto(as_stranger(SLICE("abcä")), 5)), "abcä");
    arena_free(&arena);
}

/* What is cut is hidden first: half an address would not be recognised. */
static void test_cut_is_last(void **state) {
    (void)state;
    struct arena arena = {0};
    struct redactor *r = redactor_new(&redaction);
    struct value v = upto(as_stranger(SLICE("to kimble.miller@example.org")), 9);
    struct slice shown = value_show(&(struct outlet){.arena = &arena, .redactor = r, .is_page = false}, v);
    assert_int_equal(slice_find(shown, SLICE("kimb")), shown.len);
    redactor_free(r);
    arena_free(&arena);
}

/* A field that somebody adds without saying what it is. */
static void test_no_type_is_hidden(void **state) {
    (void)state;
    struct arena arena = {0};
    struct redactor *r = redactor_new(&redaction);
    struct value v = {.text = SLICE("written to bob@example.org")};
    struct slice shown = value_show(&(struct outlet){.arena = &arena, .redactor = r, .is_page = false}, v);
    expect_text("no type", without_digits(shown, &arena), "s*");
    redactor_free(r);
    arena_free(&arena);
}

/* What is unseen parts no name, and is shown where there was nothing to hide. */
static void test_unseen(void **state) {
    static const struct {
        const char *text, *expected;
    } unseen[] = {{"kim\u200bble@exam\u00adple.org", "u*@example.org"},
                  {"kimble\u2060@example.org", "u*@example.org"},
                  {"no\u200bbody", "no<U+200B>body"}};
    (void)state;
    for (size_t i = 0; i < ROWS(unseen); i++) {
        struct arena arena = {0};
        struct redactor *r = redactor_new(&redaction);
        struct outlet o = {.arena = &arena, .redactor = r};
        struct slice shown = value_show(&o, as_stranger(slice_of(unseen[i].text)));
        expect_text(unseen[i].text, without_digits(shown, &arena), unseen[i].expected);
        redactor_free(r);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_unseen), cmocka_unit_test(test_cleaning),
                                       cmocka_unit_test(test_other_types), cmocka_unit_test(test_cut_is_last),
                                       cmocka_unit_test(test_no_type_is_hidden)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
