/* Features of replies: what differs from mail to mail makes no difference, what says something does. */
#include "parsers/rules/features.h"
#include "tests/table.h"

#include <stdlib.h>

static const int no_status[3] = {0};

static size_t read(const char *text, uint16_t buckets[FEATURES_MOST]) {
    return features_of(0, no_status, slice_of(text), buckets, NULL);
}

static bool are_same(const char *one, const char *other) {
    static uint16_t a[FEATURES_MOST], b[FEATURES_MOST];
    size_t count = read(one, a);
    return count == read(other, b) && memcmp(a, b, count * sizeof *a) == 0;
}

static void passes_over_what_differs(void **state) {
    static const struct {
        const char *one, *other;
        bool same;
    } rows[] = {
        {"<bob@example.org>: user unknown", "<a.long.name@mail.example.net>: user unknown", true},
        {"blocked: 192.0.2.7", "blocked: 203.0.113.250", true},
        {"blocked: 192.0.2.7", "blocked: 2001:db8::17", true},
        {"host mx1.example.org said no", "host in.mail.example.net said no", true},
        {"try again in 15 minutes", "try again in 300 minutes", true},
        {"id 7f3ab9c81d20e5 refused", "id 0c11de98aa7734f refused", true},
        {"user   unknown", "user unknown", true},
        {"(user unknown).", "user unknown", true},
        {"user unknown", "user unwanted", false},
        {"user unknown", "unknown user", false},
        {"see https://example.org/spf", "see https://example.org/dmarc", false}, /* a page keeps its words */
        {"error s3150", "error x3150", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].one, are_same(rows[i].one, rows[i].other), rows[i].same);
}

static void knows_codes(void **state) {
    uint16_t one[FEATURES_MOST], other[FEATURES_MOST];
    const int status[3] = {5, 1, 1};
    const int temporary[3] = {4, 1, 1};
    (void)state;
    assert_int_equal(features_of(550, status, SLICE_EMPTY, one, NULL), 4);
    assert_int_equal(features_of(450, temporary, SLICE_EMPTY, other, NULL), 4);
    assert_int_equal(one[2], other[2]); /* subject and detail, whatever the class */
    assert_int_not_equal(one[3], other[3]);
    assert_int_equal(features_of(0, no_status, SLICE_EMPTY, one, NULL), 0);
}

/* However a text is made, its features fit into the room for them. */
static void is_bounded(void **state) {
    static const char *const parts[] = {"a", " ", "1",        "a ",  "1 ",      "a1",  "1a",
                                        "@", ".", "\xc3\xa9", "://", "x1y2z3 ", "\x80"};
    static char text[4096];
    static uint16_t buckets[FEATURES_MOST];
    (void)state;
    for (size_t p = 0; p < ROWS(parts); p++)
        for (size_t q = 0; q < ROWS(parts); q++) {
            size_t used = 0;
            for (size_t i = 0; used + 8 < sizeof text; i++) {
                const char *part = parts[i % 2 ? p : q];
                memcpy(text + used, part, strlen(part));
                used += strlen(part);
            }
            struct slice whole = {text, used};
            struct slice read = slice_upto(whole, LIMIT_FEATURE_TEXT);
            size_t count = features_of(550, no_status, whole, buckets, NULL);
            assert_in_range(count, 0, FEATURES_MOST - 8);
            assert_int_equal(count,
                             features_of(550, no_status, read, buckets, NULL)); /* the rest is not read */
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passes_over_what_differs),
        cmocka_unit_test(knows_codes),
        cmocka_unit_test(is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
