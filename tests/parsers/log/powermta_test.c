/* PowerMTA's accounting file. */
#include "tests/parsers/log/dialect_table.h"

#define HEADER                                                                                               \
    "type,timeLogged,orig,rcpt,dsnStatus,dsnDiag,dsnMta,dlvDestinationIp,srcMta,dlvSize,envId,header_"       \
    "Message-Id\n"
#define AT "2026-11-24 09:14:07+0000,ann@example.com,bob@example.org,"

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {"type,timeLogged,orig,rcpt", "passed: the names of the columns"},
        {"d," AT
         "2.0.0 (success),smtp;250 2.0.0 OK,mx.example.org (192.0.2.25),192.0.2.25,web (198.51.100.9),"
         "1453,e1,<x@example.com>",
         "queued id=e1 bob@example.org from=ann@example.com size=1453 recipients=1; message-id id=e1 "
         "bob@example.org message-id=x@example.com; attempt sent id=e1 bob@example.org to=bob@example.org "
         "relay=mx.example.org ip=192.0.2.25 last code=2.0.0 text=250 2.0.0 OK"},
        {"b," AT "5.1.1 (bad destination mailbox address),\"smtp;550 5.1.1 \"\"bob\"\", unknown\",,,,,,",
         "queued id=bob@example.org from=ann@example.com recipients=1; message-id id=bob@example.org; "
         "attempt "
         "bounced id=bob@example.org to=bob@example.org last code=5.1.1 text=550 5.1.1 \"bob\", unknown"},
        {"b," AT "4.4.7 (delivery time expired),,,,,,,",
         "queued id=bob@example.org from=ann@example.com recipients=1; message-id id=bob@example.org; "
         "attempt "
         "given-up id=bob@example.org to=bob@example.org last code=4.4.7"},
        {"t," AT "4.2.0,,,,,,,", "queued id=bob@example.org from=ann@example.com recipients=1; message-id "
                                 "id=bob@example.org; attempt "
                                 "deferred id=bob@example.org to=bob@example.org code=4.2.0"},
        {"rb," AT "5.0.0,,,,,,,", "passed: another kind of record"},
    };
    static const struct dialect_row other[] = {{"d," AT "2.0.0", "not mine"}};
    (void)state;
    expect_rows(&dialect_powermta, true, HEADER, rows, ROWS(rows));
    expect_rows(&dialect_powermta, true, "Nov 24 09:14:07 mail x: y\n", other, ROWS(other));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
