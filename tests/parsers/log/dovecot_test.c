/* Dovecot's lines. */
#include "tests/parsers/log/dialect_table.h"

#define AT "Nov 24 09:14:07 mail dovecot: "

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AT "lmtp(bob@x.example)<123><abd>: sieve: msgid=<z@y>: marked message to be discarded if not "
            "explicitly delivered (discard action)",
         "verdict discarded to=bob@x.example try=\tstore abd text=marked message to be discarded if "
         "not explicitly delivered (discard action)"},
        {AT "lmtp(123, bob@x.example): abd: sieve: msgid=<w@y>: rejected message from <a@b.example> (reject)",
         "verdict bounced to=bob@x.example try=\tstore abd text=rejected message from <a@b.example> "
         "(reject)"},
        {AT "lmtp(eve@x.example)<123><abf>: msgid=<v@y>: save failed to INBOX: Quota exceeded (mailbox for "
            "user is full)",
         "verdict bounced to=eve@x.example try=\tstore eve@x.example text=Quota exceeded (mailbox for user "
         "is full)"},
        {AT "imap-login: Disconnected (auth failed, 1 attempts): user=<ann>, rip=203.0.113.4",
         "login client-ip=203.0.113.4 user=ann times=1"},
        {AT "auth-worker(12): sql(ann,203.0.113.4): unknown user",
         "passed: why a login fails: the line of the login process counts"},
        {AT "auth: passwd-file(ann,203.0.113.4): Password mismatch",
         "passed: why a login fails: the line of the login process counts"},
        {AT "imap-login: Disconnected: TLS handshaking: SSL_accept() failed", "tls"},
        {AT "lmtp(ann@example.com): sieve: msgid=<x@example.com>: stored mail into mailbox 'INBOX'",
         "passed: a mail that was stored"},
        {AT "lmtp(ann@example.com): sieve: msgid=<x@example.com>: forwarded to <bob@example.org>",
         "passed: a mail that Sieve passed on"},
        /* a folder in which nobody looks */
        {AT "lmtp(bob@x.example)<123><abd>: sieve: msgid=<z@y>: stored mail into mailbox 'Junk'",
         "verdict sent to=bob@x.example try=\tstore abd last text=stored mail into mailbox 'Junk'"},
        {AT "lmtp(bob@x.example)<123><abd>: sieve: msgid=<z>: stored mail into mailbox 'Junk'>: stored mail "
            "into "
            "mailbox 'INBOX'",
         "passed: a mail that was stored"},
        {AT "lmtp(bob@x.example)<123><abd>: sieve: msgid=<z>: stored mail into mailbox 'INBOX'>: failed to "
            "store "
            "into mailbox 'INBOX': Quota exceeded",
         "verdict bounced to=bob@x.example try=\tstore bob@x.example text=Quota exceeded"},
        {AT "lmtp(bob@x.example)<123><abd>: sieve: msgid=<z>: failed to store into mailbox 'INBOX': x>: "
            "stored mail "
            "into mailbox 'INBOX'",
         "passed: a mail that was stored"},
        {AT "imap(ann): Logged out in=1 out=2", "passed: a session or notice"},
        /* its own file (log_path) */
        {"Nov 24 09:14:07 pop3-login: Info: Aborted login (auth failed, 2 attempts in 62 secs): user=<ann>, "
         "rip=192.0.2.9, lip=198.51.100.7",
         "login client-ip=192.0.2.9 user=ann times=2"},
        {"Nov 24 09:14:07 auth-worker(22401): Info: sql(ann,192.0.2.9): unknown user",
         "passed: why a login fails: the line of the login process counts"},
        {"Nov 24 09:14:07 lmtp(bob@x.example)<123><abd>: Info: sieve: msgid=<z@y>: discarded message",
         "verdict discarded to=bob@x.example try=\tstore abd text=discarded message"},
        {"@400000006a255669094d1d3c imap-login: Info: Aborted login (auth failed, 1 attempts): user=<ann>, "
         "rip=192.0.2.9",
         "login client-ip=192.0.2.9 user=ann times=1"},
        {"Nov 24 09:14:07 author: Info: a book", "not mine"},
        {"Nov 24 09:14:07 mail sshd[3]: x", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_dovecot, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
