/* Slices: also empty ones, with and without an address. */
#include "parsers/base/slice.h"
#include "tests/table.h"

/* Needles of all lengths at all places, among what begins and ends like them. */
static void finds_everywhere(void **state) {
    char text[150], needle[90];
    (void)state;
    for (size_t length = 1; length < sizeof needle; length++) {
        memset(needle, 'n', length);
        needle[0] = 'a';
        needle[length - 1] = 'z';
        for (size_t at = 0; at <= sizeof text; at++) {
            for (size_t i = 0; i < sizeof text; i++)
                text[i] = i % 3 ? 'a' : 'z';
            if (at + length <= sizeof text)
                memcpy(text + at, needle, length);
            struct slice s = {text, sizeof text};
            size_t expected = 0;
            while (expected + length <= s.len && memcmp(text + expected, needle, length) != 0)
                expected++;
            if (expected + length > s.len)
                expected = s.len;
            expect_number("found", (long long)slice_find(s, (struct slice){needle, length}),
                          (long long)expected);
            if (at + length <= sizeof text)
                text[at + length - 1] = 'Z';
            expect_number("in any case", (long long)slice_find_nocase(s, (struct slice){needle, length}),
                          (long long)expected);
        }
    }
}

static void finds_last(void **state) {
    static const struct {
        const char *text, *needle;
        size_t exact, nocase;
    } rows[] = {{"a, b, c", ", ", 4, 4},
                {"xA a", "a", 3, 3},
                {"a A", "a", 0, 2},
                {"abc", "x", 3, 3},
                {"", "x", 0, 0}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice s = slice_of(rows[i].text);
        expect_number(rows[i].text, (long long)slice_find_last(s, slice_of(rows[i].needle)),
                      (long long)rows[i].exact);
        expect_number(rows[i].text, (long long)slice_find_last_nocase(s, slice_of(rows[i].needle)),
                      (long long)rows[i].nocase);
    }
}

static void trims(void **state) {
    static const struct {
        const char *input, *expected;
    } rows[] = {{" a b \t\r\n", "a b"}, {"", ""}, {" ", ""}, {"a", "a"}, {"\va\f", "a"}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].input, slice_trim(slice_of(rows[i].input)), rows[i].expected);
    expect_text("no address", slice_trim(SLICE_EMPTY), "");
}

static void cuts(void **state) {
    struct slice s = SLICE("abc");
    (void)state;
    expect_text("from 0", slice_from(s, 0), "abc");
    expect_text("from 2", slice_from(s, 2), "c");
    expect_text("from beyond", slice_from(s, 9), "");
    expect_text("up to 0", slice_upto(s, 0), "");
    expect_text("up to beyond", slice_upto(s, 9), "abc");
    expect_text("of nothing", slice_from(slice_upto(SLICE_EMPTY, 3), 2), "");
    expect_text("of NULL", slice_of(NULL), "");
}

static void compares(void **state) {
    static const struct {
        const char *a, *b;
        bool equal, nocase, starts, ends;
    } rows[] = {
        {"abc", "abc", true, true, true, true},
        {"abc", "ABC", false, true, true, true},
        {"abc", "ab", false, false, true, false},
        {"abc", "BC", false, false, false, true},
        {"abc", "abcd", false, false, false, false},
        {"abc", "", false, false, true, true},
        {"", "", true, true, true, true},
        {"", "a", false, false, false, false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice a = slice_of(rows[i].a);
        struct slice b = slice_of(rows[i].b);
        expect_number(rows[i].b, slice_equal(a, b), rows[i].equal);
        expect_number(rows[i].b, slice_equal_nocase(a, b), rows[i].nocase);
        expect_number(rows[i].b, slice_starts_nocase(a, b), rows[i].starts);
        expect_number(rows[i].b, slice_ends_nocase(a, b), rows[i].ends);
    }
    assert_true(slice_equal(SLICE_EMPTY, SLICE("")));
}

static void finds(void **state) {
    static const struct {
        const char *input, *needle;
        size_t exact, nocase;
    } rows[] = {
        {"abcABC", "ABC", 3, 0}, {"abc", "d", 3, 3},  {"abc", "abcd", 3, 3},
        {"", "a", 0, 0},         {"aab", "ab", 1, 1}, {"abc", "C", 3, 2},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice s = slice_of(rows[i].input);
        struct slice needle = slice_of(rows[i].needle);
        expect_number(rows[i].input, (long long)slice_find(s, needle), (long long)rows[i].exact);
        expect_number(rows[i].input, (long long)slice_find_nocase(s, needle), (long long)rows[i].nocase);
    }
    expect_number("nothing", (long long)slice_find(SLICE("abc"), SLICE_EMPTY), 0);
    expect_number("in nothing", (long long)slice_find_char(SLICE_EMPTY, 'a'), 0);
}

static void lines_and_words(void **state) {
    static const char *const lines[] = {"one", "", "two  words", "last"};
    struct slice rest = SLICE("one\r\n\ntwo  words\nlast\r");
    struct line_counter counter = {rest.ptr, 5};
    struct slice line;
    (void)state;
    for (size_t i = 0; i < ROWS(lines); i++) {
        assert_true(slice_next_line(&rest, &line));
        expect_text(lines[i], line, lines[i]);
        expect_number(lines[i], line_counter_at(&counter, line.ptr), (long long)(5 + i));
    }
    assert_false(slice_next_line(&rest, &line));
    expect_number("a place before", line_counter_at(&counter, line.ptr - 1), 8);
    struct line_counter unknown = {line.ptr, 0};
    expect_number("not known", line_counter_at(&unknown, line.ptr + 1), 0);
    rest = SLICE("  two\twords ");
    struct slice word;
    assert_true(slice_next_word(&rest, &word));
    expect_text("first", word, "two");
    assert_true(slice_next_word(&rest, &word));
    expect_text("second", word, "words");
    assert_false(slice_next_word(&rest, &word));
}

static void numbers(void **state) {
    static const struct {
        const char *input;
        int expected;
        size_t digits;
    } rows[] = {{"0", 0, 1}, {"42x", 42, 2}, {"x", -1, 0},
                {"", -1, 0}, {"-1", -1, 0},  {"9999999999", 999999999, 9}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        size_t digits;
        expect_number(rows[i].input, slice_number(slice_of(rows[i].input), &digits), rows[i].expected);
        expect_number(rows[i].input, (long long)digits, (long long)rows[i].digits);
    }
    expect_number("digits are not asked for", slice_number(SLICE("7"), NULL), 7);
}

/* Each byte by itself, at each place of a text. */
static void lowers(void **state) {
    char text[19], lower[19];
    (void)state;
    for (int c = 0; c < 256; c++)
        for (size_t at = 0; at < sizeof text; at++) {
            memset(text, 'Z', sizeof text);
            text[at] = (char)c;
            slice_lower(lower, (struct slice){text, sizeof text});
            for (size_t i = 0; i < sizeof text; i++)
                expect_number("lower case", lower[i], ascii_lower(text[i]));
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_last),      cmocka_unit_test(trims),   cmocka_unit_test(cuts),
        cmocka_unit_test(compares),        cmocka_unit_test(finds),   cmocka_unit_test(finds_everywhere),
        cmocka_unit_test(lines_and_words), cmocka_unit_test(numbers), cmocka_unit_test(lowers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
