/* Names that look as if nobody chose them. */
#include "parsers/base/generic_name.h"
#include "tests/analyze/auth/on_zone.h"

static const struct {
    const char *name, *ip, *expected;
} rows[] = {
    {"mail.example.org", "192.0.2.1", ""},
    {"mx1.example.org", "192.0.2.1", ""},
    {"mail-192-0-2-1.example.org", "192.0.2.1", "it contains the address itself"},
    {"1.2.0.192.example.org", "192.0.2.1", "it contains the address itself"},
    {"host002000192.example.org", "192.0.2.1", ""},
    {"c0000201.example.org", "192.0.2.1", "it contains the address itself, in hexadecimal"},
    {"dyn17.example.org", "192.0.2.1", "it looks like the names of dynamic or unassigned addresses"},
    {"p17.dsl.example.org", "192.0.2.1", "it looks like the names of dynamic or unassigned addresses"},
    {"pool.example.org", "192.0.2.1", ""}, /* without a number it is a name like another */
    {"dynamics17.example.org", "192.0.2.1", ""},
    {"x0000000000000001.example.org", "2001:db8::1", "it contains the address itself, in hexadecimal"},
    {"mail.example.org", "2001:db8::1", ""},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct ip ip = ip_of(rows[i].ip);
        const char *why = name_is_generic(slice_of(rows[i].name), &ip);
        expect_text(rows[i].name, slice_of(why ? why : ""), rows[i].expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
