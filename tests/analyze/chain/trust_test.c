#include "analyze/chain/trust.h"
#include "tests/table.h"

static void holds(void **state) {
    static const struct {
        const char *entry, *host;
        bool expected;
    } rows[] = {
        {"mx.example.org", "MX.example.org", true}, {"mx.example.org", "mx2.example.org", false},
        {".example.org", "a.b.example.org", true},  {".example.org", "example.org", true},
        {".example.org", "badexample.org", false},  {"192.0.2.0/24", "192.0.2.77", true},
        {"192.0.2.0/25", "192.0.2.200", false},     {"192.0.2.5", "192.0.2.5", true},
        {"2001:db8::/32", "2001:db8:1::1", true},   {"2001:db8::/32", "2001:db9::1", false},
        {"0.0.0.0/0", "192.0.2.5", true},           {"mx.example.org", "", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct trust_list list = {&rows[i].entry, 1};
        expect_number(rows[i].entry, trust_holds(&list, slice_of(rows[i].host)), rows[i].expected);
    }
}

static void checks(void **state) {
    static const struct {
        const char *entry;
        bool expected;
    } rows[] = {{"mx.example.org", true},
                {"192.0.2.0/24", true},
                {"192.0.2.0/33", false},
                {"192.0.2.1/0", false},
                {"::/0", false},
                {".", false},
                {"..", false},
                {".com", false},
                {".com.", false},
                {".example.org", true},
                {".local", true},
                {"mx", true},
                {"a b", false},
                {"mx.example.org.", true},
                {"mx_1.example.org", true},
                {"müller.example.org", true},
                {"10.0.0.0/8", true},
                {"fc00::/7", true},
                {"192.0.2.0/1", false},
                {"::/1", false},
                {"192.0.2", false},
                {"192.0.2.1.", false},
                {"192.0.2.1:25", false},
                {"a..example.org", false},
                {"-.-", false},
                {"a\\b.example.org", false},
                {"\u202emx.example.org", false},
                {".co.uk", false},
                {".example.co.uk", true},
                {"", false}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].entry, trust_entry_is_valid(rows[i].entry), rows[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(holds), cmocka_unit_test(checks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
