/* A logo for a domain's mail. */
#include "analyze/auth/bimi_check.h"
#include "tests/analyze/auth/on_zone.h"

static const struct {
    const char *zone, *expected;
} rows[] = {
    {";! complete\ndefault._bimi.d.example. 1 IN TXT \"v=BIMI1; l=https://d.example/a.svg\"\n",
     "pass pass d.example: d.example publishes a logo (BIMI)"},
    {";! complete\ndefault._bimi.d.example. 1 IN TXT \"v=BIMI2\"\n", ""},
    {";! complete\n", ""},
    {"", "unchecked unchecked d.example: whether d.example publishes a logo (BIMI) is not known"},
};

static void test_rows(void **state) {
    struct transaction s = {.from_domain = SLICE("d.example")};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_results(rows[i].zone, &bimi_check, rows[i].zone, &s, NULL, rows[i].expected);
    struct transaction nothing = {0};
    expect_results("no domain", &bimi_check, "", &nothing, NULL, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
