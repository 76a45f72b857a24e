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

static void same(void **state) {
    static const struct {
        const char *host, *other;
        bool expected;
    } rows[] = {
        {"mx1.example.org", "mx2.Example.Org.", true},
        {"example.org", "a.b.example.org", true},
        {"example.org", "example.org", true},
        {"example.org", "example.com", false},
        {"a.example.org", "a.example2.org", false},
        {"mail.example.co.uk", "mail.other.co.uk", false},
        {"mail.example.co.uk", "example.co.uk", true},
        {"example.co.uk", "co.uk", false},
        {"co.uk", "co.uk", true},
        {"a.b.unknown-suffix", "c.b.unknown-suffix", true},
        {"localhost", "localhost", false},
        {"192.0.2.1", "192.0.2.1", false},
        {"192.0.2.1", "198.51.2.1", false},
        {"org", "example.org", false},
        {"a.b.c.d.example.org", "a.b.x.d.example.org", true},
        {"xexample.org", "example.org", false},
        /* Suffixes below names that are none, of every host below a name, and with exceptions. */
        {"a.s3.amazonaws.com", "b.amazonaws.com", false},
        {"a.s3.amazonaws.com", "b.a.s3.amazonaws.com", true},
        {"s3.amazonaws.com", "amazonaws.com", false},
        {"a.github.io", "b.github.io", false},
        {"a.b.ck", "c.b.ck", false},
        {"a.c.b.ck", "d.c.b.ck", true},
        {"a.www.ck", "b.www.ck", true},
        {".example.org", "example.org", false},
        {"", "", false},
        {"...", "...", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice host = slice_of(rows[i].host);
        struct slice other = slice_of(rows[i].other);
        struct slice one = organisation_of(&arena, host);
        expect_number(rows[i].host, organisation_is_same(host, other), rows[i].expected);
        expect_number(rows[i].host, organisation_is_same(other, host), rows[i].expected);
        expect_number(rows[i].host, one.len && slice_equal(one, organisation_of(&arena, other)),
                      rows[i].expected);
        expect_number(rows[i].host, organisation_is_known(host), one.len > 0);
    }
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

static void private(void **state) {
    static const struct {
        const char *host;
        bool expected;
    } rows[] = {
        {"mx", true},
        {"", true},
        {"printer.home.arpa", true},
        {"mx.LAN.", true},
        {"abc.onion", true},
        {"x.test", true},
        {"x.invalid", true},
        {"x.alt", true},
        {"n1.docker", true},
        {"pc.WORKGROUP", true},
        {"192.0.2.1", true},
        {"[192.0.2.1]", true},
        {"::1", true},
        {"10.in-addr.arpa", true},
        {"1.0.168.192.in-addr.arpa", true},
        {"d.f.ip6.arpa", true},
        {"1.0.0.10.zen.spamhaus.org", true},
        {"10.0.0.1.spf.iana.org", true},
        {"192.168.4.4", true},
        {"iana.org", false},
        {"IANA.ORG.", false},
        {"mail.home.iana.org", false},
        {"mx.example", false},
        {"mx.co.ck", false},
        {"xn--e1afmkfd.xn--p1ai", false},
        {"fritz.box", false},
        {"8.in-addr.arpa", false},
        {"1.0.8.8.zen.spamhaus.org", false},
        {"8.8.8.8.spf.iana.org", false},
        {"10.0.0.mx.iana.org", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].host, host_is_private(slice_of(rows[i].host)), rows[i].expected);
}

static void registry(void **state) {
    static const struct {
        const char *host;
        bool expected;
    } rows[] = {
        {"com", true},  {"CO.UK.", true}, {"co.ck", true},         {"example.com", false},
        {"lan", false}, {"", false},      {"blogspot.com", false}, {"example.co.uk", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].host, host_is_registry(slice_of(rows[i].host)), rows[i].expected);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds), cmocka_unit_test(same),
                                       cmocka_unit_test(internal), cmocka_unit_test(private),
                                       cmocka_unit_test(registry)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
