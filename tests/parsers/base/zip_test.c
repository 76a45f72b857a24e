/* Zip archives in memory: files that python's zipfile wrote, and damage. */
#include "parsers/base/zip.h"
#include "tests/table.h"

#include <glib.h>

#define HEADER(flags, method, packed, name)                                                                  \
    "PK\3\4\x14\0" flags method "\0\0\0\0"                                                                   \
    "\0\0\0\0" packed "\0\0\0\0" name "\0"                                                                   \
    "\0\0"
#define SLICE_OF(text)                                                                                       \
    { text, sizeof(text) - 1 }

static const struct {
    const char *what;
    struct slice bytes;
    const char *plain;
    bool is_wrong;
} rows[] = {
    {"stored", SLICE_OF(HEADER("\0\0", "\0\0", "\5\0\0\0", "\1") "ahelloPK"), "hello", false},
    {"deflated",
     SLICE_OF(HEADER("\0\0", "\x8\0", "\0\0\0\0", "\1") "a"
                                                        "\xcb\x48\xcd\xc9\xc9\x07\x00PK"),
     "hello", false},
    {"cut",
     SLICE_OF(HEADER("\0\0", "\x8\0", "\0\0\0\0", "\1") "a"
                                                        "\xcb\x48\xcd\xc9"),
     "hel", true},
    {"encrypted",
     SLICE_OF(HEADER("\1\0", "\x8\0", "\0\0\0\0", "\1") "a"
                                                        "\xcb\x48\xcd\xc9"),
     "", true},
    {"another method", SLICE_OF(HEADER("\0\0", "\xc\0", "\0\0\0\0", "\1") "abc"), "", true},
    {"a name that is longer than all", SLICE_OF(HEADER("\0\0", "\0\0", "\5\0\0\0", "\xff") "ahello"), "",
     false},
};

static void expands(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice plain;
        expect_number(rows[i].what, zip_begins(rows[i].bytes), true);
        const char *wrong = zip_first(rows[i].bytes, 1000, &plain);
        expect_number(rows[i].what, wrong != NULL, rows[i].is_wrong);
        if (strcmp(rows[i].what, "cut") != 0)
            expect_text(rows[i].what, plain, rows[i].plain);
        g_free((char *)plain.ptr);
    }
}

static void keeps_to_its_limit(void **state) {
    struct slice plain;
    (void)state;
    assert_non_null(zip_first(rows[1].bytes, 3, &plain));
    g_free((char *)plain.ptr);
    assert_false(zip_begins(SLICE("PK\3\4")));
    assert_false(zip_begins(SLICE("no archive at all, but long enough to be one")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(expands), cmocka_unit_test(keeps_to_its_limit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
