#include "parsers/base/ip.h"
#include "tests/table.h"

static struct arena arena;

static void parses(void **state) {
    static const struct {
        const char *input, *text, *reversed, *name; /* text empty: it is no address */
        bool is_loopback, is_internal;
    } rows[] = {
        {"192.0.2.1", "192.0.2.1", "1.2.0.192.zone", "1.2.0.192.in-addr.arpa", false, false},
        {"127.8.9.1", "127.8.9.1", "1.9.8.127.zone", "1.9.8.127.in-addr.arpa", true, true},
        {"10.0.0.1", "10.0.0.1", "1.0.0.10.zone", "1.0.0.10.in-addr.arpa", false, true},
        {"172.16.0.1", "172.16.0.1", "1.0.16.172.zone", "1.0.16.172.in-addr.arpa", false, true},
        {"172.32.0.1", "172.32.0.1", "1.0.32.172.zone", "1.0.32.172.in-addr.arpa", false, false},
        {"100.64.0.1", "100.64.0.1", "1.0.64.100.zone", "1.0.64.100.in-addr.arpa", false, true},
        {"IPv6:2001:DB8::1", "2001:db8::1",
         "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.zone",
         "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", false, false},
        {"::ffff:192.0.2.1", "192.0.2.1", "1.2.0.192.zone", "1.2.0.192.in-addr.arpa", false, false},
        {"::1", "::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.zone",
         "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa", true, true},
        {"fe80::1%4", "fe80::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.zone",
         "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa", false, true},
        {"192.0.2.256", "", "", "", false, false},
        {"192.0.2", "", "", "", false, false},
        {"1", "", "", "", false, false},
        {"", "", "", "", false, false},
        {"example.org", "", "", "", false, false},
        {"2001:db8::1::2", "", "", "", false, false},
        {"1111:2222:3333:4444:5555:6666:7777:8888:9999:0000:1111", "", "", "", false, false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct ip ip;
        bool is_read = ip_parse(slice_of(rows[i].input), &ip);
        expect_number(rows[i].input, is_read, rows[i].text[0] != '\0');
        expect_text(rows[i].input, ip_text(&arena, &ip), rows[i].text);
        if (!is_read)
            continue;
        expect_text(rows[i].input, ip_reversed(&arena, &ip, "zone"), rows[i].reversed);
        expect_text(rows[i].input, ip_reverse_name(&arena, &ip), rows[i].name);
        expect_number(rows[i].input, ip_is_loopback(&ip), rows[i].is_loopback);
        expect_number(rows[i].input, ip_is_internal(&ip), rows[i].is_internal);
    }
}

static void networks(void **state) {
    static const struct {
        const char *network, *ip;
        int holds; /* -1: it is no network */
    } rows[] = {
        {"192.0.2.0/24", "192.0.2.255", 1},      {"192.0.2.0/24", "192.0.3.0", 0},
        {"192.0.2.0/25", "192.0.2.128", 0},      {"192.0.2.1", "192.0.2.1", 1},
        {"192.0.2.1", "192.0.2.2", 0},           {"0.0.0.0/0", "192.0.2.2", 1},
        {"0.0.0.0/0", "2001:db8::1", 0},         {"2001:db8::/33", "2001:db8::1", 1},
        {"2001:db8::/33", "2001:db8:8000::", 0}, {"192.0.2.0/33", "192.0.2.1", -1},
        {"192.0.2.0/", "192.0.2.1", -1},         {"192.0.2/24", "192.0.2.1", -1},
        {"2001:db8::/129", "2001:db8::1", -1},   {"192.0.2.0/24", "nothing", 0},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct network network;
        struct ip ip;
        ip_parse(slice_of(rows[i].ip), &ip);
        bool is_read = network_parse(slice_of(rows[i].network), &network);
        expect_number(rows[i].network, is_read ? network_holds(&network, &ip) : -1, rows[i].holds);
    }
}

struct reversed {
    const char *name, *ip; /* ip NULL: none */
};

static void expect_reversed(struct reversed row, bool (*read)(struct slice name, struct ip *ip)) {
    struct ip ip;
    struct ip expected;
    expect_number(row.name, read(slice_of(row.name), &ip), row.ip != NULL);
    if (row.ip && ip_parse(slice_of(row.ip), &expected))
        assert_memory_equal(ip.bytes, expected.bytes, sizeof ip.bytes);
}

static void reads_reversed(void **state) {
    static const struct reversed rows[] = {
        {"5.2.0.192.in-addr.arpa", "192.0.2.5"},
        {"1.0.0.10.zen.example.", "10.0.0.1"},
        {"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "2001:db8::1"},
        {"256.2.0.192.in-addr.arpa", NULL},
        {"2.0.192.in-addr.arpa", NULL},
        {"5.2.0.192", NULL},
        {"mail.example.com", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_reversed(rows[i], ip_of_reversed);
}

static void reads_reverse_domains(void **state) {
    static const struct reversed rows[] = {
        {"5.2.0.192.in-addr.arpa", "192.0.2.5"},
        {"168.192.in-addr.arpa", "192.168.0.0"},
        {"x.168.192.in-addr.arpa", "192.168.0.0"},
        {"s._domainkey.1.168.192.IN-ADDR.arpa", "192.168.1.0"},
        {"7.5.2.0.192.in-addr.arpa", "192.0.2.5"},
        {"x.in-addr.arpa", "0.0.0.0"},
        {"256.10.in-addr.arpa", "10.0.0.0"},
        {"d.f.ip6.arpa", "fd00::"},
        {"8.b.d.0.1.0.0.2.ip6.arpa", "2001:db8::"},
        {"x.e.f.ip6.arpa", "fe00::"},
        {"8.e.f.ip6.arpa", "fe80::"},
        {".in-addr.arpa", "0.0.0.0"},
        {"in-addr.arpa", NULL},
        {"mail.example.com", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_reversed(rows[i], ip_of_reverse_domain);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_reversed),
                                       cmocka_unit_test(reads_reverse_domains), cmocka_unit_test(parses),
                                       cmocka_unit_test(networks)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
