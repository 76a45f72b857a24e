/* Courier's lines. */
#include "tests/parsers/log/dialect_table.h"

#define AT   "Nov 24 09:14:07 mail "
#define ID   "000000000003E8.000000006A255669.00001A2B"
#define FROM "id=" ID ",from=<ann@example.com>,addr=<bob@example.org>"

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AT "courierd: started,id=" ID ",from=<ann@example.com>,module=esmtp,host=example.org,"
            "addr=<bob@example.org>",
         "queued id=" ID " from=ann@example.com"},
        {AT "courierd: completed,id=" ID, "done id=" ID},
        {AT "courierd: newmsg,id=" ID, "passed: a step of the queue"},
        {AT "courieresmtp: " FROM ": 550 5.1.1 No such user",
         "replied id=" ID " to=bob@example.org text=550 5.1.1 No such user"},
        {AT "courieresmtp: " FROM ",status: failure", "attempt bounced id=" ID " to=bob@example.org"},
        {AT "courieresmtp: " FROM ",status: deferred", "attempt deferred id=" ID " to=bob@example.org"},
        {AT "courieresmtp: " FROM ",success: delivered: mx.example.org [192.0.2.25]",
         "attempt sent id=" ID " to=bob@example.org"},
        {AT "courierlocal: " FROM ",status: success", "attempt sent id=" ID " to=bob@example.org"},
        {AT "imapd-ssl: LOGIN FAILED, user=ann@example.com, ip=[::ffff:192.0.2.9]",
         "login client-ip=192.0.2.9 user=ann@example.com"},
        {AT "courierpop3login: LOGIN FAILED, method=PLAIN, ip=[2001:db8::9], port=[255]",
         "login client-ip=2001:db8::9"},
        {AT "courieresmtp: connecting", "passed: a step of a delivery"},
        {AT "courieresmtpd: error,relay=203.0.113.4,from=<a@example.net>,to=<bob@example.com>: 513 Relaying "
            "denied.",
         "reject to=bob@example.com from=a@example.net client-ip=203.0.113.4 text=513 Relaying denied."},
        {AT "courieresmtpd: error,relay=203.0.113.4: 502 no",
         "reject client-ip=203.0.113.4: 502 no text=502 no"},
        {AT "courieresmtpd: started,ip=[203.0.113.4]", "passed: a connection"},
        {AT "courierfilter: x", "passed: another part of Courier"},
        {AT "postfix/qmgr[2]: x", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_courier, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
