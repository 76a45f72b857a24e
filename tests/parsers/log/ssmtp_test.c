/* sSMTP's lines. */
#include "tests/parsers/log/dialect_table.h"

#define AT "Nov 24 09:14:07 mail sSMTP[9]: "

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AT "Sent mail for ann@example.com (221 2.0.0 Bye (x)) uid=1000 username=ann outbytes=872",
         "client id=\t0.0 user=ann uid=1000; queued id=\t0.0 from=ann@example.com size=872 recipients=1; "
         "attempt "
         "sent id=\t0.0 remote relayed last text=221 2.0.0 Bye (x)"},
        {AT "Sent mail for ann@example.com", "client id=\t0.0; queued id=\t0.0 from=ann@example.com "
                                             "recipients=1; attempt sent id=\t0.0 remote relayed last"},
        {AT "Authorization failed (534 5.7.14 log in)",
         "queued id=\t0.0 recipients=1; attempt bounced id=\t0.0 remote last text=534 5.7.14 log in"},
        {AT "Cannot open mx.example.org:587", "queued id=\t0.0 recipients=1; attempt bounced id=\t0.0 remote "
                                              "last text=Cannot open mx.example.org:587"},
        {AT "RCPT TO:<bob@example.org> (550 5.1.1 no such user)",
         "queued id=\t0.0 recipients=1; attempt bounced id=\t0.0 to=bob@example.org remote last text=550 "
         "5.1.1 "
         "no such user"},
        {AT "RCPT TO:<\"b> (250 ok)\"@example.org> (550 no)",
         "queued id=\t0.0 recipients=1; attempt bounced id=\t0.0 to=\"b> (250 ok)\"@example.org remote last "
         "text=250 ok)\"@example.org> (550 no"},
        {AT "Unable to connect to 'mx.example.org'; port 587.",
         "passed: a step, or what the line below tells"},
        {AT "SSL connection using RSA_ARCFOUR_SHA1", "passed: a step, or what the line below tells"},
        {AT " (mail.example.org)", "unknown"},
        {"Nov 24 09:14:07 mail other[9]: Sent mail for ann@example.com", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_ssmtp, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
