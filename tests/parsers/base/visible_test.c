/* What of a text can be seen, by Unicode property. */
#include "parsers/base/visible.h"

#include "tests/table.h"

static void test_characters(void **state) {
    static const struct {
        const char *name;
        uint32_t c;
        bool is_unseen;
    } rows[] = {
        {"blank", ' ', false},
        {"letter", 'a', false},
        {"escape", 0x1b, true},
        {"delete", 0x7f, true},
        {"C1", 0x9b, true},
        {"no-break space", 0xa0, false},
        {"soft hyphen", 0xad, true},
        {"letter with mark", 0xe4, false},
        {"combining mark", 0x301, false},
        {"grapheme joiner", 0x34f, true},
        {"Arabic letter mark", 0x61c, true},
        {"Arabic letter", 0x627, false},
        {"Hangul choseong filler", 0x115f, true},
        {"Hangul jungseong filler", 0x1160, true},
        {"Khmer inherent vowel", 0x17b4, true},
        {"Mongolian selector", 0x180b, true},
        {"Mongolian vowel separator", 0x180e, true},
        {"zero width space", 0x200b, true},
        {"zero width joiner", 0x200d, true},
        {"right-to-left mark", 0x200f, true},
        {"line separator", 0x2028, true},
        {"paragraph separator", 0x2029, true},
        {"right-to-left override", 0x202e, true},
        {"word joiner", 0x2060, true},
        {"invisible plus", 0x2064, true},
        {"unassigned, ignorable", 0x2065, true},
        {"isolate", 0x2068, true},
        {"Braille blank", 0x2800, true},
        {"ideographic space", 0x3000, false},
        {"Hangul filler", 0x3164, true},
        {"ideograph", 0x4e00, false},
        {"private use", 0xe000, true},
        {"no character", 0xfdd0, true},
        {"variation selector", 0xfe0f, true},
        {"byte order mark", 0xfeff, true},
        {"half-width filler", 0xffa0, true},
        {"annotation", 0xfff9, true},
        {"object replacement", 0xfffc, true},
        {"replacement", 0xfffd, false},
        {"no character at the end", 0xffff, true},
        {"shorthand format", 0x1bca0, true},
        {"musical format", 0x1d173, true},
        {"emoji", 0x1f600, false},
        {"language tag", 0xe0001, true},
        {"tag", 0xe0041, true},
        {"more selectors", 0xe0100, true},
        {"private plane", 0x10fffd, true},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].name, character_is_unseen(rows[i].c), rows[i].is_unseen);
}

static const struct {
    const char *text, *line, *structure, *seen;
} rows[] = {
    {"plain", "plain", "plain", "plain"},
    {"", "", "", ""},
    {"a\tb\nc", "a b c", "a\tb\nc", "a\tb\nc"},
    {"a\r\nb", "a  b", "a \nb", "a\r\nb"},
    {"pay\u200bpal", "pay<U+200B>pal", "pay<U+200B>pal", "paypal"},
    {"\u202eevil\u202c", "<U+202E>evil<U+202C>", "<U+202E>evil<U+202C>", "evil"},
    {"a\x1b[2J\x07", "a<U+001B>[2J<U+0007>", "a<U+001B>[2J<U+0007>", "a[2J"},
    {"a\u200b\u200c\u200d\u2060\ufeff\u00ad.", "a<U+200B><U+200C><U+200D><U+2060><+2>.",
     "a<U+200B><U+200C><U+200D><U+2060><+2>.", "a."},
    {"\U000e0041x", "<U+E0041>x", "<U+E0041>x", "x"},
    {"bad \xff\xc3", "bad \ufffd\ufffd", "bad \ufffd\ufffd", "bad \xff\xc3"},
    {"surrogate \xed\xa0\x80", "surrogate \ufffd\ufffd\ufffd", "surrogate \ufffd\ufffd\ufffd",
     "surrogate \xed\xa0\x80"},
    {"wide\u3000blank", "wide blank", "wide\u3000blank", "wide\u3000blank"},
    {"Gr\u00fc\u00dfe \u05d0\u05d1", "Gr\u00fc\u00dfe \u05d0\u05d1", "Gr\u00fc\u00dfe \u05d0\u05d1",
     "Gr\u00fc\u00dfe \u05d0\u05d1"},
    /* marks: four on a character, none without one */
    {"e\u0301\u0302\u0303\u0304", "e\u0301\u0302\u0303\u0304", "e\u0301\u0302\u0303\u0304",
     "e\u0301\u0302\u0303\u0304"},
    {"e\u0301\u0302\u0303\u0304\u0305\u0306x", "e\u0301\u0302\u0303\u0304<U+0305><U+0306>x",
     "e\u0301\u0302\u0303\u0304<U+0305><U+0306>x", "e\u0301\u0302\u0303\u0304\u0305\u0306x"},
    {"\u0338x", "<U+0338>x", "<U+0338>x", "\u0338x"},
    {"e\u200b\u0301", "e<U+200B><U+0301>", "e<U+200B><U+0301>", "e\u0301"},
    /* how a symbol is to look is no secret; behind a letter, a selector is */
    {"\u2764\ufe0f!", "\u2764!", "\u2764!", "\u2764!"},
    {"a\ufe0f", "a<U+FE0F>", "a<U+FE0F>", "a"},
    {"twelve bytes \u200b", "twelve bytes <U+200B>", "twelve bytes <U+200B>", "twelve bytes "},
};

static void test_texts(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct slice text = slice_of(rows[i].text);
        expect_text(rows[i].text, text_visible(&arena, text, VISIBLE_LINE), rows[i].line);
        expect_text(rows[i].text, text_visible(&arena, text, VISIBLE_TEXT), rows[i].structure);
        expect_text(rows[i].text, text_seen(&arena, text), rows[i].seen);
        arena_free(&arena);
    }
}

/* What is visible already is not copied, and stays as it is. */
static void test_twice(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct slice once = text_visible(&arena, slice_of(rows[i].text), VISIBLE_LINE);
        struct slice twice = text_visible(&arena, once, VISIBLE_LINE);
        assert_ptr_equal(once.ptr, twice.ptr);
        arena_free(&arena);
    }
}

static void test_nul(void **state) {
    (void)state;
    struct arena arena = {0};
    expect_text("nul", text_visible(&arena, SLICE("a\0b"), VISIBLE_LINE), "a<U+0000>b");
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_characters), cmocka_unit_test(test_texts),
                                       cmocka_unit_test(test_twice), cmocka_unit_test(test_nul)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
