/* Can a domain get mail? */
#include "analyze/auth/mx_check.h"
#include "tests/analyze/auth/on_zone.h"

static const char zone[] = ";! complete\n"
                           "good.example. 1 IN MX 20 backup.good.example.\n"
                           "good.example. 1 IN MX 10 mx.good.example.\n"
                           "mx.good.example. 1 IN A 192.0.2.1\n"
                           "backup.good.example. 1 IN A 192.0.2.2\n"
                           "null.example. 1 IN MX 0 .\n"
                           "partly.example. 1 IN MX 10 mx.good.example.\n"
                           "partly.example. 1 IN MX 20 gone.example.\n"
                           "dead.example. 1 IN MX 10 gone.example.\n"
                           "late.example. 1 IN MX 10 late.mx.example.\n"
                           ";! TIMEOUT late.mx.example. A\n"
                           ";! TIMEOUT late.mx.example. AAAA\n"
                           "implicit.example. 1 IN A 192.0.2.3\n"
                           "text.example. 1 IN TXT \"nothing else\"\n"
                           "slow.example. 1 IN TXT \"x\"\n"
                           ";! TIMEOUT slow.example. A\n"
                           ";! TIMEOUT failing.example. MX\n";

static const struct {
    const char *domain, *expected;
} rows[] = {
    {"", ""},
    {"[192.0.2.1]", ""},
    {"good.example", "pass pass good.example: the domain good.example has mail servers (mx.good.example, …)"},
    {"null.example", "fail null-mx null.example: the domain null.example says that it accepts no mail at all "
                     "(null MX, RFC 7505)"},
    {"partly.example", "warning partly partly.example: the domain partly.example has mail servers, but "
                       "gone.example among them has no address"},
    {"dead.example", "fail no-address dead.example!: none of the mail servers of the domain dead.example has "
                     "an address (gone.example)"},
    {"late.example", "unchecked unchecked late.example: the domain late.example names late.mx.example as its "
                     "mail server; its address is not known: no name server answered"},
    {"implicit.example", "warning implicit implicit.example: the domain implicit.example has no MX; its own "
                         "address is used instead"},
    {"text.example", "fail none text.example!: the domain text.example has neither an MX nor an address: it "
                     "cannot receive mail"},
    {"slow.example",
     "unchecked unchecked slow.example: the domain slow.example has no MX; its own address is "
     "not known: no name server answered"},
    {"missing.example", "fail nxdomain missing.example!: the domain missing.example does not exist"},
    {"failing.example", "unchecked temperror failing.example: the mail servers of the domain failing.example "
                        "are not known: no name server answered"},
};

static void one_domain(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct transaction s = {.from_domain = slice_of(rows[i].domain)};
        expect_results(rows[i].domain, &mx_check, zone, &s, NULL, rows[i].expected);
    }
}

/* Each domain once, with whose it is. */
static void all_domains(void **state) {
    struct transaction s = {.sender = SLICE("a@null.example"),
                            .from_domain = SLICE("missing.example"),
                            .recipient_domain = SLICE("implicit.example")};
    (void)state;
    expect_results(
        "three", &mx_check, zone, &s, NULL,
        "fail null-mx null.example: the sender's domain null.example says that it accepts no mail at "
        "all (null MX, RFC 7505)\n"
        "fail nxdomain missing.example!: the domain missing.example does not exist\n"
        "warning implicit implicit.example: the recipient's domain implicit.example has no MX; its "
        "own address is used instead");
    s.recipient_domain = s.from_domain = SLICE("NULL.example");
    expect_results(
        "one", &mx_check, zone, &s, NULL,
        "fail null-mx null.example: the sender's domain null.example says that it accepts no mail at "
        "all (null MX, RFC 7505)");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_domain), cmocka_unit_test(all_domains)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
