/* Exchange's message tracking log. */
#include "tests/parsers/log/dialect_table.h"

#define HEADER                                                                                               \
    "#Software: Microsoft Exchange Server\n#Fields: date-time,client-ip,server-ip,server-hostname,event-id," \
    "sender-address,recipient-address,recipient-status,message-id,network-message-id,total-bytes\n"
#define AT "2026-11-24T09:14:07.250Z,,192.0.2.25,mx.example.org,"

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {"#Fields: date-time,client-ip", "passed: the head of the file"},
        {"date-time,client-ip", "passed: the head of the file"},
        {AT "SENDEXTERNAL,ann@example.com,bob@example.org;carl@example.org,250 2.1.5 "
            "OK;x,<x@example.com>,n1,1453",
         "queued id=n1 bob@example.org from=ann@example.com size=1453 recipients=1; attempt sent id=n1 "
         "bob@example.org to=bob@example.org relay=mx.example.org ip=192.0.2.25 last text=250 2.1.5 OK; "
         "queued "
         "id=n1 carl@example.org from=ann@example.com size=1453 recipients=1; attempt sent id=n1 "
         "carl@example.org to=carl@example.org relay=mx.example.org ip=192.0.2.25 last text=250 2.1.5 OK"},
        {AT "FAIL,ann@example.com,bob@example.org,[{LED=550 5.1.1 no};{MSG=x}],<x@example.com>,,",
         "queued id=<x@example.com> bob@example.org from=ann@example.com recipients=1; attempt bounced "
         "id=<x@example.com> bob@example.org to=bob@example.org relay=mx.example.org ip=192.0.2.25 last "
         "text=550 5.1.1 no"},
        {AT "DEFER,ann@example.com,bob@example.org,451 4.4.0 x,,,",
         "queued id=bob@example.org from=ann@example.com recipients=1; attempt deferred id=bob@example.org "
         "to=bob@example.org relay=mx.example.org ip=192.0.2.25 text=451 4.4.0 x"},
        {AT "RECEIVE,ann@example.com,bob@example.org,,,,", "passed: a step inside Exchange"},
    };
    static const struct dialect_row other[] = {{AT "FAIL,x,y", "not mine"}};
    (void)state;
    expect_rows(&dialect_exchange, false, HEADER, rows, ROWS(rows));
    expect_rows(&dialect_exchange, false, "", other, ROWS(other));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
