#include "parsers/base/host.h"
#include "tests/table.h"

static void is_within(void **state) {
    static const struct {
        const char *name, *domain;
        bool expected;
    } rows[] = {
        {"example.org", "example.org", true},
        {"mx.example.org", "example.org", true},
        {"a.b.example.org", "EXAMPLE.org", true},
        {"badexample.org", "example.org", false},
        {"org", "example.org", false},
        {".example.org", "example.org", true},
        {"example.org", "mx.example.org", false},
        {"example.org", "", false},
        {"", "", false},
        {"", "example.org", false},
        {"mx.example.org.", "example.org", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].name, host_is_within(slice_of(rows[i].name), slice_of(rows[i].domain)),
                      rows[i].expected);
}

static void is_literal(void **state) {
    static const struct {
        const char *host;
        bool expected;
    } rows[] = {
        {"10.1.2.3", true},
        {"[10.1.2.3]", true},
        {"[IPv6:2001:db8::1]", true},
        {"2001:db8::1", true},
        {"203.0.113.5.", true},
        {"127", true},
        {"example.org", false},
        {"1and1.com", false},
        {"3.example.org", false},
        {"example.o3", false},
        {"", false},
        {"5.2.0.192.in-addr.arpa", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].host, host_is_literal(slice_of(rows[i].host)), rows[i].expected);
}

static void fits_entry(void **state) {
    static const struct {
        const char *host, *entry;
        bool expected;
    } rows[] = {
        {"mx.example.org", "mx.example.org", true},
        {"MX.example.org", "mx.EXAMPLE.org", true},
        {"mx.example.org", "example.org", false},
        {"mx.example.org", ".example.org", true},
        {"example.org", ".example.org", true},
        {"badexample.org", ".example.org", false},
        {"mx.example.org", ".", false},
        {"mx.example.org", "", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].host, host_fits_entry(slice_of(rows[i].host), slice_of(rows[i].entry)),
                      rows[i].expected);
}

static void is_machine(void **state) {
    static const struct {
        const char *word;
        bool expected;
    } rows[] = {
        {"spam-gw", true},    {"antispam-cluster-3", true},
        {"mx-2", true},       {"Virus-Node7", true},
        {"anti-spam", false}, {"spam", false},
        {"spam-", false},     {"-3", false},
        {"2024-11", false},   {"", false},
        {"e-mail", false},    {"SMTP-Host", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].word, host_is_machine(slice_of(rows[i].word)), rows[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(is_within), cmocka_unit_test(is_literal),
                                       cmocka_unit_test(fits_entry), cmocka_unit_test(is_machine)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
