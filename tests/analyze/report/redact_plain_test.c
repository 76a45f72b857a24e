/* The normal form of a text, in pieces as of the whole. */
#include "analyze/report/redact_plain.h"

#include "tests/table.h"

#include <glib.h>

/* Many of one thing, from several places of a piece on: the same as if GLib had the whole. */
static void test_pieces(void **state) {
    static const char *const things[] = {
        "\xc3\xa9",                             /* é */
        "e\xcc\x81",                            /* e and its mark */
        "\xef\xbd\x9a\xef\xbd\x8f",             /* full-width letters */
        "\xef\xbd\xb6\xef\xbe\x9e",             /* half-width ga: a letter and its mark */
        "\xe1\x84\x80\xe1\x85\xa1",             /* the parts of a syllable */
        "\xef\xbe\xa1\xef\xbf\x82",             /* the same, half-width */
        "\xe0\xa6\x95\xe0\xa7\x87\xe0\xa6\xbe", /* a letter with two vowel signs that become one */
        "\xe6\xb0\xb4",                         /* a letter that stays as it is */
    };
    (void)state;
    for (size_t i = 0; i < ROWS(things); i++)
        for (int shift = 0; shift < 4; shift++) {
            struct arena arena = {0};
            g_autoptr(GString) text = g_string_new(NULL);
            for (int k = 0; k < shift; k++)
                g_string_append_c(text, 'a');
            for (int k = 0; k < 2000; k++)
                g_string_append(text, things[i]);
            g_autofree char *whole = g_utf8_normalize(text->str, (gssize)text->len, G_NORMALIZE_NFKC);
            expect_text(things[i], redact_plain((struct slice){text->str, text->len}, &arena), whole);
            arena_free(&arena);
        }
}

static void test_plain(void **state) {
    struct arena arena = {0};
    struct slice ascii = SLICE("kim@example.org");
    (void)state;
    assert_ptr_equal(redact_plain(ascii, &arena).ptr, ascii.ptr);
    expect_text("full-width", redact_plain(SLICE("\xef\xbd\x8b\xef\xbd\x89\xef\xbd\x8d"), &arena), "kim");
    assert_int_equal(redact_plain(SLICE_EMPTY, &arena).len, 0);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pieces), cmocka_unit_test(test_plain)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
