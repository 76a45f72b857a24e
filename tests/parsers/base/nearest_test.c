#include "parsers/base/nearest.h"
#include "tests/table.h"

static void finds(void **state) {
    static const char *const names[] = {"log", "reply", "rules", "explain", "help", "audit"};
    static const struct {
        const char *word, *nearest; /* NULL: none is near */
    } rows[] = {
        {"lgo", "log"},    {"hlep", "help"},   {"logs", "log"},
        {"rule", "rules"}, {"RULES", "rules"}, {"explian", "explain"},
        {"repy", "reply"}, {"nonsense", NULL}, {"dog", NULL},
        {"x", NULL},       {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const char *found = NULL;
        struct nearest near = {.word = slice_of(rows[i].word), .names = &found, .most = 1};
        for (size_t n = 0; n < ROWS(names); n++)
            nearest_offer(&near, slice_of(names[n]), names[n]);
        expect_text(rows[i].word, slice_of(found ? found : "none"),
                    rows[i].nearest ? rows[i].nearest : "none");
    }
}

static void orders(void **state) {
    const char *found[3] = {0};
    struct nearest near = {.word = SLICE("abcd"), .names = found, .most = 3};
    static const char *const names[] = {"abxyd", "abcx", "abcd", "abcd", "abdc", "zzzz"};
    (void)state;
    for (size_t n = 0; n < ROWS(names); n++)
        nearest_offer(&near, slice_of(names[n]), names[n]);
    expect_number("count", near.count, 3);
    expect_text("first", slice_of(found[0]), "abcd");
    expect_text("second", slice_of(found[1]), "abcx");
    expect_text("third", slice_of(found[2]), "abdc");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds), cmocka_unit_test(orders)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
