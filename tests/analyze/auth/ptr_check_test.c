/* Reverse DNS: has the address a name, does it lead back, and did somebody choose it? */
#include "analyze/auth/ptr_check.h"
#include "tests/analyze/auth/on_zone.h"

#define PTR "1.2.0.192.in-addr.arpa. 1 IN PTR "

static const struct {
    const char *zone, *expected;
} rows[] = {
    {";! complete\n" PTR "mail.example.org.\nmail.example.org. 1 IN A 192.0.2.1\n",
     "pass pass 192.0.2.1: 192.0.2.1 has the name mail.example.org, which resolves back to it"},
    {";! complete\n", "fail none 192.0.2.1!: 192.0.2.1 has no reverse DNS (PTR)"},
    {"",
     "unchecked unchecked 192.0.2.1: the reverse DNS of 192.0.2.1 is not known: the snapshot does not say"},
    {";! SERVFAIL 1.2.0.192.in-addr.arpa. PTR\n",
     "unchecked temperror 192.0.2.1: the reverse DNS of 192.0.2.1 is not known: its name servers failed"},
    {";! complete\n" PTR "mail.example.org.\nmail.example.org. 1 IN A 192.0.2.9\n",
     "fail mismatch 192.0.2.1!: 192.0.2.1 has the name mail.example.org, which does not resolve back to it"},
    {PTR "mail.example.org.\n",
     "unchecked unchecked 192.0.2.1: 192.0.2.1 has the name mail.example.org; whether "
     "that resolves back to it is not known: the snapshot does not say"},
    {";! complete\n" PTR
     "host-192-0-2-1.dyn.example.net.\nhost-192-0-2-1.dyn.example.net. 1 IN A 192.0.2.1\n",
     "warning generic 192.0.2.1!: 192.0.2.1 has the name host-192-0-2-1.dyn.example.net, which resolves back "
     "to "
     "it; but the name looks generic: it contains the address itself"},
    {";! complete\n" PTR "a.example.org.\n" PTR "b.example.org.\n" PTR "c.example.org.\n" PTR
     "d.example.org.\n",
     "fail mismatch 192.0.2.1!: 192.0.2.1 has the name a.example.org, b.example.org, c.example.org and 1 "
     "more, which does not resolve back to it"},
};

static void test_rows(void **state) {
    struct transaction s = {.ip = ip_of("192.0.2.1")};
    struct transaction unknown = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_results(rows[i].zone, &ptr_check, rows[i].zone, &s, NULL, rows[i].expected);
    expect_results("no address", &ptr_check, "", &unknown, NULL, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
