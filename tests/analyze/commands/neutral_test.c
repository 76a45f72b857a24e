/* What tells whose mail it was is gone from a reply's words; codes and names of providers stay. */
#include "analyze/commands/neutral.h"

#include "tests/table.h"

#include <glib.h>

static const struct {
    const char *words, *neutral, *pattern;
} rows[] = {
    {"", "", ""},
    {"<bob.miller@moon.example>: no such user", "<user@example.org>: no such user", "<\\S+>: no such user"},
    {"from <ann@shop.example>", "from <user@example.com>", "from <\\S+>"},
    {"host [203.0.113.9] blocked, see https://list.test/q?ip=203.0.113.9.",
     "host [192.0.2.1] blocked, see https://list.test/q?ip=192.0.2.1.",
     "host \\[\\S+\\] blocked, see https://list\\.test/q\\?ip=\\S+\\."},
    {"2a01:db8::7: rejected", "2001:db8::1: rejected", "\\S+: rejected"},
    {"mx.shop.example and shop.example, not workshop.example",
     "mail.example.com and example.com, not workshop.example", "\\S+ and \\S+, not workshop\\.example"},
    {"MOON.example.", "example.org.", "\\S+\\."},
    {"a <U+001B>[31m \xEF\xBF\xBD\xEF\xBF\xBD!", "a <U+001B>[31m \xEF\xBF\xBD\xEF\xBF\xBD!",
     "a \\S*\\[31m \\S+!"},
    {"<U+1B> and <U+", "<U+1B> and <U+", "<U\\+1B> and <U\\+"},
    {"(S3150) id 4Fq2xR6hLmz9rJ n0a1b2c3d", "(S3150) id 4Fq2xR6hLmz9rJ n0a1b2c3d",
     "\\(S3150\\) id \\S+ \\S+"},
};

static void test_rows(void **state) {
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice neutral =
            neutral_words(&arena, slice_of(rows[i].words), SLICE("shop.example"), SLICE("moon.example"));
        size_t letters;
        g_autofree char *pattern = neutral_pattern(neutral, &letters);
        expect_text(rows[i].words, neutral, rows[i].neutral);
        expect_text(rows[i].words, slice_of(pattern), rows[i].pattern);
        expect_number(rows[i].words, g_regex_match_simple(pattern, neutral.len ? neutral.ptr : "", 0, 0),
                      true);
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
