#include "parsers/base/text.h"
#include "tests/table.h"

#include <glib.h>

static struct arena arena;

static void cleans_lines(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"plain", "plain"},
        {"  two \t blanks\r\n folded ", "two blanks folded"},
        {"a\033[31mred\177", "a\033[31mred\177"}, /* what is unseen is shown where it leaves */
        {"bad \xff byte", "bad \xef\xbf\xbd byte"},
        {"right\xe2\x80\xaeleft", "right\xe2\x80\xaeleft"},
        {"\xef\xbb\xbf"
         "550 no",
         "550 no"}, /* a byte order mark */
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].input, text_clean_line(&arena, slice_of(rows[i].input)), rows[i].expected);
}

static void cleans_blocks(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"a\r\nb\rc\nd", "a\nb\nc\nd"},
        {"  indented\tx", "  indented x"},
        {"form\ffeed", "form feed"},
        {"bell\007", "bell\007"},
        {"\xef\xbb\xbf"
         "a\nb",
         "a\nb"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].input, text_clean_block(&arena, slice_of(rows[i].input)), rows[i].expected);
}

static void decodes(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Gr\xc3\xbc\xc3\x9f"
                                        "e"},
        {"=?ISO-8859-1?B?R3L832U=?=", "Gr\xc3\xbc\xc3\x9f"
                                      "e"},
        {"=?utf-8?Q?one?= =?utf-8?Q?two?=", "onetwo"},
        {"=?nowhere?Q?=41?=", "A"},
        {"plain", "plain"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].input, text_decode_header(&arena, slice_of(rows[i].input)), rows[i].expected);
}

static void converts(void **state) {
    (void)state;
    expect_text("latin1", text_to_utf8(&arena, slice_of("caf\xe9"), "iso-8859-1"), "caf\xc3\xa9");
    expect_text("unlabelled", text_to_utf8(&arena, slice_of("caf\xe9"), NULL), "caf\xc3\xa9");
    expect_text("already utf-8", text_to_utf8(&arena, slice_of("caf\xc3\xa9"), "iso-8859-1"), "caf\xc3\xa9");
    expect_text("iso-2022-jp", text_to_utf8(&arena, slice_of("\x1b$B%(%i!<\x1b(B"), NULL),
                "\xe3\x82\xa8\xe3\x83\xa9\xe3\x83\xbc");
}

static void cuts(void **state) {
    static const struct {
        const char *input;
        size_t most;
        const char *expected;
    } rows[] = {
        {"plain", 9, "plain"},         {"plain", 3, "pla"},
        {"caf\xc3\xa9s", 4, "caf"},    {"caf\xc3\xa9s", 5, "caf\xc3\xa9"},
        {"a\xf0\x9f\x90\x88", 4, "a"}, {"a\x80\x80\x80\x80\x80\x80", 5, "a\x80\x80\x80\x80"},
        {"\xc3\xa9", 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].input, text_upto(slice_of(rows[i].input), rows[i].most), rows[i].expected);
}

/* One byte after the other: what eight at a time must come to. */
static char *fold_slowly(const char *s) {
    GString *out = g_string_new(NULL);
    bool pending = false;
    for (; *s; s++) {
        bool blank = *s == ' ' || (*s >= '\t' && *s <= '\r');
        if (!blank && pending && out->len)
            g_string_append_c(out, ' ');
        if (!blank)
            g_string_append_c(out, *s);
        pending = blank;
    }
    return g_string_free(out, FALSE);
}

static char *break_slowly(const char *s) {
    GString *out = g_string_new(NULL);
    for (; *s; s++)
        if (*s == '\n' || (*s == '\r' && s[1] != '\n'))
            g_string_append_c(out, '\n');
        else if (*s != '\r')
            g_string_append_c(out, *s == '\t' || *s == '\v' || *s == '\f' ? ' ' : *s);
    return g_string_free(out, FALSE);
}

static void eight_at_a_time(void **state) {
    static const char letters[] = "  abcdefgh\t\n\r\f\v\001\037\177~!xyzXYZ";
    uint32_t seed = 1;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char s[48];
        size_t len = (size_t)round % (sizeof s - 1);
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525 + 1013904223;
            uint32_t n = (seed >> 16) % (round & 1 ? 12 : sizeof letters - 1);
            s[i] = letters[n];
        }
        s[len] = '\0';
        g_autofree char *folded = fold_slowly(s);
        g_autofree char *broken = break_slowly(s);
        expect_text(s, text_clean_line(&arena, slice_of(s)), folded);
        expect_text(s, text_clean_block(&arena, slice_of(s)), broken);
    }
}

/* Each place of a text, among characters beside the letters' ranges, and with one that is not ASCII. */
static void folds_case(void **state) {
    static const char from[] = "@AMZ[`amz{\177 \xc3\x89", to[] = "@amz[`amz{\177 \xc3\xa9";
    char mixed[64] = "", folded[64] = "";
    (void)state;
    for (size_t start = 0; start + 1 < sizeof from; start++)
        for (size_t length = 0; length < sizeof mixed - sizeof from; length++) {
            memset(mixed, 'Q', length);
            memset(folded, 'q', length);
            g_strlcpy(mixed + length, from + (start == sizeof from - 2 ? start - 1 : start), sizeof from);
            g_strlcpy(folded + length, to + (start == sizeof to - 2 ? start - 1 : start), sizeof to);
            expect_text(mixed, text_fold_case(&arena, slice_of(mixed)), folded);
        }
}

static void plain_quotes(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {
        {"don\xe2\x80\x99t \xe2\x80\x9c"
         "550 no\xe2\x80\x9d \xe2\x80\x98x",
         "don't \"550 no\" 'x"},
        {"a \xe2\x80\x93 b \xe2\x80", "a \xe2\x80\x93 b \xe2\x80"}, /* a dash, and half a character */
        {"\xc3\xa9", "\xc3\xa9"},
        {"plain", "plain"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].input, text_plain_quotes(&arena, slice_of(rows[i].input)), rows[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain_quotes),  cmocka_unit_test(folds_case),
                                       cmocka_unit_test(cleans_lines),  cmocka_unit_test(eight_at_a_time),
                                       cmocka_unit_test(cleans_blocks), cmocka_unit_test(decodes),
                                       cmocka_unit_test(converts),      cmocka_unit_test(cuts)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
