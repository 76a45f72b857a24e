/* A header as an array of its fields. */
#include "analyze/auth/header_fields.h"
#include "tests/table.h"

static const struct {
    const char *header, *expected; /* name|raw, each in brackets */
} rows[] = {
    {"", ""},
    {"A: 1\n", "[A| 1]"},
    {"A: 1\r\nB:2\r\n\tmore\r\nC:\r\n", "[A| 1][B|2\r\n\tmore][C|]"},
    {"A: 1\n\nB: 2\n", "[A| 1]"}, /* the header ends at a blank line */
    {"no field\nA: 1\n", "[A| 1]"},
    {"A : 1\n", "[A| 1]"},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct header_fields all;
        struct slice found = SLICE_EMPTY;
        header_split(&all, slice_of(rows[i].header), &arena);
        for (size_t k = 0; k < all.count; k++)
            found = arena_printf(&arena, "%.*s[%.*s|%.*s]", S(found), S(all.fields[k].name),
                                 S(all.fields[k].raw));
        expect_text(rows[i].header, found, rows[i].expected);
        arena_free(&arena);
    }
}

static void limits_fields(void **state) {
    struct arena arena = {0};
    struct header_fields all;
    size_t len = 5 * (MOST_OF_FIELDS + 10);
    char *text = arena_alloc(&arena, len);
    (void)state;
    for (size_t i = 0; i < len; i++)
        text[i] = "A: 1\n"[i % 5];
    header_split(&all, (struct slice){text, len}, &arena);
    expect_number("fields", (long long)all.count, MOST_OF_FIELDS);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(limits_fields)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
