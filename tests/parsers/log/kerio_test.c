/* Kerio Connect's lines. */
#include "tests/parsers/log/dialect_table.h"

#define AT "[24/Nov/2026 09:14:07] "
#define ID "65ee8b47-00000009"

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AT "Recv: Queue-ID: " ID
            ", Service: SMTP, From: <ann@example.com>, To: <bob@example.org>, Size: 985, "
            "Sender-Host: 192.0.2.9, User: ann@example.com, SSL: yes, Subject: x, Sender-Host: y, Msg-Id: "
            "<x@example.com>",
         "queued id=" ID " from=ann@example.com size=985; client id=" ID
         " client-ip=192.0.2.9 user=ann@example.com"},
        {AT "Sent: Queue-ID: " ID ", Recipient: <bob@example.org>, Result: delivered, Status: 2.0.0 , "
            "Remote-Host: 192.0.2.25, Msg-Id: <x@example.com>",
         "attempt sent id=" ID " to=bob@example.org ip=192.0.2.25 last code=2.0.0 text=2.0.0"},
        {"<22>1 2026-11-24T09:14:07+01:00 mx1.example.org mail - - - Sent: Queue-ID: " ID
         ", Recipient: <bob@example.org>, Result: delayed, Status: 4.3.0 Recipient's mailbox busy, "
         "Remote-Host: "
         "127.0.0.1, Msg-Id: <x@example.com>",
         "attempt deferred id=" ID
         " to=bob@example.org ip=127.0.0.1 code=4.3.0 text=4.3.0 Recipient's mailbox "
         "busy"},
        {AT
         "Sent: Queue-ID: " ID ", Recipient: <\"x>, Result: delivered, y\"@example.org>, Result: failed, "
         "Status: 5.1.1 no, Remote-Host: 192.0.2.1, such, Remote-Host: 192.0.2.25, Msg-Id: <x@example.com>",
         "attempt bounced id=" ID
         " to=\"x>, Result: delivered, y\"@example.org ip=192.0.2.25 last code=5.1.1 "
         "text=5.1.1 no, Remote-Host: 192.0.2.1, such"},
        {AT "Sent: Queue-ID: " ID ", Recipient: <bob@example.org>, Result: moonlit, Status: 2.0.0 ",
         "passed: kerio: a result of a delivery moonlit"},
        {AT "Sent: Queue-ID: " ID ", Moon: x", "unknown"},
        {AT "Recv: Queue-ID: " ID ", Moon: x", "unknown"},
    };
    (void)state;
    expect_rows(&dialect_kerio, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
