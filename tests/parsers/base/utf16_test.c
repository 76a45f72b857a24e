/* UTF-16: whether a text is it, and what it becomes in UTF-8. */
#include "parsers/base/utf16.h"
#include "tests/table.h"

static void finds(void **state) {
    static const struct {
        struct slice start;
        enum utf16 order;
    } rows[] = {
        {SLICE("\xff\xfe"), UTF16_LITTLE},
        {SLICE("\xfe\xff"), UTF16_BIG},
        {SLICE("N\0o\0v\0 \0"
               "2\0"
               "4\0 \0"
               "0\0"),
         UTF16_LITTLE},
        {SLICE("\0N\0o\0v\0 \0"
               "2\0"
               "4\0 \0"
               "0"),
         UTF16_BIG},
        {SLICE("N\0o\0v\0"), UTF16_NOT}, /* too short to tell without a mark */
        {SLICE("name\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), UTF16_NOT},
        {SLICE("Nov 24 09:14:07 mx1 postfix"), UTF16_NOT},
        {SLICE(""), UTF16_NOT},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].start.ptr, utf16_find(rows[i].start), rows[i].order);
}

static void expands(void **state) {
    static const struct {
        enum utf16 order;
        struct slice in;
        bool is_all;
        const char *out;
        size_t left;
    } rows[] = {
        {UTF16_LITTLE,
         SLICE("\xff\xfe"
               "a\0\xe4\0\x08\x67"),
         true, "a\xc3\xa4\xe6\x9c\x88", 0},
        {UTF16_BIG, SLICE("\xfe\xff\0a\0\xe4\x67\x08"), true, "a\xc3\xa4\xe6\x9c\x88", 0},
        {UTF16_BIG, SLICE("\xd8\x3d\xde\x00"), true, "\xf0\x9f\x98\x80", 0},
        {UTF16_BIG, SLICE("\0a\xd8\x3d"), false, "a", 2}, /* the other half may follow */
        {UTF16_BIG, SLICE("\0a\xd8\x3d"), true, "a\xef\xbf\xbd", 0},
        {UTF16_BIG, SLICE("\xde\x00\0a"), true,
         "\xef\xbf\xbd"
         "a",
         0},
        {UTF16_LITTLE, SLICE("a\0b"), false, "a", 1},
        {UTF16_LITTLE, SLICE("a\0b"), true, "a\xef\xbf\xbd", 0},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        char out[64];
        struct slice in = rows[i].in;
        size_t used = utf16_expand(rows[i].order, &in, rows[i].is_all, out, sizeof out);
        expect_text(rows[i].out, (struct slice){out, used}, rows[i].out);
        expect_number(rows[i].out, (long long)in.len, (long long)rows[i].left);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds), cmocka_unit_test(expands)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
