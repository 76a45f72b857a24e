#include "parsers/rules/pattern.h"
#include "tests/table.h"

#include <stdio.h>

static void matches(void **state) {
    static const struct {
        const char *regex, *text;
        size_t start;
        const char *whole, *a; /* whole NULL: no match; a: the group of that name */
    } rows[] = {
        {"moon", "the MOON", 0, "MOON", ""},
        {"moon", "the moon", 5, NULL, ""},
        {"^b$", "a\nb\nc", 0, "b", ""},
        {"(?<a>\\d+) x", "12 x 34 x", 0, "12 x", "12"},
        {"(?<a>\\d+) x", "12 x 34 x", 2, "34 x", "34"},
        {"(?:x(?<a>1)|y(?<a>2))", "y2", 0, "y2", "2"},
        {"y(?<a>2)?", "y", 0, "y", ""},
        {"\xc3\xa4", "\xc3\x84", 0, "\xc3\x84", ""},
        {"", "", 0, "", ""},
        {"x", "", 0, NULL, ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct pattern p = {0};
        struct pattern_match m;
        /* More often than it takes to be compiled to machine code. */
        for (int k = 0; k < 20; k++) {
            int result = pattern_match(&p, rows[i].regex, slice_of(rows[i].text), rows[i].start, &m);
            expect_number(rows[i].regex, result, rows[i].whole ? PATTERN_MATCH : PATTERN_NO_MATCH);
            if (rows[i].whole) {
                expect_text(rows[i].regex, m.whole, rows[i].whole);
                expect_text(rows[i].regex, pattern_group(&m, "a"), rows[i].a);
                expect_text(rows[i].regex, pattern_group(&m, "none"), "");
            }
        }
        pattern_free(&p);
    }
}

/* A pattern that backtracks without end is stopped. */
static void stops(void **state) {
    struct pattern p = {0};
    struct pattern_match m;
    (void)state;
    expect_number(
        "stopped",
        pattern_match(&p, "(?:a|aa)+$",
                      SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), 0,
                      &m),
        PATTERN_LIMIT);
    pattern_free(&p);
}

static void checks(void **state) {
    static const struct {
        const char *regex, *message; /* NULL: it is valid */
        size_t offset;
    } rows[] = {
        {"moon(", "missing closing parenthesis", 5},
        {"[a", "missing terminating ] for character class", 2},
        {"a{2}(?<name>b)", NULL, 0},
        {"\xff", "UTF-8 error", 0},
        {"(1)(2)(3)(4)(5)(6)(7)(8)(9)(10)(11)(12)(13)(14)(15)(16)(17)(18)(19)(20)(21)(22)(23)", NULL, 0},
        {"(1)(2)(3)(4)(5)(6)(7)(8)(9)(10)(11)(12)(13)(14)(15)(16)(17)(18)(19)(20)(21)(22)(23)(24)",
         "more than 23 capture groups", 0},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        char message[256] = "";
        size_t offset = 0;
        expect_number(rows[i].regex, pattern_check(rows[i].regex, message, &offset), !rows[i].message);
        if (rows[i].message)
            expect_text(rows[i].regex, slice_upto(slice_of(message), strlen(rows[i].message)),
                        rows[i].message);
        expect_number(rows[i].regex, (long long)offset, (long long)rows[i].offset);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(matches), cmocka_unit_test(stops),
                                       cmocka_unit_test(checks)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    pattern_thread_end();
    return failures;
}
