#include "parsers/base/organisation.h"
#include "tests/table.h"

static struct arena arena;

static void finds(void **state) {
    static const struct {
        const char *host, *expected;
    } rows[] = {
        {"mail.example.co.uk", "example.co.uk"},
        {"Mail.Example.ORG.", "example.org"},
        {"example.org", "example.org"},
        {"co.uk", "co.uk"},
        {"localhost", ""},
        {"192.0.2.1", ""},
        {"2001:db8::1", ""},
        {"", ""},
        {"...", ""},
        {"a.unknown-suffix", "a.unknown-suffix"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].host, organisation_of(&arena, slice_of(rows[i].host)), rows[i].expected);
}

static void internal(void **state) {
    static const struct {
        const char *host;
        bool expected;
    } rows[] = {
        {"localhost", true},   {"mx", true},         {"mx.local", true},    {"MX.LAN", true},
        {"a.home.arpa", true}, {"home.arpa", true},  {"mx.example", false}, {"notlocal.org", false},
        {"::1", false},        {"mx.thelan", false}, {"a.internal", true},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].host, host_is_internal(slice_of(rows[i].host)), rows[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds), cmocka_unit_test(internal)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
