/* What a snapshot knows, and what is noted as missing. */
#include "analyze/auth/resolver.h"
#include "tests/analyze/auth/on_zone.h"

static const char zone[] = "a.example. 1 IN A 192.0.2.1\n"
                           "a.example. 1 IN AAAA 2001:db8::1\n"
                           "four.example. 1 IN A 192.0.2.4\n"
                           ";! NODATA four.example. AAAA\n"
                           "alias.example. 1 IN CNAME a.example.\n"
                           "loop.example. 1 IN CNAME loop2.example.\n"
                           "loop2.example. 1 IN CNAME loop.example.\n"
                           ";! NXDOMAIN none.example.\n"
                           ";! SERVFAIL broken.example. A\n"
                           ";! NODATA broken.example. AAAA\n";

static const struct {
    const char *name, *status;
    unsigned addresses, missing;
} rows[] = {
    {"a.example", "found", 2, 0},
    {"A.Example.", "found", 2, 0},
    {"alias.example", "found", 2, 0},
    {"four.example", "found", 1, 0},
    {"loop.example", "its name servers failed", 0, 0},
    {"none.example", "there is no such name", 0, 0},
    {"broken.example", "its name servers failed", 0, 0},
    {"unknown.example", "the snapshot does not say", 0, 2},
    {"no..name", "there is no such name", 0, 0},
    {"[192.0.2.1]", "there is no such name", 0, 0},
    {"[IPv6:2001:db8::1]", "there is no such name", 0, 0},
};

static void test_rows(void **state) {
    struct snapshot *s = snapshot_of(zone);
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct resolver resolver;
        resolver_init(&resolver, s, &arena);
        struct host_addresses all = host_addresses(&resolver, slice_of(rows[i].name));
        host_addresses(&resolver, slice_of(rows[i].name)); /* what was noted is not noted again */
        expect_text(rows[i].name, slice_of(dns_status_words(all.status)), rows[i].status);
        expect_number(rows[i].name, (long long)all.count, rows[i].addresses);
        expect_number(rows[i].name, (long long)resolver.missing_count, rows[i].missing);
        struct ip ip = ip_of("192.0.2.1");
        expect_number(rows[i].name, host_has_address(&all, &ip), rows[i].addresses == 2);
        resolver_close(&resolver);
        arena_free(&arena);
    }
    snapshot_free(s);
}

static void without_snapshot(void **state) {
    struct arena arena = {0};
    struct resolver resolver;
    (void)state;
    resolver_init(&resolver, NULL, &arena);
    assert_true(dns_is_open(dns_lookup(&resolver, SLICE("a.example"), DNS_A).status));
    assert_false(dns_is_none(DNS_UNKNOWN) || dns_is_failure(DNS_UNKNOWN));
    assert_true(dns_is_none(DNS_NODATA) && dns_is_none(DNS_NXDOMAIN) && dns_is_failure(DNS_TIMEOUT));
    resolver_close(&resolver);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(without_snapshot)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
