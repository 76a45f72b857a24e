/* Spans of time in words. */
#include "analyze/chain/duration.h"

#include "tests/table.h"

static void test_rows(void **state) {
    (void)state;
    static const struct {
        int64_t seconds;
        const char *words;
    } rows[] = {
        {0, "0 s"},
        {119, "119 s"},
        {-120, "2 min"},
        {7200, "2 h 0 min"},
        {172800, "2 days"},
        {999LL * 86400, "999 days"},
        {1000LL * 86400, "1,000 days"},
        {584773LL * 86400, "584,773 days"},
        {INT64_C(1) << 60, "more than 999,999 days"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].words, duration_words(&arena, rows[i].seconds), rows[i].words);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
