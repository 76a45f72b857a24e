/* Senders and recipients that look like the rest of a line, and replies that do: none of them forges an
 * outcome. */
#define _GNU_SOURCE
#include "tests/parsers/log/dialect_table.h"

#define DOVECOT "Nov 24 09:14:07 mail dovecot: "
#define HARAKA  "Nov 24 09:14:07 mx haraka[48106]: [NOTICE] [930E3B02-4254-4499-8294-70044A00835D.1"
#define FILL    "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"

static const struct {
    const struct dialect *dialect;
    struct dialect_row row;
} rows[] = {
    {&dialect_postfix,
     {"Nov 24 09:14:07 mail postfix/smtp[1]: 9C1D02B4: to=<\"x>, relay=gmail.example[192.0.2.9]:25, "
      "dsn=2.0.0, status=sent (250 ok)\"@example.org>, relay=mx.example.org[192.0.2.25]:25, dsn=5.1.1, "
      "status=bounced (550 5.1.1 no)",
      "attempt bounced id=9C1D02B4 to=\"x>, relay=gmail.example[192.0.2.9]:25, dsn=2.0.0, status=sent (250 "
      "ok)\"@example.org relay=mx.example.org ip=192.0.2.25 remote code=5.1.1 text=550 5.1.1 no"}},
    {&dialect_postfix,
     {"Nov 24 09:14:07 mail postfix/lmtp[1]: 9C1D02B4: to=<\"a\\\">, relay=x, status=sent "
      "(250)\"@example.org>, orig_to=<\"y>, relay=none, status=sent (x)\"@example.net>, relay=none, "
      "dsn=4.4.1, status=deferred (timed out)",
      "attempt deferred id=9C1D02B4 to=\"a\\\">, relay=x, status=sent (250)\"@example.org orig=\"y>, "
      "relay=none, status=sent (x)\"@example.net code=4.4.1 text=timed out"}},
    {&dialect_postfix,
     {"Nov 24 09:14:07 mail postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, "
      "relay=mx.example.org[192.0.2.25]:25, dsn=5.7.1, status=bounced (host said: 550 x), "
      "relay=gmail.example[192.0.2.9]:25, dsn=2.0.0, status=sent (250 ok)",
      "attempt bounced id=9C1D02B4 to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote code=5.7.1 "
      "text=host said: 550 x), relay=gmail.example[192.0.2.9]:25, dsn=2.0.0, status=sent (250 ok"}},
    {&dialect_postfix,
     {"Nov 24 09:14:07 mail postfix/qmgr[1]: 9C1D02B4: from=<\"x>, size=1, nrcpt=1 (queue "
      "active)\"@example.net>, size=700, nrcpt=1 (queue active)",
      "queued id=9C1D02B4 from=\"x>, size=1, nrcpt=1 (queue active)\"@example.net size=700 recipients=1"}},
    {&dialect_postfix,
     {"Nov 24 09:14:07 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[203.0.113.66]: 554 5.7.1 "
      "<\"x; from=<a@a> to=<victim@bank.example>\"@example.org>: Relay access denied; from=<\"z> "
      "to=<v@b>\"@example.net> to=<\"x; from=<a@a> to=<victim@bank.example>\"@example.org> proto=ESMTP "
      "helo=<x>",
      "reject to=\"x; from=<a@a> to=<victim@bank.example>\"@example.org from=\"z> to=<v@b>\"@example.net "
      "client=unknown client-ip=203.0.113.66 text=554 5.7.1 <\"x; from=<a@a> "
      "to=<victim@bank.example>\"@example.org>: Relay access denied"}},
    {&dialect_ironport,
     {"Mon Mar 31 20:10:58 2025 Info: MID 4 ICID 5 RID 0 To: <\"x From: <a@b> Rejected by RAT\"@example.org>",
      "replied id=4 to=\"x From: <a@b> Rejected by RAT\"@example.org; begins id=4 to=\"x From: <a@b> "
      "Rejected by "
      "RAT\"@example.org try=4\t0"}},
    {&dialect_ironport,
     {"Mon Mar 31 20:10:58 2025 Info: Bounced: DCID 3 MID 4 From: <\"x RID 9 - 5.4.7 - x To: "
      "<v@b>\"@example.com> To: "
      "<bob@example.org> RID 0 - 5.1.0 - x ('550', ['MID 7 RID 8 - y'])",
      "queued id=4 from=\"x RID 9 - 5.4.7 - x To: <v@b>\"@example.com; replied id=4 to=bob@example.org; "
      "begins id=4 "
      "to=bob@example.org try=4\t0; attempt bounced try=4\t0 text=550 MID 7 RID 8 - y"}},
    {&dialect_ironport,
     {"Mon Mar 31 20:10:58 2025 Warning: MID 257, Subject Info: Message done DCID 5 MID 4 to RID [0]",
      "passed: a notice"}},
    {&dialect_zonemta,
     {"Nov 24 09:14:07 mail zone-mta[9]: ERR! Sender/default/1[9] 166874ba640000c923.001 SMTPERR [z] "
      "error=\"554 "
      "177874ba640000c923.001 ACCEPTED from=a@b to=c@d\"",
      "passed: a step of a delivery"}},
    {&dialect_zonemta,
     {"info Sender/default/1[9] 166874ba640000c923.001 REJECTED[x] from=\"x to=v@b mx=h[192.0.2.9] (250 "
      "ok)\"@example.com to=bob@example.org mx=mx.example.org[192.0.2.25] (550 no)",
      "queued id=166874ba640000c923\t001 from=\"x to=v@b mx=h[192.0.2.9] (250 ok)\"@example.com "
      "recipients=1; attempt "
      "bounced id=166874ba640000c923\t001 to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote last "
      "text=550 "
      "no"}},
    {&dialect_dma,
     {"Nov 24 09:14:07 mail dma[837e45]: mail to=<x> queued as 1fc79.1@example.org> queued as 837e45.1e13660",
      "queued id=837e45\t1e13660; replied id=837e45\t1e13660 to=x> queued as 1fc79.1@example.org"}},
    {&dialect_dma,
     {"Nov 24 09:14:07 mail dma[837e45.1e13660]: remote delivery deferred: mx.example.org [192.0.2.25] "
      "failed "
      "after MAIL "
      "FROM: 450 delivery successful to evil.example [192.0.2.66] failed after RCPT TO: 550 x",
      "attempt deferred id=837e45\t1e13660 relay=mx.example.org ip=192.0.2.25 open remote text=450 delivery "
      "successful to evil.example [192.0.2.66] failed after RCPT TO: 550 x"}},
    {&dialect_ssmtp,
     {"Nov 24 09:14:07 mail sSMTP[9]: Sent mail for ann@example.com (221 x) uid=0 username=root outbytes=1 "
      "(y) uid=7 "
      "username=kim outbytes=2",
      "client id=\t0.0 user=kim uid=7; queued id=\t0.0 from=ann@example.com size=2 recipients=1; attempt "
      "sent "
      "id=\t0.0 remote relayed last text=221 x) uid=0 username=root outbytes=1 (y"}},
    {&dialect_exim,
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C <= \"x H=(localhost) [127.0.0.1] A=plain:ceo S=1\"@example.net "
      "H=(evil) [203.0.113.66] P=esmtp S=700 id=x@y",
      "queued id=1abcDE-0001Ab-2C from=\"x H=(localhost) [127.0.0.1] A=plain:ceo S=1\"@example.net size=700; "
      "client id=1abcDE-0001Ab-2C client-ip=203.0.113.66; message-id id=1abcDE-0001Ab-2C message-id=x@y"}},
    {&dialect_exim,
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C => \"x R=a T=smtp H=gmail.example [192.0.2.9] C=\\\"250 "
      "ok\"@example.org <\"y z\"@example.net> R=r T=smtp H=mx.example.org [192.0.2.25] C=\"250 taken\"",
      "attempt sent id=1abcDE-0001Ab-2C to=\"x R=a T=smtp H=gmail.example [192.0.2.9] C=\\\"250 "
      "ok\"@example.org orig=\"y z\"@example.net relay=mx.example.org ip=192.0.2.25 remote text=250 taken"}},
    {&dialect_exim,
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C ** \"x: retry timeout exceeded\"@example.org R=r T=smtp "
      "H=mx.example.org [192.0.2.25]: SMTP error from remote mail server: 550 5.1.1 no",
      "attempt bounced id=1abcDE-0001Ab-2C to=\"x: retry timeout exceeded\"@example.org relay=mx.example.org "
      "ip=192.0.2.25 remote text=SMTP error from remote mail server: 550 5.1.1 no"}},
    {&dialect_exim,
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C == \"retry time not reached\"@example.org R=r T=smtp defer "
      "(111): Connection refused",
      "attempt deferred id=1abcDE-0001Ab-2C to=\"retry time not reached\"@example.org remote text=Connection "
      "refused"}},
    {&dialect_exim,
     {"2026-11-24 10:14:07 H=(evil) [203.0.113.66] F=<\"x> rejected RCPT <victim@bank.example>: "
      "y\"@example.net> rejected RCPT <kim@example.org>: Unrouteable address",
      "reject to=kim@example.org from=\"x> rejected RCPT <victim@bank.example>: y\"@example.net "
      "client-ip=203.0.113.66 text=Unrouteable address"}},
    {&dialect_exim, /* the name in a client's certificate */
     {"2026-11-24 10:14:07 H=(evil) [203.0.113.66] X=TLS1.3:x:256 CV=no DN=\"CN=y F=<boss@bank.example> "
      "rejected "
      "RCPT <v@bank.example>: no\" SNI=\"z F=<b@c> rejected x\" F=<a@evil.example> A=plain:joe rejected RCPT "
      "<kim@example.org>: relay not permitted",
      "reject to=kim@example.org from=a@evil.example client-ip=203.0.113.66 text=relay not permitted"}},
    {&dialect_exim, /* words of the mail, which the configuration repeats */
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C H=(evil) [203.0.113.66] F=<a@evil.example> rejected after DATA: "
      "spam in "
      "\"x rejected RCPT <boss@bank.example>: y\"",
      "reject from=a@evil.example client-ip=203.0.113.66 text=spam in \"x rejected RCPT <boss@bank.example>: "
      "y\""}},
    {&dialect_exim, /* the other side's words are all that it said */
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2C ** bob@example.org R=r T=smtp H=mx.example.org [192.0.2.25] "
      "DT=1s: SMTP "
      "error from remote mail server after RCPT TO:<bob@example.org>: 550 no such user; H=x [192.0.2.9]: "
      "retry timeout "
      "exceeded",
      "attempt bounced id=1abcDE-0001Ab-2C to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote "
      "text=SMTP "
      "error from remote mail server after RCPT TO:<bob@example.org>: 550 no such user; H=x [192.0.2.9]: "
      "retry timeout "
      "exceeded"}},
    {&dialect_sendmail,
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: to=<\"x, stat=Sent (ok), "
      "y\"@example.org>,<b@example.org>, ctladdr=<\"a, stat=Sent\"@example.net> (1000/1000), mailer=esmtp, "
      "relay=mx.example.org. [192.0.2.25], dsn=5.1.1, stat=User unknown, stat=Sent (ok)",
      "attempt bounced id=3AO9E7aB012345 to=\"x, stat=Sent (ok), y\"@example.org relay=mx.example.org "
      "ip=192.0.2.25 last code=5.1.1 text=User unknown, stat=Sent (ok); attempt bounced id=3AO9E7aB012345 "
      "to=b@example.org relay=mx.example.org ip=192.0.2.25 last code=5.1.1 text=User unknown, stat=Sent "
      "(ok)"}},
    {&dialect_sendmail,
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: from=<\"x, size=1, relay=y\"@example.net>, size=700, "
      "class=0, nrcpts=1, msgid=<1@x>, relay=localhost [127.0.0.1], y=<z>, proto=ESMTP, relay=evil.example "
      "[203.0.113.66]",
      "queued id=3AO9E7aB012345 from=\"x, size=1, relay=y\"@example.net size=700 recipients=1; message-id "
      "id=3AO9E7aB012345 message-id=1@x; client id=3AO9E7aB012345 client=evil.example "
      "client-ip=203.0.113.66"}},
    /* The name of a message, and a header field, are words of whoever wrote it. */
    {&dialect_sendmail,
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: from=<a@evil.example>, size=100, class=0, nrcpts=1, "
      "msgid=x, reject=550 5.7.1 <boss@example.org>... spam, proto=ESMTP, daemon=MTA, "
      "relay=mail.evil.example "
      "[203.0.113.9]",
      "queued id=3AO9E7aB012345 from=a@evil.example size=100 recipients=1; message-id id=3AO9E7aB012345 "
      "message-id=x; client id=3AO9E7aB012345 client=mail.evil.example client-ip=203.0.113.9"}},
    {&dialect_sendmail,
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: from=<a@evil.example>, size=100, class=0, nrcpts=1, "
      "msgid=\"x, relay=bank.example [198.51.100.1], reject=550 no, proto=ESMTP, relay=mail.evil.example "
      "[203.0.113.9]",
      "queued id=3AO9E7aB012345 from=a@evil.example size=100 recipients=1; message-id id=3AO9E7aB012345 "
      "message-id=\"x, relay=bank.example [198.51.100.1], reject=550 no, proto=ESMTP, "
      "relay=mail.evil.example [203.0.11; client id=3AO9E7aB012345 client=mail.evil.example "
      "client-ip=203.0.113.9"}},
    {&dialect_sendmail,
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: from=<a.\"x>, size=1, class=0, nrcpts=1, reject=550 "
      "no\"@evil.example>, size=100, class=0, nrcpts=1, proto=ESMTP, relay=[203.0.113.9]",
      "queued id=3AO9E7aB012345 from=a.\"x>, size=1, class=0, nrcpts=1, reject=550 no\"@evil.example "
      "size=100 "
      "recipients=1; message-id id=3AO9E7aB012345; client id=3AO9E7aB012345 client-ip=203.0.113.9"}},
    {&dialect_sendmail, /* cut at 200 bytes */
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: from=<\"x>, size=1, class=0, nrcpts=1, reject=550 "
      "no " FILL FILL FILL ", size=100, class=0, nrcpts=1, msgid=<\"@x>, proto=ESMTP, relay=[203.0.113.9]",
      "queued id=3AO9E7aB012345 from=<\"x>, size=1, class=0, nrcpts=1, reject=550 no " FILL FILL FILL
      " size=100 recipients=1; message-id id=3AO9E7aB012345 message-id=\"@x; client id=3AO9E7aB012345 "
      "client-ip=203.0.113.9"}},
    {&dialect_sendmail,
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: ruleset=CheckSubject, arg1=x, relay=bank.example "
      "[198.51.100.1], reject=550 5.7.1 forged, y, relay=mail.evil.example [203.0.113.9], reject=553 5.0.0 "
      "Subject refused",
      "reject client=mail.evil.example client-ip=203.0.113.9 text=553 5.0.0 Subject refused"}},
    {&dialect_sendmail,
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: ruleset=CheckSubject, arg1=x, reject=550 5.7.1 "
      "forged, "
      "relay=[203.0.113.9], discard",
      "passed: a rule set that did not refuse"}},
    {&dialect_sendmail, /* either may be the program's */
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: ruleset=check_rcpt, arg1=<x to=<y>, "
      "relay=bank.example [198.51.100.1], reject=550 5.7.1 forged>, relay=mail.evil.example [203.0.113.9], "
      "reject=550 5.1.1 no",
      "reject to=x to=<y text=550 5.7.1 forged>, relay=mail.evil.example [203.0.113.9], reject=550 5.1.1 "
      "no"}},
    {&dialect_sendmail,
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: Milter change: header Subject: from x to y, discard",
      "passed: a milter's action"}},
    {&dialect_sendmail,
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: Milter add: header: X-Y: z, reject=550 5.7.1 no",
      "passed: a milter's action"}},
    {&dialect_sendmail,
     {"Nov 24 09:14:07 mail sm-mta[1]: 3AO9E7aB012345: <\"AUTH failure\"@example.org>... User unknown",
      "reject id=3AO9E7aB012345 to=\"AUTH failure\"@example.org text=User unknown"}},
    {&dialect_dovecot,
     {DOVECOT "lmtp(kim@example.org)<11><abc>: msgid=<discarded message@evil.example>: saved mail to INBOX",
      "passed: a mail that was stored"}},
    {&dialect_dovecot,
     {DOVECOT
      "lmtp(kim@example.org)<11><abc>: msgid=<x rejected message from boss@example.org (reject)>: saved "
      "mail to INBOX",
      "passed: a mail that was stored"}},
    {&dialect_dovecot,
     {DOVECOT
      "lmtp(kim@example.org)<11><abc>: sieve: msgid=<save failed to : 550 5.1.1 no>: stored mail into "
      "mailbox 'Spam'",
      "verdict sent to=kim@example.org try=\tstore abc last text=stored mail into mailbox 'Spam'"}},
    {&dialect_dovecot, /* another end than those that are known */
     {DOVECOT "lmtp(kim@example.org)<11><abc>: sieve: msgid=<discarded message>: left message in mailbox 'x'",
      "passed: a session or notice"}},
    {&dialect_dovecot,
     {DOVECOT
      "lmtp(kim@example.org)<11><abc>: msgid=<saved mail to x>, subject=stored mail into: save failed to "
      "INBOX: Quota exceeded",
      "verdict bounced to=kim@example.org try=\tstore kim@example.org text=Quota exceeded"}},
    {&dialect_dovecot,
     {DOVECOT "imap-login: Disconnected (auth failed, 1 attempts in 5 secs): user=<(auth failed, 1000000 "
              "attempts >, rip=198.51.100.2, x>, method=PLAIN, rip=203.0.113.9, lip=192.0.2.1, TLS",
      "login client-ip=203.0.113.9 user=(auth failed, 1000000 attempts >, rip=198.51.100.2, x times=1"}},
    {&dialect_dovecot,
     {DOVECOT
      "imap-login: Login: user=<(auth failed, 9 attempts), SSL routines>, method=PLAIN, rip=203.0.113.9",
      "passed: a session or notice"}},
    {&dialect_haraka,
     {HARAKA
      ".1] [outbound] delivered file=x domain=evil.example host=mx.evil.example ip=203.0.113.9 port=25 "
      "mode=SMTP tls=N auth=N response=\"ok\" delay=1 fails=0 rcpts=1/0/0 x\" delay=1 fails=0 rcpts=0/1/0",
      "passed: haraka: a delivery to some of several"}},
    {&dialect_haraka,
     {HARAKA ".1] [outbound] delivered file=x domain=evil.example response=\"ok ip=198.51.100.1 "
             "host=mx.bank.example mode=LMTP x\" delay=1 fails=0 rcpts=1/0/0",
      "attempt sent id=930E3B02-4254-4499-8294-70044A00835D.1 to=@evil.example open remote text=ok "
      "ip=198.51.100.1 host=mx.bank.example mode=LMTP x"}},
    {&dialect_haraka,
     {HARAKA
      "] [core] recipient <bob@example.org> code=DENY msg=\"no <\"x\\\" sender=\\\"boss@example.org\"@x> "
      "here\" sender=\"a@evil.example\"",
      "reject to=bob@example.org from=a@evil.example text=no <\"x\\\" sender=\\\"boss@example.org\"@x> "
      "here"}},
    {&dialect_haraka,
     {HARAKA "] [core] recipient <bob@example.org> code=OK msg=\"\" sender=\"\"x sender=boss@example.org "
             "y\"@evil.example\"",
      "replied id=930E3B02-4254-4499-8294-70044A00835D.1 to=bob@example.org; queued "
      "id=930E3B02-4254-4499-8294-70044A00835D.1 from=\"x sender=boss@example.org y\"@evil.example"}},
    {&dialect_haraka,
     {HARAKA "] [subject] recipient <bob@example.org> code=DENY msg=\"no\" sender=\"a@example.net\"",
      "passed: a step of a session"}},
    /* Exports of services: what a reply, a recipient or what the sender attached looks like is told by no
     * name of its own. */
    {&dialect_export,
     {"{\"event\":\"bounce\",\"MessageID\":7,\"email\":\"bob@example.org\",\"mj_campaign_id\":0,\"error\":"
      "\"user "
      "unknown\",\"comment\":\"550 5.1.1 \\\",\\\"event\\\":\\\"sent\\\",\\\"smtp_reply\\\":\\\"250 ok\"}",
      "queued id=7\tbob@example.org recipients=1; attempt bounced id=7\tbob@example.org to=bob@example.org "
      "remote text=550 5.1.1 \",\"event\":\"sent\",\"smtp_reply\":\"250 ok"}},
    {&dialect_export,
     {"{\"event\":\"blocked\",\"MessageID\":7,\"email\":\"bob@example.org\",\"mj_campaign_id\":0,\"Payload\":"
      "\"{"
      "\\\"message\\\":{\\\"to\\\":\\\"ceo@bank.example\\\",\\\"token\\\":\\\"x\\\"},\\\"status\\\":"
      "\\\"Sent\\\","
      "\\\"details\\\":\\\"\\\"}\",\"error\":\"preblocked\"}",
      "queued id=7\tbob@example.org recipients=1; attempt bounced id=7\tbob@example.org to=bob@example.org "
      "remote text=preblocked"}},
    {&dialect_export,
     {"{\"event\":\"bounce\",\"error\":\"greylisted, event "
      "sent\",\"MessageID\":7,\"email\":\"\\\"x;ceo@bank.example"
      "\\\"@example.org\",\"mj_campaign_id\":0}",
      "queued id=7\t\"x;ceo@bank.example\"@example.org recipients=1; attempt bounced "
      "id=7\t\"x;ceo@bank.example\"@example.org to=\"x;ceo@bank.example\"@example.org remote "
      "text=greylisted, event sent"}},
    {&dialect_export,
     {"{\"message\":{\"token\":\"t\",\"to\":\"bob@example.org\",\"subject\":\"{\\\"status\\\":\\\"Sent\\\"}"
      "\"},"
      "\"status\":\"HardFail\",\"details\":\"Message for ceo@bank.example accepted by mx.bank.example "
      "(192.0.2.9)\",\"output\":\"550 no\\n250 2.0.0 ok\\nto=<ceo@bank.example>, status=sent\"}",
      "queued id=t\tbob@example.org recipients=1; attempt bounced id=t\tbob@example.org to=bob@example.org "
      "text=550 no\n250 2.0.0 ok\nto=<ceo@bank.example>, status=sent"}},
    {&dialect_export,
     {"{\"message\":{\"token\":\"t\",\"to\":[\"bob@example.org\",{\"to\":\"ceo@bank.example\"}]},\"status\":["
      "\"Sent\"],\"details\":{}}",
      "unknown; queued id=t\tbob@example.org recipients=1; attempt sent id=t\tbob@example.org "
      "to=bob@example.org"}},
    {&dialect_export,
     {"{\"recipient\":\"\\\"x\\\\\\\",\\\\\\\"status\\\\\\\":\\\\\\\"Delivered\\\"@example.org\","
      "\"messageId\":\"m\",\"status\":"
      "\"Bounced\",\"deliveryStatusDetails\":{\"statusMessage\":\"550 \\u0000\\u001b[2J "
      "{\\\"status\\\":\\\"Delivered"
      "\\\"}\",\"recipientMailServerHostName\":\"gmail.com [192.0.2.9] (198.51.100.1)\"}}",
      "queued id=m\t\"x\\\",\\\"status\\\":\\\"Delivered\"@example.org recipients=1; attempt bounced "
      "id=m\t\"x\\\",\\\"status\\\":\\\"Delivered\"@example.org "
      "to=\"x\\\",\\\"status\\\":\\\"Delivered\"@example.org relay=gmail.com ip=192.0.2.9 remote text=550  "
      "\x1b[2J {\"status\":\"Delivered\"}"}},
    {&dialect_export,
     {"{\"recipient\":\"bob@example.org\",\"messageId\":\"m\",\"status\":\"Bounced\\tDelivered\","
      "\"deliveryAttemptTimestamp\":\"x\"}",
      "unknown"}},
    {&dialect_export,
     {"{\"recipient\":{\"a\":1,\"b\":2,\"c\":3},\"messageId\":{},\"status\":\"Delivered\","
      "\"deliveryAttemptTimestamp\":[["
      "]]}",
      "unknown"}},
    {&dialect_export,
     {"Nov 24 09:14:07 host=mx.evil.example tls=on auth=off from=ann@example.com recipients=bob@example.org "
      "mailsize=211 smtpstatus=550 smtpmsg='550 5.1.1 x' exitcode=EX_OK smtpstatus=250 "
      "recipients=ceo@bank.example y='' errormsg='recipient not accepted' exitcode=EX_UNAVAILABLE",
      "queued id=\t0.0\tbob@example.org from=ann@example.com size=211 recipients=1; attempt bounced "
      "id=\t0.0\tbob@example.org to=bob@example.org relay=mx.evil.example remote last text=550 5.1.1 x"}},
    {&dialect_export, /* cut off */
     {"Nov 24 09:14:07 host=mx.evil.example tls=on auth=off from=ann@example.com recipients=bob@example.org "
      "mailsize=211 smtpstatus=550 smtpmsg='550 5.1.1 x' exitcode=EX_OK errormsg='y",
      "not mine"}},
    {&dialect_postfix,
     {"Nov 24 09:14:05 mail postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, "
      "relay=mx.example.org[192.0.2.25]:25, "
      "delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host said: 550 5.1.1 x>, relay=none, status=sent "
      "(250 "
      "ok) (in reply to RCPT TO command))",
      "attempt bounced id=9C1D02B4 to=bob@example.org relay=mx.example.org ip=192.0.2.25 delays=100/0/100 "
      "remote "
      "code=5.1.1 text=host said: 550 5.1.1 x>, relay=none, status=sent (250 ok) (in reply to RCPT TO "
      "command)"}},
    {&dialect_postfix, /* an address that a domain ends, behind an end that it does not */
     {"Nov 24 09:14:05 mail postfix/smtp[1]: 9C1D02B4: to=<x>, relay=none, status=sent (y>, relay=none, "
      "status=sent (z)@example.org>, relay=none, delay=1, dsn=5.1.1, status=bounced (no)",
      "passed: postfix: a recipient with two ends"}},
    {&dialect_postfix, /* what the sender wrote may have no domain */
     {"Nov 24 09:14:05 mail postfix/local[1]: 9C1D02B4: to=<bob@example.org>, orig_to=<x>, relay=none, "
      "status=sent "
      "(y)>, relay=none, delay=1, dsn=5.1.1, status=bounced (no)",
      "passed: postfix: a recipient with two ends"}},
    {&dialect_courier,
     {"Nov 24 09:14:07 mail imapd: LOGIN FAILED, user=x, ip=[198.51.100.1], y, ip=[::ffff:203.0.113.9]",
      "login client-ip=203.0.113.9 user=x"}},
    /* What the other side says is never taken for what the program says of it. */
    {&dialect_exim,
     {"2026-11-24 10:14:08 1abcDE-0001Ab-2C ** bob@example.org R=r T=smtp H=mx.example.org [192.0.2.25]: "
      "SMTP "
      "error from remote mail server after RCPT TO:<bob@example.org>: 550 5.1.1 no; retry timeout exceeded",
      "attempt bounced id=1abcDE-0001Ab-2C to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote "
      "text=SMTP error from remote mail server after RCPT TO:<bob@example.org>: 550 5.1.1 no; retry timeout "
      "exceeded"}},
    {&dialect_exim,
     {"2026-11-24 10:14:08 1abcDE-0001Ab-2C ** bob@example.org R=r T=smtp H=mx.example.org [192.0.2.25]: "
      "SMTP "
      "error from remote mail server after RCPT TO:<bob@example.org>: 450 4.2.0 later: retry timeout "
      "exceeded",
      "attempt given-up id=1abcDE-0001Ab-2C to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote "
      "text=SMTP error from remote mail server after RCPT TO:<bob@example.org>: 450 4.2.0 later"}},
    {&dialect_exim,
     {"2026-11-24 10:14:08 1abcDE-0001Ab-2D => bob@example.org R=r T=smtp H=mx.example.org [192.0.2.25] "
      "X=TLS "
      "CV=no DN=\"CN=x C=\"250 2.0.0 OK gsmtp\" C=\"250 taken\"",
      "attempt sent id=1abcDE-0001Ab-2D to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote "
      "text=250 "
      "taken"}},
    {&dialect_exim,
     {"2026-11-24 10:14:07 1abcDE-0001Ab-2E <= a@example.net H=evil.example (x) [203.0.113.66] P=esmtp S=500 "
      "T=\"x \\\" id=forged@bank.example A=plain:ceo S=9\" id=real@evil.example",
      "queued id=1abcDE-0001Ab-2E from=a@example.net size=500; client id=1abcDE-0001Ab-2E "
      "client=evil.example "
      "client-ip=203.0.113.66; message-id id=1abcDE-0001Ab-2E message-id=real@evil.example"}},
    {&dialect_exim,
     {"2026-11-24 10:14:09 H=(evil F=<ceo@bank.example> rejected RCPT <x@bank.example>: 550 no) "
      "[203.0.113.66] "
      "F=<a@evil.example> rejected RCPT <kim@example.org>: relay not permitted",
      "reject to=kim@example.org from=a@evil.example client-ip=203.0.113.66 text=relay not permitted"}},
    {&dialect_qmail,
     {"@40000000656060000000000a delivery 1: failure: "
      "192.0.2.25_does_not_like_recipient./"
      "Remote_host_said:_550_I'm_not_going_to_try_again;_this_message_has_"
      "been_in_the_queue_too_long./",
      "attempt bounced ip=192.0.2.25 try=delivery 1 text=192.0.2.25 does not like recipient./Remote host "
      "said: 550 I'm not "
      "going "
      "to try again; this message has been in the queue too long./"}},
    {&dialect_qmail,
     {"@40000000656060000000000a delivery 1: failure: "
      "192.0.2.25_said:_550_been_in_the_queue_too_long/Giving_up./",
      "attempt bounced ip=192.0.2.25 try=delivery 1 text=192.0.2.25 said: 550 been in the queue too "
      "long/Giving up./"}},
    {&dialect_sendmail,
     {"Nov 24 09:14:02 mail sendmail[1]: 3AO9E7aB012345: to=<bob@example.org>, mailer=esmtp, "
      "relay=mx.example.org. "
      "[192.0.2.25], dsn=5.1.1, stat=550 5.1.1 Cannot send message for 5 days",
      "attempt bounced id=3AO9E7aB012345 to=bob@example.org relay=mx.example.org ip=192.0.2.25 last "
      "code=5.1.1 "
      "text=550 5.1.1 Cannot send message for 5 days"}},
    {&dialect_sendmail,
     {"Nov 24 09:14:02 mail sendmail[1]: 3AO9E7aB012346: to=\"|/bin/x, stat=Sent\", delay=00:00:01, "
      "mailer=prog, "
      "dsn=5.3.0, stat=unknown mailer error 1",
      "attempt bounced id=3AO9E7aB012346 to=\"|/bin/x, stat=Sent\" last code=5.3.0 text=unknown mailer error "
      "1"}},
    {&dialect_postfix,
     {"Nov 24 09:14:07 mail postfix/smtp[1]: 9C1D02B4: to=<x>, relay=gmail.example[192.0.2.9]:25, delay=1, "
      "delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 OK)@example.org>, "
      "relay=mx.example.org[192.0.2.25]:25, "
      "delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (550 5.1.1 no)",
      "passed: postfix: a recipient with two ends"}},
    {&dialect_opensmtpd,
     {"Nov 24 09:14:02 mail smtpd[1]: 1 mta delivery evpid=aaaa from=<a@example.net> to=<b@example.org> "
      "rcpt=<-> "
      "source=\"192.0.2.1\" relay=\"192.0.2.25 (mx.example.org)\" delay=1s result=\"PermFail\" stat=\"550 "
      "account "
      "expired\"",
      "queued id=aaaa from=a@example.net recipients=1; attempt bounced id=aaaa to=b@example.org "
      "relay=mx.example.org ip=192.0.2.25 last text=550 account expired"}},
    {&dialect_opensmtpd,
     {"Nov 24 09:14:07 mail smtpd[1]: 9283 mta delivery evpid=c85a9c0a0cd5edaa from=<a@example.net> "
      "to=<result=Ok@example.org> rcpt=<-> source=\"-\" relay=\"192.0.2.25 (mx.example.org)\" delay=1s "
      "result=\"PermFail\" stat=\"550 5.1.1 no result=\"Ok\" stat=\"250 ok\"",
      "queued id=c85a9c0a0cd5edaa from=a@example.net recipients=1; attempt bounced id=c85a9c0a0cd5edaa "
      "to=result=Ok@example.org relay=mx.example.org ip=192.0.2.25 last text=550 5.1.1 no result="}},
    {&dialect_opensmtpd,
     {"Nov 24 09:14:07 mail smtpd[1]: 9283 smtp failed-command address=203.0.113.66 host=x command=\"RCPT "
      "TO:<\"x\" result=\"250 ok\"@example.org>\" result=\"501 5.1.3 Recipient address syntax error\"",
      "reject to=\"x\" result=\"250 ok\"@example.org client-ip=203.0.113.66 text=501 5.1.3 Recipient address "
      "syntax error"}},
    {&dialect_opensmtpd, /* what a client says is no delivery */
     {"Nov 24 09:14:07 mail smtpd[1]: 7818378b78e6ffe0 smtp failed-command command=\"x delivery "
      "evpid=0123456789abcdef from=<a@bank.example> to=<boss@bank.example> relay=\"192.0.2.9 "
      "(gmail.example)\" "
      "result=\"Ok\" stat=\"250 ok\"\" result=\"500 5.5.1 Invalid command\"",
      "passed: a client's mistake"}},
    {&dialect_opensmtpd,
     {"Nov 24 09:14:07 mail smtpd[1]: 7818378b78e6ffe0 smtp failed-command command=\"RCPT TO:<x@y> "
      "authentication "
      "address=198.51.100.1 result=permfail\" result=\"550 Invalid recipient\"",
      "reject id=7818378b78e6ffe0 to=x@y text=550 Invalid recipient"}},
    {&dialect_opensmtpd,
     {"Nov 24 09:14:07 mail smtpd[1]: smtp-in: Failed command on session 7818378b78e6ffe0: \"delivery "
      "evpid=1 "
      "from=<a@b> to=<c@d> result=\"Ok\"\" => 500 5.5.1 Invalid command",
      "passed: a client's mistake"}},
    {&dialect_opensmtpd,
     {"Nov 24 09:14:07 mail smtpd[1]: 7818378b78e6ffe0 smtp connected address=203.0.113.66 "
      "host=delivery.evpid.example",
      "client id=7818378b78e6ffe0 client=delivery.evpid.example client-ip=203.0.113.66"}},
    {&dialect_kerio, /* a recipient and a message's id that look like what stands behind them */
     {"[24/Nov/2026 09:14:07] Recv: Queue-ID: 65ee8b47-00000009, Service: SMTP, From: <a@evil.example>, To: "
      "<\"x, "
      "Size: 1, Sender-Host: 10.0.0.1, User: ceo, Subject: b\"@example.org>, Size: 985, Sender-Host: "
      "203.0.113.66, "
      "Subject: x, Msg-Id: <x>",
      "queued id=65ee8b47-00000009 from=a@evil.example size=985; client id=65ee8b47-00000009 "
      "client-ip=203.0.113.66"}},
    {&dialect_kerio,
     {"[24/Nov/2026 09:14:07] Recv: Queue-ID: 65ee8b47-00000009, Service: SMTP, From: <\"x>, To: <y>, Size: "
      "1, "
      "User: ceo\"@evil.example>, To: <bob@example.org>, <carl@example.org>, Size: 985, Sender-Host: "
      "203.0.113.66, "
      "Subject: x, Size: 7, User: ceo, Msg-Id: <x>",
      "queued id=65ee8b47-00000009 from=\"x>, To: <y>, Size: 1, User: ceo\"@evil.example size=985; client "
      "id=65ee8b47-00000009 client-ip=203.0.113.66"}},
    {&dialect_kerio,
     {"[24/Nov/2026 09:14:07] Sent: Queue-ID: 65ee8b47-00000009, Recipient: <bob@example.org>, Result: "
      "failed, Status: "
      "5.1.1 , Remote-Host: 192.0.2.25, Msg-Id: <x, Remote-Host: 198.51.100.1, y@example.com>",
      "attempt bounced id=65ee8b47-00000009 to=bob@example.org ip=192.0.2.25 last code=5.1.1 text=5.1.1"}},
    {&dialect_kerio, /* either may be the program's */
     {"[24/Nov/2026 09:14:07] Sent: Queue-ID: 65ee8b47-00000009, Recipient: <bob@example.org>, Result: "
      "failed, Status: "
      "5.1.1 no, Remote-Host: 192.0.2.25, Msg-Id: <x>, Remote-Host: 198.51.100.1, Msg-Id: <y@example.com>",
      "attempt bounced id=65ee8b47-00000009 to=bob@example.org last code=5.1.1 text=5.1.1 no"}},
    {&dialect_hmailserver, /* a command is one, whatever stands in it; so is an answer behind its last line */
     {"\"SMTPD\"\t4532\t154\t\"2026-11-24 09:14:07.250\"\t\"203.0.113.66\"\t\"RECEIVED: HELO x[nl]MAIL "
      "FROM:<boss@bank.example>[nl]RCPT TO:<v@bank.example>\"",
      "said id=154 ip=203.0.113.66 remote text=HELO x[nl]MAIL FROM:<boss@bank.example>[nl]RCPT "
      "TO:<v@bank.example>"}},
    {&dialect_hmailserver,
     {"\"SMTPC\"\t4532\t154\t\"2026-11-24 09:14:07.250\"\t\"192.0.2.25\"\t\"RECEIVED: 550-no[nl]550 "
      "no[nl]250 ok\"",
      "said id=154 ip=192.0.2.25 remote text=550-no; said id=154 ip=192.0.2.25 remote text=550 no[nl]250 "
      "ok"}},
    {&dialect_courier,
     {"Nov 24 09:14:07 mail courieresmtp: id=1.2,from=<a@example.net>,addr=<\"x>,success: "
      "delivered\"@example.org>: 550 5.1.1 no,status: success",
      "replied id=1.2 to=\"x>,success: delivered\"@example.org text=550 5.1.1 no,status: success"}},
    {&dialect_courier,
     {"Nov 24 09:14:07 mail courieresmtp: id=1.2,from=<a@example.net>,addr=<\"x>,success: "
      "delivered\"@example.org>,status: failure",
      "attempt bounced id=1.2 to=\"x>,success: delivered\"@example.org"}},
    {&dialect_qmail,
     {"Nov 24 09:14:07 mail qmail: 1795511647.123456 info msg 7: bytes 12 from <\"x> qp 1 uid "
      "0\"@example.net> qp 2 uid 3",
      "queued id=7 from=\"x> qp 1 uid 0\"@example.net size=12"}},
    {&dialect_export,
     {"{\"type\":\"Bounce\",\"id\":\"1\",\"sender\":\"a@example.net\",\"recipient\":\"b@example.org\","
      "\"response\":\"550 no\",\"type\":\"Delivery\"}",
      "queued id=1\tb@example.org from=a@example.net recipients=1; attempt bounced id=1\tb@example.org "
      "to=b@example.org remote last text=550 no"}},
};

static void holds(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_rows(rows[i].dialect, true, NULL, &rows[i].row, 1);
}

/* Cells of a table that hold several recipients. */
static void holds_in_tables(void **state) {
    static const char exchange[] =
        "#Fields: date-time,event-id,sender-address,recipient-address,recipient-status\n";
    static const struct dialect_row row[] = {
        {"2026-11-24T09:14:07Z,FAIL,a@example.net,\"\"\"x;SEND\"\"@example.org;b@example.org\",550 no",
         "queued id=\t\"x;SEND\"@example.org from=a@example.net recipients=1; attempt bounced "
         "id=\t\"x;SEND\"@example.org to=\"x;SEND\"@example.org text=550 no; queued id=\tb@example.org "
         "from=a@example.net recipients=1; attempt bounced id=\tb@example.org to=b@example.org text=550 "
         "no"}};
    (void)state;
    expect_rows(&dialect_export, false, exchange, row, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(holds), cmocka_unit_test(holds_in_tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
