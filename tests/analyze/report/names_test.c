/* The memory of a redactor: words, phrases, and what is inside a word. */
#include "analyze/report/names.h"

#include "pseudonyms.h"
#include "tests/table.h"

static void test_words(void **state) {
    static const struct {
        const char *text;
        size_t length;
    } rows[] = {{"bob.miller", 10}, {"bob.", 3}, {"bob--", 3}, {"a+b@c", 3},
                {".bob", 0},        {"", 0},     {"ä b", 2}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].text, (long long)word_length(slice_of(rows[i].text)),
                      (long long)rows[i].length);
}

static void test_longest(void **state) {
    (void)state;
    struct names names;
    size_t taken = 0;
    names_init(&names, &redaction);
    names_add(&names, NAME_PERSON, SLICE("Ann"), false);
    names_add(&names, NAME_PERSON, SLICE("Ann Marie Miller"), false);
    assert_non_null(names_at(&names, SLICE("ann marie miller wrote"), &taken));
    assert_int_equal(taken, 16);
    assert_non_null(names_at(&names, SLICE("ann marie wrote"), &taken));
    assert_int_equal(taken, 3);
    assert_null(names_at(&names, SLICE("anna"), &taken));
    assert_non_null(names_find(&names, SLICE("Ann, Marie Miller")));
    assert_null(names_find(&names, SLICE("...")));
    names_free(&names);
}

static void test_inside(void **state) {
    (void)state;
    struct names names;
    names_init(&names, &redaction);
    names_add(&names, NAME_USER, SLICE("kimble"), false);
    names_add(&names, NAME_USER, SLICE("bob"), false);
    assert_true(names_are_inside(&names, SLICE("sel-KIMBLE-2")));
    assert_false(names_are_inside(&names, SLICE("bobs"))); /* too short to tell */
    names_free(&names);
}

static void test_telling(void **state) {
    static const struct {
        const char *word;
        bool expected;
    } rows[] = {{"kimble", true}, {"kim", false},        {"postmaster", false},
                {"2026", false},  {"15551234567", true}, {"u123456", true}};
    (void)state;
    struct names names;
    names_init(&names, &redaction);
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].word, names_is_telling(&names, slice_of(rows[i].word)), rows[i].expected);
    names_free(&names);
}

/* A name of more words than are compared is known by its first ones. */
static void test_long_phrase(void **state) {
    (void)state;
    struct names names;
    GString *text = g_string_new(NULL);
    size_t taken = 0;
    for (int i = 0; i < NAME_MOST_WORDS + 10; i++)
        g_string_append_printf(text, "w%d ", i);
    names_init(&names, &redaction);
    names_add(&names, NAME_SUBJECT, (struct slice){text->str, text->len}, false);
    assert_non_null(names_at(&names, (struct slice){text->str, text->len}, &taken));
    g_string_free(text, TRUE);
    names_free(&names);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_longest),
                                       cmocka_unit_test(test_inside), cmocka_unit_test(test_telling),
                                       cmocka_unit_test(test_long_phrase)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
