/* Terms of SPF as people write them, and what they were meant to be. */
#include "analyze/auth/spf_meant.h"
#include "tests/table.h"

static void means(void **state) {
    static const struct {
        const char *term, *expected; /* "": it is right, or not known */
    } rows[] = {
        {"ip4:192.0.2.1", ""},
        {"ip:192.0.2.1", "ip4:192.0.2.1"},
        {"ip4:192.0.2.8-192.0.2.15", "ip4:192.0.2.8/29"},
        {"ip4:192.0.2.7-192.0.2.9", "ip4:192.0.2.7 ip4:192.0.2.8/31"},
        {"ip4:192.0.2.0-255", "ip4:192.0.2.0/24"},
        {"ip4:0.0.0.0-255.255.255.255", "ip4:0.0.0.0/0"},
        {"ip4:192.0.2.9-192.0.2.8", ""},
        {"ip4:1.0.0.1-200.255.255.254", ""}, /* more than 16 networks */
        {"ip4:192.0.2.1:25", "ip4:192.0.2.1"},
        {"ip4:192.000.002.001", "ip4:192.0.2.1"},
        {"ip4:192.0.2.0/255.255.255.0", "ip4:192.0.2.0/24"},
        {"ip4:192.0.2.0/255.0.255.0", ""},
        {"ip4:192.0.2.0/", "ip4:192.0.2.0"},
        {"ip4:192.0.2", ""},
        {"ip4:203.0.113/24", "ip4:203.0.113.0/24"},
        {"ip6:[2001:db8::1]", "ip6:2001:db8::1"},
        {"ip4:[192.0.2.1]", "ip4:192.0.2.1"},
        {"ip6:[2001:db8::]/48", "ip6:2001:db8::/48"},
        {"ip4:192.0.2.1,192.0.2.2", "ip4:192.0.2.1 ip4:192.0.2.2"},
        {"ip4:192.0.2.1;include:a.example", "ip4:192.0.2.1 include:a.example"},
        {"include:a.example,b.example", "include:a.example include:b.example"},
        {"include:a.example,~all", "include:a.example ~all"},
        {"--all", "-all"},
        {"_all", "-all"},
        {"-any", "-all"},
        {"all-", "-all"},
        {"-allgoogle-site-verification=abc", "-all"},
        {"-allinclude:a.example", "-all include:a.example"},
        {"-all.", "-all"},
        {"exists:%i._spf.a.example", "exists:%{i}._spf.a.example"},
        {"exists:%(ir).%(v).a.example", "exists:%{ir}.%{v}.a.example"},
        {"exists:%x.a.example", ""},
        {"exists:%(", ""},
        {"inculde:a.example", "include:a.example"},
        {",", ""},
        {"", ""},
    };
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].term, spf_term_mended(slice_of(rows[i].term), &arena), rows[i].expected);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(means)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
