/* The name in HELO: is it a name, and does it lead to the client? */
#include "analyze/auth/helo_check.h"
#include "tests/analyze/auth/on_zone.h"

static const char zone[] = ";! complete\n"
                           "mail.example.org. 1 IN A 192.0.2.1\n"
                           "other.example.org. 1 IN A 192.0.2.9\n"
                           ";! TIMEOUT late.example.org. A\n"
                           ";! TIMEOUT late.example.org. AAAA\n";

static const struct {
    const char *helo, *ip, *expected;
} rows[] = {
    {"", "192.0.2.1", ""},
    {"mail.example.org", "192.0.2.1",
     "pass pass mail.example.org: the server calls itself mail.example.org, and that name resolves to its "
     "address"},
    {"mail.example.org", "",
     "pass pass mail.example.org: the server calls itself mail.example.org, and that name has an address"},
    {"other.example.org", "192.0.2.1",
     "warning other-address other.example.org!: the server calls itself other.example.org, whose address is "
     "not 192.0.2.1"},
    {"none.example.org", "192.0.2.1",
     "fail not-found none.example.org!: the server calls itself none.example.org, and that name has no "
     "address"},
    {"[192.0.2.1]", "192.0.2.1",
     "fail address [192.0.2.1]!: the server calls itself by an address ([192.0.2.1]), not by a name"},
    {"192.0.2.1", "192.0.2.1",
     "fail address 192.0.2.1!: the server calls itself by an address (192.0.2.1), not by a name"},
    {"localhost", "192.0.2.1",
     "fail invalid localhost!: the server calls itself localhost, which is not a full name in the public "
     "DNS"},
    {"mail.local", "192.0.2.1",
     "fail invalid mail.local!: the server calls itself mail.local, which is not a full name in the public "
     "DNS"},
    {"late.example.org", "192.0.2.1",
     "unchecked unchecked late.example.org: the address of late.example.org is not known: no name server "
     "answered"},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct transaction s = {.ip = ip_of(rows[i].ip), .helo = slice_of(rows[i].helo)};
        expect_results(rows[i].helo, &helo_check, zone, &s, NULL, rows[i].expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
