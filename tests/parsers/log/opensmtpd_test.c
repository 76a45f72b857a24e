/* OpenSMTPD's lines. */
#include "tests/parsers/log/dialect_table.h"

#define AT "Nov 24 09:14:07 mail smtpd[12]: "

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AT
         "9d6d1f2e mta delivery evpid=0a1b2c3d4e5f6071 from=<ann@example.com> to=<bob@example.org> rcpt=<-> "
         "source=\"198.51.100.1\" relay=\"192.0.2.25 (mx.example.org)\" delay=1s result=\"Ok\" stat=\"250 "
         "2.0.0 Ok\"",
         "queued id=0a1b2c3d4e5f6071 from=ann@example.com recipients=1; attempt sent id=0a1b2c3d4e5f6071 "
         "to=bob@example.org relay=mx.example.org ip=192.0.2.25 last text=250 2.0.0 Ok"},
        /* its own server took it back from a filter; another one's did */
        {AT "9d6d1f2e mta delivery evpid=0a1b from=<> to=<b@x> relay=\"127.0.0.1 (localhost)\" result=\"Ok\" "
            "stat=\"250 2.0.0: f6e94209 Message accepted for delivery\"",
         "queued id=0a1b recipients=1; attempt sent id=0a1b to=b@x relay=localhost ip=127.0.0.1 "
         "last text=250 2.0.0: f6e94209 Message accepted for delivery"},
        {AT "9d6d1f2e mta delivery evpid=0a1b from=<> to=<b@x> relay=\"192.0.2.1 (mx)\" result=\"Ok\" "
            "stat=\"250 2.0.0: f6e94209 Message accepted for delivery\"",
         "queued id=0a1b recipients=1; attempt sent id=0a1b to=b@x relay=mx ip=192.0.2.1 next=f6e94209 last "
         "text=250 2.0.0: f6e94209 Message accepted for delivery"},
        {AT "9d6d1f2e mta delivery evpid=0a1b from=<> to=<bob@example.org> result=\"TempFail\" stat=\"450 "
            "wait\"",
         "queued id=0a1b recipients=1; attempt deferred id=0a1b to=bob@example.org text=450 wait"},
        {AT
         "9d6d1f2e mta delivery evpid=0a1b from=<> to=<bob@example.org> result=\"PermFail\" stat=\"550 no\"",
         "queued id=0a1b recipients=1; attempt bounced id=0a1b to=bob@example.org last text=550 no"},
        {AT "9d6d1f2e mda delivery evpid=0a1b from=<> to=<bob@example.org> result=\"PermFail\" "
            "stat=\"Envelope expired\"",
         "queued id=0a1b recipients=1; attempt given-up id=0a1b to=bob@example.org last text=Envelope "
         "expired"},
        {AT
         "9d6d1f2e mta event=delivery evpid=0a1b from=<> to=<bob@example.org> result=\"Ok\" stat=\"250 ok\"",
         "queued id=0a1b recipients=1; attempt sent id=0a1b to=bob@example.org last text=250 ok"},
        /* a local part that looks like the rest of the line */
        {AT "9d6d1f2e mta delivery evpid=0a1b from=<> to=<\"b> result=\\\"Ok\\\" stat=\\\"250 "
            "ok\\\"\"@example.org> "
            "rcpt=<-> "
            "relay=\"192.0.2.1 (mx)\" result=\"PermFail\" stat=\"550 no\"",
         "queued id=0a1b recipients=1; attempt bounced id=0a1b to=\"b> result=\\\"Ok\\\" stat=\\\"250 "
         "ok\\\"\"@example.org "
         "relay=mx ip=192.0.2.1 last text=550 no"},
        {AT
         "9d6d1f2e mta delivery evpid=0a1b from=<\"a> to=<c@d> result=Ok\"@example.com> to=<bob@example.org> "
         "rcpt=<\"b> result=\\\"Ok\\\" \"@example.net> relay=\"192.0.2.1 (mx)\" result=\"TempFail\" "
         "stat=\"450 result=Ok\"",
         "queued id=0a1b from=\"a> to=<c@d> result=Ok\"@example.com recipients=1; attempt deferred id=0a1b "
         "to=bob@example.org relay=mx ip=192.0.2.1 text=450 result=Ok"},
        {"relay: PermFail for 6430369adcce4408: from=<a@example.com>, to=<\"b>, stat=250 Ok, "
         "\"@example.org>, "
         "rcpt=<-> relay=192.0.2.25 (mx.example.org), delay=0s, stat=550 Invalid recipient",
         "queued id=6430369adcce4408 from=a@example.com recipients=1; attempt bounced id=6430369adcce4408 "
         "to=\"b>, stat=250 Ok, \"@example.org relay=mx.example.org ip=192.0.2.25 last text=550 Invalid "
         "recipient"},
        {AT "9d6d1f2e mta delivery evpid= from=<>", "unknown"},
        {AT "SCANNER[12]: id=\"1000\" sys=\"SecureMail\" sub=\"smtp\" name=\"email passed\"", "not mine"},
        {AT "9d6d1f2e smtp failed-command address=203.0.113.4 command=\"RCPT TO:<bob@example.com>\" "
            "result=\"550 "
            "Invalid recipient\"",
         "reject to=bob@example.com client-ip=203.0.113.4 text=550 Invalid recipient"},
        /* since 6.4 another line of the session tells who the client is */
        {AT "1e722991167e2b80 smtp connected address=203.0.113.4 host=mx.example.net",
         "client id=1e722991167e2b80 client=mx.example.net client-ip=203.0.113.4"},
        {AT "1e722991167e2b80 smtp failed-command command=\"RCPT TO:<bob@example.com>\" result=\"550 no\"",
         "reject id=1e722991167e2b80 to=bob@example.com text=550 no"},
        {AT "1e722991167e2b80 smtp disconnected reason=quit", "moved id=1e722991167e2b80"},
        {AT "9d6d1f2e smtp failed-command command=\"DATA\" result=\"451 Try again later\"",
         "reject text=451 Try again later"},
        {AT "9d6d1f2e smtp failed-command command=\"\" result=\"550 no rDNS please fix\"",
         "reject text=550 no rDNS please fix"},
        {AT "9d6d1f2e smtp failed-command command=\"DATA\" result=\"503 5.5.1 Invalid command\"",
         "passed: a client's mistake"},
        {AT "9d6d1f2e smtp failed-command command=\"FOO\" result=\"500 5.5.1 no\"",
         "passed: a client's mistake"},
        {AT "9d6d1f2e smtp authentication user=x result=permfail", "login"},
        {AT "9d6d1f2e smtp disconnected reason=io-error", "lost"},
        {AT "9d6d1f2e smtp connected host=x", "passed: a session or notice"},
        {"Nov 24 09:14:07 mail postfix/smtpd[12]: x", "not mine"},
        {"delivery: TempFail for 7c1ba6adf8fcec21: from=<a@example.com>, to=<bob@example.org>, user=bob, "
         "method=maildir, delay=42m42s, stat=Error (terminated; signal 9)",
         "queued id=7c1ba6adf8fcec21 from=a@example.com recipients=1; attempt deferred id=7c1ba6adf8fcec21 "
         "to=bob@example.org text=Error (terminated; signal 9)"},
        {"relay: something for nobody", "not mine"},
        {"relay: PermFail for 6430369adcce4408: session=7818378a988ca63b, from=<a@example.com>, "
         "to=<bob@example.org>, "
         "rcpt=<->, source=192.0.2.1, relay=192.0.2.25 (mx.example.org), delay=0s, stat=550 Invalid "
         "recipient",
         "queued id=6430369adcce4408 from=a@example.com recipients=1; attempt bounced id=6430369adcce4408 "
         "to=bob@example.org relay=mx.example.org ip=192.0.2.25 last text=550 Invalid recipient"},
        {"smtp-in: Failed command on session 7818378b78e6ffe0: \"RCPT TO:<bob@example.org>\" => 550 Invalid "
         "recipient",
         "reject id=7818378b78e6ffe0 to=bob@example.org text=550 Invalid recipient"},
        {"smtp-in: New session 7818378b78e6ffe0 from host mx.example.net [192.0.2.9]",
         "client id=7818378b78e6ffe0 client=mx.example.net client-ip=192.0.2.9"},
        {"smtp-in: Closing session 7818378b78e6ffe0", "moved id=7818378b78e6ffe0"},
        {"smtp-in: Received disconnect from session 7818378b78e6ffe0", "moved id=7818378b78e6ffe0"},
        {"smtp-in: Disconnecting session 7818378b78e6ffe0: IO error: No SSL error",
         "lost; moved id=7818378b78e6ffe0"},
        {"smtp-in: Authentication failed for user ann on session 7818378b78e6ffe0", "login user=ann"},
        {"smtp-in: Accepted authentication for user ann on session 7818378b78e6ffe0",
         "passed: a session or notice"},
        {"smtp-in: New session x", "passed: a session or notice"},
        {"smtp-in: Failed command on session 7818378b78e6ffe0: \"EXPN x\" => 500 no",
         "passed: a client's mistake"},
        {"1e722991167e2b80 mta delivery evpid=0a1b from=<> to=<bob@example.org> result=\"Ok\" stat=\"250 "
         "ok\"",
         "queued id=0a1b recipients=1; attempt sent id=0a1b to=bob@example.org last text=250 ok"},
        {"smtp event=authentication user=x address=192.0.2.9 host=h result=permfail", "login"},
        {"debug: mta: draining connector", "passed: a session or notice"},
        {"lookup: check \"x\" as DOMAIN in table static:<any> -> found", "passed: a session or notice"},
        {"1e722991167e2b80 moonmail delivery", "not mine"},
        {"Nov 24 09:14:07 mail moonmail[1]: smtp-in: x", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_opensmtpd, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
