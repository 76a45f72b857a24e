/* hMailServer's lines. */
#include "tests/parsers/log/dialect_table.h"

#define AT "\"2026-11-24 09:14:07.250\"\t\"192.0.2.25\"\t"

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {"\"SMTPC\"\t4532\t154\t" AT "\"SENT: RCPT TO:<bob@example.org>\"",
         "said id=154 ip=192.0.2.25 text=RCPT TO:<bob@example.org>"},
        {"\"SMTPC\"\t4532\t154\t" AT "\"RECEIVED: 550-5.1.1 no[nl]550 5.1.1 such user\"",
         "said id=154 ip=192.0.2.25 remote text=550-5.1.1 no; said id=154 ip=192.0.2.25 remote text=550 "
         "5.1.1 "
         "such user"},
        {"\"SMTPD\"\t4532\t154\t" AT "\"SENT: 220 mail.example.com ESMTP\"",
         "done id=154; said id=154 ip=192.0.2.25 text=220 mail.example.com ESMTP"},
        {"\"SMTPD\"\t4532\t154\t" AT "\"SENT: 221 goodbye\"",
         "said id=154 ip=192.0.2.25 text=221 goodbye; done id=154"},
        {"\"APPLICATION\"\t3740\t\"2026-11-24 09:14:07.250\"\t\"Starting servers...\"",
         "passed: what it logs of itself"},
        {"\"SMTPD\"\t4532\tx\t" AT "\"SENT: 220 mail.example.com ESMTP\"", "unknown"},
        {"\"SMTPD\"\t4532\t154\t" AT "\"MOON: 220 mail.example.com ESMTP\"", "unknown"},
        {"\"DEBUG\"\tx\t\"a table of another\"", "not mine"},
        {"\"MOON\"\t4532\t154\t" AT "\"SENT: 220 mail.example.com ESMTP\"", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_hmailserver, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
