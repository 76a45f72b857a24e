#include "analyze/verdict/own_names.h"
#include "tests/table.h"

static void finds(void **state) {
    static const char *const entries[] = {"example.com", ".example.net.", "kim@example.org"};
    static const struct own_names own = {entries, 3};
    static const struct {
        const char *address, *expected;
    } rows[] = {
        {"bob@example.com", "example.com"},
        {"bob@mx.EXAMPLE.com", "example.com"},
        {"mx.example.com", "example.com"},
        {"bob@badexample.com", ""},
        {"bob@example.net", ".example.net."},
        {"bob@mx.example.net", ".example.net."},
        {"kim@example.org", "kim@example.org"},
        {"bob@example.org", ""},
        {"example.org", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const char *found = own_names_find(&own, slice_of(rows[i].address));
        expect_text(rows[i].address, slice_of(found ? found : ""), rows[i].expected);
    }
}

static void checks(void **state) {
    static const struct {
        const char *entry;
        bool expected;
    } rows[] = {
        {"example.com", true},
        {".example.com", true},
        {"EXAMPLE.com.", true},
        {"a_b.example.com", true},
        {"example.lan", true},
        {"müller.de", true},
        {"kim@example.com", true},
        {"kim+x@example.com", true},
        {"kim@localhost", true},
        {"com", false},
        {"co.uk", false},
        {"localhost", false},
        {"192.0.2.1", false},
        {"192.0.2", false},
        {"a..b.com", false},
        {"-.-", false},
        {"a\\b.example.com", false},
        {"\u202eabc.example.com", false},
        {"a b.example.com", false},
        {"*.example.com", false},
        {"@example.com", false},
        {"a@b@example.com", false},
        {"a@\"b\".example.com", false},
        {"kim lee@example.com", false},
        {"http://example.com", false},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].entry, own_name_is_valid(rows[i].entry), rows[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds), cmocka_unit_test(checks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
