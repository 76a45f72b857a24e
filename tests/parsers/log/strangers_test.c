/* What strangers write into fields where it may look like the program's own words: names of files and
 * messages, HELOs, certificates, replies, addresses without quotes. Where nobody can know which is the
 * program's, neither is taken. */
#define _GNU_SOURCE
#include "tests/parsers/log/dialect_table.h"

static const struct {
    const struct dialect *dialect;
    struct dialect_row row;
} rows[] = {
    {&dialect_postfix, /* an address that is not quoted, whose end stands before the status */
     {"Nov 24 09:14:07 mail postfix/smtp[1]: 9C1D02B4: to=<x>, relay=gmail.example[198.51.100.1]:25, "
      "delay=1, y@evil.example>, relay=mx.example.org[192.0.2.25]:25, delay=1, dsn=5.1.1, status=bounced "
      "(550 no)",
      "passed: postfix: a recipient with two ends"}},
    {&dialect_postfix,
     {"Nov 24 09:14:07 mail postfix/qmgr[1]: 9C1D02B7: from=<x>, status=expired, returned to "
      "sender@evil.example>, size=700, nrcpt=1 (queue active)",
      "queued id=9C1D02B7 from=x size=700 recipients=1"}},
    {&dialect_postfix,
     {"Nov 24 09:14:07 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[203.0.113.66]: 554 5.7.1 "
      "no; from=<x> to=<boss@bank.example> proto=ESMTP helo=<y@evil.example> to=<kim@example.org> "
      "proto=ESMTP helo=<h>",
      "reject client=unknown client-ip=203.0.113.66 text=554 5.7.1 no"}},
    {&dialect_postfix,
     {"Nov 24 09:14:07 mail postfix/cleanup[1]: 9C1D02B8: reject: header Subject: hello from "
      "unknown[203.0.113.66]; from=<x from unknown[198.51.100.1]; from=<y@evil.example> to=<kim@example.org> "
      "proto=ESMTP helo=<h>: 5.7.1 spam",
      "reject id=9C1D02B8 to=kim@example.org from=y@evil.example text=5.7.1 spam"}},
    {&dialect_opensmtpd, /* words of a program that stores mail */
     {"Nov 24 09:14:07 mail smtpd[1]: 9d6d1f2e mda delivery evpid=0a1b2c3d4e5f6073 from=<a@example.net> "
      "to=<kim@example.org> rcpt=<kim@example.org> user=x delay=1s result=\"TempFail\" stat=\"Error (x "
      "relay=198.51.100.1 (gmail.example) )\"",
      "queued id=0a1b2c3d4e5f6073 from=a@example.net recipients=1; attempt deferred id=0a1b2c3d4e5f6073 "
      "to=kim@example.org text=Error (x relay=198.51.100.1 (gmail.example) )"}},
    {&dialect_haraka, /* what a plugin says */
     {"Nov 24 09:14:07 mx haraka[48106]: [NOTICE] [930E3B02-4254-4499-8294-70044A00835D.1] [core] recipient "
      "<bob@example.org> code=DENY msg=\"x\" sender=\"boss@bank.example\" sender=\"a@evil.example\"",
      "reject to=bob@example.org from=a@evil.example text=x\" sender=\"boss@bank.example"}},
    {&dialect_ironport, /* a reply and a subject that name a recipient */
     {"Mon Mar 31 20:10:58 2025 Info: Bounced: DCID 3 MID 4 to RID 1 - 5.1.0 - Unknown address error ('550', "
      "['x MID 7 From: <a@b.example> RID 1 To: <boss@bank.example>']) [('subject', 'To: <v@bank.example>')]",
      "attempt bounced try=4\t1 text=550 x MID 7 From: <a@b.example> RID 1 To: <boss@bank.example>"}},
    {&dialect_dovecot, /* names that look like a count of logins */
     {"Nov 24 09:14:07 mail dovecot: auth-worker(12): sql((auth failed, 1000000 attempts),203.0.113.66): "
      "unknown user",
      "passed: why a login fails: the line of the login process counts"}},
    {&dialect_dovecot,
     {"Nov 24 09:14:07 mail dovecot: imap-login: ID sent: name=(auth failed, 9 attempts), version=1: "
      "user=<>, rip=203.0.113.66, lip=192.0.2.1",
      "passed: a session or notice"}},
    {&dialect_sendmail, /* why a milter keeps a mail */
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: milter=x, quarantine=y, reject=550 5.7.1 no",
      "passed: a milter's action"}},
    {&dialect_filters, /* names of files that a sender chose */
     {"Nov 24 09:14:07 mail amavis[3491]: (03491-01) Blocked BANNED (.exe,{Discarded <x) {BouncedOutbound}, "
      "<ann@example.com> -> <bob@example.org>, Hits: -",
      "verdict bounced to=bob@example.org try=\tfilter 03491-01 text=Blocked BANNED (.exe,{Discarded <x) "
      "{BouncedOutbound}"}},
    {&dialect_filters,
     {"Nov 24 09:14:07 mail amavis[3491]: (03491-01) Blocked BANNED (.exe,x) {DiscardedInbound}, "
      "<a@b.example> -> <boss@bank.example>, Hits: -) {BouncedOutbound}, <ann@example.com> -> "
      "<bob@example.org>, Hits: -",
      "unknown"}},
    {&dialect_exim, /* a sender that looks like the rest of the line */
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C => bob@example.org F=<\"x H=gmail.example [198.51.100.1] "
      "X=TLS1.3:x I=[198.51.100.2]:25\"@evil.example> R=r T=remote_smtp H=mx.example.org [192.0.2.25] "
      "C=\"250 ok\"",
      "attempt sent id=1abcDE-0001Ab-2C to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote "
      "text=250 ok"}},
    {&dialect_exim,
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C ** bob@example.org F=<\"x R=r defer (-1): host lookup did not "
      "complete\"@evil.example> R=r T=remote_smtp H=mx.example.org [192.0.2.25]: SMTP error from remote mail "
      "server after RCPT TO:<bob@example.org>: 550 no",
      "attempt bounced id=1abcDE-0001Ab-2C to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote "
      "text=SMTP error from remote mail server after RCPT TO:<bob@example.org>: 550 no"}},
    {&dialect_exim,
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C == bob@example.org R=r T=remote_smtp defer (-44): SMTP error "
      "from remote mail server after RCPT TO:<\"x H=gmail.example [198.51.100.1]: y\"@example.org>: host "
      "mx.example.org [192.0.2.25]: 450 no",
      "attempt deferred id=1abcDE-0001Ab-2C to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote "
      "text=SMTP error from remote mail server after RCPT TO:<\"x H=gmail.example [198.51.100.1]: "
      "y\"@example.org>: host mx.example.org [192.0.2.25]: 450 no"}},
    {&dialect_exim, /* what a program wrote */
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C ** |/bin/x <bob@example.org> R=userforward T=address_pipe: Child "
      "process of address_pipe transport returned 1: H=gmail.example [198.51.100.1]: x",
      "attempt bounced id=1abcDE-0001Ab-2C to=bob@example.org orig=bob@example.org text=Child process of "
      "address_pipe transport returned 1: H=gmail.example [198.51.100.1]: x"}},
    {&dialect_exim, /* a HELO in which an address follows: nobody knows which is Exim's */
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C <= a@evil.example H=mail.evil.example (x) [198.51.100.1] "
      "P=esmtpsa A=plain:ceo S=1 id=y (z) [203.0.113.66] P=esmtp S=700 id=x@evil.example",
      "queued id=1abcDE-0001Ab-2C from=a@evil.example; client id=1abcDE-0001Ab-2C; message-id "
      "id=1abcDE-0001Ab-2C"}},
    {&dialect_exim,
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C <= a@evil.example H=mail.evil.example (x P=esmtpsa A=plain:ceo "
      "S=1) [203.0.113.66] P=esmtp S=700 id=x@evil.example",
      "queued id=1abcDE-0001Ab-2C from=a@evil.example size=700; client id=1abcDE-0001Ab-2C "
      "client=mail.evil.example client-ip=203.0.113.66; message-id id=1abcDE-0001Ab-2C "
      "message-id=x@evil.example"}},
    {&dialect_exim, /* what a client's host says of its user */
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C <= a@evil.example H=mail.evil.example [203.0.113.66] U=x P=local "
      "U=root P=esmtp S=700",
      "queued id=1abcDE-0001Ab-2C from=a@evil.example; client id=1abcDE-0001Ab-2C client=mail.evil.example "
      "client-ip=203.0.113.66; message-id id=1abcDE-0001Ab-2C"}},
    {&dialect_exim, /* a quote in a certificate's name */
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C <= a@evil.example H=mail.evil.example [203.0.113.66] P=esmtps "
      "X=TLS1.3:x CV=no DN=\"CN=x\" A=plain:ceo SNI=\"y\" S=700",
      "queued id=1abcDE-0001Ab-2C from=a@evil.example size=700; tls-used text=TLS1.3; client "
      "id=1abcDE-0001Ab-2C client=mail.evil.example client-ip=203.0.113.66; message-id id=1abcDE-0001Ab-2C"}},
    {&dialect_exim, /* a name of a message */
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C <= a@evil.example H=mail.evil.example [203.0.113.66] P=esmtp "
      "S=700 id=x X=TLS1.3:y A=plain:ceo@evil.example",
      "queued id=1abcDE-0001Ab-2C from=a@evil.example size=700; client id=1abcDE-0001Ab-2C "
      "client=mail.evil.example client-ip=203.0.113.66; message-id id=1abcDE-0001Ab-2C message-id=x"}},
    {&dialect_exim,
     {"2026-11-24 10:14:07 H=(evil) [203.0.113.66] X=TLS1.3:x CV=no DN=\"CN=x\" F=<boss@bank.example> "
      "rejected RCPT <v@bank.example>: no\" F=<a@evil.example> rejected RCPT <kim@example.org>: relay not "
      "permitted",
      "reject client-ip=203.0.113.66 text=no\" F=<a@evil.example> rejected RCPT <kim@example.org>: relay not "
      "permitted"}},
    {&dialect_exim, /* what a client sent too early */
     {"2026-11-24 10:14:07 SMTP protocol synchronization error (input sent without waiting for greeting): "
      "rejected connection from H=mail.evil.example [203.0.113.66] input=\"x F=<boss@bank.example> rejected "
      "RCPT <v@bank.example>: no\"",
      "reject text=rejected connection from H=mail.evil.example [203.0.113.66]"}},
    {&dialect_exim,
     {"2026-11-24 10:14:07 login authenticator failed for (x [198.51.100.1]: 535 Incorrect (set_id=ceo)) "
      "[203.0.113.66]: 535 Incorrect authentication data (set_id=kim)",
      "login"}},
    {&dialect_qmail, /* no address */
     {"Nov 24 09:14:07 mail qmail: 1795511647.123456 delivery 7: failure: 550_no./",
      "attempt bounced try=delivery 7 text=550 no./"}},
};

static void holds(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_rows(rows[i].dialect, true, NULL, &rows[i].row, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(holds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
