/* Postfix's lines, daemon by daemon. */
#include "tests/parsers/log/dialect_table.h"

#define AT "Nov 24 09:14:07 mail "

static void reads_deliveries(void **state) {
    static const struct dialect_row rows[] = {
        {AT "postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, relay=mx.example.org[192.0.2.25]:25, "
            "dsn=4.1.1, status=SOFTBOUNCE (550 5.1.1 no)",
         "attempt deferred id=9C1D02B4 to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote "
         "code=4.1.1 text=550 5.1.1 no"},
        {AT "postfix/smtp[1]: 9C1D02B4: to=bob@example.org, orig_to=sales@example.com, "
            "relay=mx.example.org[192.0.2.25]:25, dsn=2.0.0, status=sent (250 ok)", /* shown by a page */
         "attempt sent id=9C1D02B4 to=bob@example.org orig=sales@example.com relay=mx.example.org "
         "ip=192.0.2.25 remote code=2.0.0 text=250 ok"},
        {AT "postfix/smtp[1]: D1: to=<bob@example.org>, relay=none, dsn=2.0.0, status=sent (ok)", /* a hidden
                                                                                                     id */
         "attempt sent id=D1 to=bob@example.org remote code=2.0.0 text=ok"},
        {AT
         "postfix/smtp[1]: to=<bob@example.org>, relay=none, dsn=4.4.1, status=deferred (no)", /* cut off */
         "attempt deferred id=\t0.0 to=bob@example.org remote last code=4.4.1 text=no"},
        {AT "postfix/smtp[1]: D1: to=<bob@example.org>, relay=none, dsn=4.0.0, status=deferred (554 mx (b7) "
            "not", /* and in its words */
         "attempt deferred id=D1 to=bob@example.org remote code=4.0.0 text=554 mx (b7) not"},
        {AT "postfix/smtp[1]: <queue-id>: to=<bob@example.org>, relay=none, dsn=4.4.1, status=deferred (no)",
         "attempt deferred id=\t0.0 to=bob@example.org remote last code=4.4.1 text=no"},
        {AT "postfix/smtp[1]: D1: to=<bob@example.org>, relay=none, dsn=5.1.\t x, status=bounced (no)",
         "attempt bounced id=D1 to=bob@example.org remote code=5.1. text=no"}, /* broken */
        {AT "postfix/lmtp[1]: ****: to=<bob@example.org>, relay=none, dsn=5.2.2, status=bounced (full)",
         "attempt bounced id=\t0.0 to=bob@example.org last code=5.2.2 text=full"},
        {AT
         "postfix/smtpd[1]: [id]: reject: RCPT from unknown[203.0.113.4]: 554 5.7.1 no; from=<a@example.net> "
         "to=<bob@example.com> proto=ESMTP helo=<x>",
         "reject to=bob@example.com from=a@example.net client=unknown client-ip=203.0.113.4 text=554 5.7.1 "
         "no"},
        {AT "postfix/smtpd[1]: warning: reject: RCPT from unknown[203.0.113.4]: 554 5.7.1 no; from=<a@b> "
            "to=<c@d> proto=ESMTP helo=<x>",
         "passed: a warning"},
        {AT "outbound/smtp[1]: 1382041743-0f8241420001-6AQV5q 0 0 SEND ENC 1 8B2052296C 250 Ok", "unknown"},
        {AT "postfix/qmgr[1]: 9C1D02B4: to=<bob@example.org>, relay=none, dsn=4.4.1, status=deferred "
            "(delivery temporarily suspended)",
         "attempt deferred id=9C1D02B4 to=bob@example.org code=4.4.1 text=delivery temporarily suspended"},
        {AT "postfix/error[1]: 9C1D02B4: to=<bob@example.org>, relay=none, dsn=4.0.0, status=deferred "
            "(delivery temporarily suspended: host mx.example.org[192.0.2.25] refused to talk to me: 554 no)",
         "attempt deferred id=9C1D02B4 to=bob@example.org relay=mx.example.org ip=192.0.2.25 code=4.0.0 "
         "text=delivery temporarily suspended: host mx.example.org[192.0.2.25] refused to talk to me: 554 "
         "no"},
        {AT "postfix/error[1]: 9C1D02B4: to=<bob@example.org>, relay=none, dsn=4.4.2, status=deferred "
            "(delivery temporarily suspended: lost connection with mx.example.org[192.0.2.25] while sending "
            "RCPT TO)",
         "attempt deferred id=9C1D02B4 to=bob@example.org relay=mx.example.org ip=192.0.2.25 code=4.4.2 "
         "text=delivery temporarily suspended: lost connection with mx.example.org[192.0.2.25] while sending "
         "RCPT TO"},
        {AT "postfix/error[1]: 9C1D02B4: to=<bob@example.org>, relay=none, dsn=4.3.0, status=deferred "
            "(delivery temporarily suspended: host said: a[192.0.2.9])",
         "attempt deferred id=9C1D02B4 to=bob@example.org code=4.3.0 text=delivery temporarily suspended: "
         "host "
         "said: a[192.0.2.9]"},
        {AT "postfix/cleanup[1]: 9C1D02B4: to=<bob@example.org>, relay=none, dsn=5.7.1, status=bounced (no)",
         "attempt bounced id=9C1D02B4 to=bob@example.org code=5.7.1 text=no"},
        {AT "postfix/qmgr[1]: 9C1D02B4: from=ann@example.com, size=9, nrcpt=1 (queue active)",
         "queued id=9C1D02B4 from=ann@example.com size=9 recipients=1"},
        {AT "postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[192.0.2.9]: 451 4.7.1 bob@example.org: "
            "Greylisted; from=ann@example.com to=bob@example.org proto=ESMTP helo=<h>",
         "reject to=bob@example.org from=ann@example.com client=unknown client-ip=192.0.2.9 text=451 4.7.1 "
         "bob@example.org: Greylisted"},
        {AT "postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, relay=none, dsn=2.0.0, status=odd (x)",
         "passed: postfix: a status of a delivery odd"},
        {AT
         "postfix/discard[1]: 9C1D02B4: to=<bob@example.org>, relay=none, dsn=2.0.0, status=sent (silently)",
         "attempt discarded id=9C1D02B4 to=bob@example.org code=2.0.0 text=silently"},
        {AT "postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, relay=smtp.example.net[192.0.2.25]:587, "
            "dsn=2.0.0, status=sent (250 ok)",
         "attempt sent id=9C1D02B4 to=bob@example.org relay=smtp.example.net ip=192.0.2.25 remote relayed "
         "code=2.0.0 text=250 ok"},
        {AT "postfix/local[1]: 9C1D02B4: to=<bob@example.org>, relay=local, dsn=2.0.0, status=sent "
            "(forwarded as 7D2E03C5)",
         "attempt sent id=9C1D02B4 to=bob@example.org relay=local next=7D2E03C5 code=2.0.0 text=forwarded as "
         "7D2E03C5"},
        {AT "postfix/local[1]: 9C1D02B4: to=<bob@example.org>, relay=local, dsn=2.0.0, status=sent "
            "(delivered to file: /dev/null)",
         "attempt discarded id=9C1D02B4 to=bob@example.org relay=local code=2.0.0 text=delivered to file: "
         "/dev/null"},
        {AT "postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, relay=127.0.0.1[127.0.0.1]:10024, dsn=2.7.0, "
            "status=sent (250 2.7.0 Ok, discarded, id=00077-01 - spam)",
         "attempt sent id=9C1D02B4 to=bob@example.org relay=127.0.0.1 ip=127.0.0.1 try=\tfilter 00077-01 "
         "remote "
         "code=2.7.0 text=250 2.7.0 Ok, discarded, id=00077-01 - spam"},
        {AT "postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, relay=mx.example.org[192.0.2.25]:25, "
            "dsn=2.7.0, status=sent (250 2.7.0 Ok, discarded, id=00077-01 - spam)",
         "attempt sent id=9C1D02B4 to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote code=2.7.0 "
         "text=250 2.7.0 Ok, discarded, id=00077-01 - spam"},
        {AT "postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, relay=127.0.0.1[127.0.0.1]:10024, dsn=2.5.0, "
            "status=sent (250 2.5.0 Ok, id=00077-02, BOUNCE)",
         "attempt sent id=9C1D02B4 to=bob@example.org relay=127.0.0.1 ip=127.0.0.1 try=\tfilter 00077-02 "
         "remote code=2.5.0 "
         "text=250 2.5.0 Ok, id=00077-02, BOUNCE"},
        {AT "postfix/lmtp[1]: 9C1D02B4: to=<bob@example.org>, relay=127.0.0.1[127.0.0.1]:10024, dsn=2.5.0, "
            "status=sent (250 2.5.0 OK (2C225C6817C7EEE1481))",
         "attempt sent id=9C1D02B4 to=bob@example.org relay=127.0.0.1 ip=127.0.0.1 next=\tfilter "
         "2C225C6817C7EEE1481 try=\tfilter 2C225C6817C7EEE1481 code=2.5.0 text=250 2.5.0 OK "
         "(2C225C6817C7EEE1481)"},
        {AT "postfix/lmtp[1]: 9C1D02B4: to=<bob@example.org>, relay=m[private/dovecot-lmtp], dsn=2.0.0, "
            "status=sent (250 2.0.0 <bob@example.org> Vg8IJ Saved)",
         "attempt sent id=9C1D02B4 to=bob@example.org relay=m ip=private/dovecot-lmtp try=\tstore Vg8IJ "
         "code=2.0.0 text=250 2.0.0 <bob@example.org> Vg8IJ Saved"},
        {AT
         "postfix/cleanup[1]: 9C1D02B4: reject: header Subject: a from b; from=<x@y> to=<z@y>: no from "
         "unknown[192.0.2.9]; from=<ann@example.com> to=<bob@example.org> proto=ESMTP helo=<h>: 5.7.1 spam",
         "reject id=9C1D02B4 to=bob@example.org from=ann@example.com client=unknown client-ip=192.0.2.9 "
         "text=5.7.1 spam"},
        {AT "postfix/cleanup[1]: 9C1D02B4: reject: body http://bad.example from local; "
            "from=<ann@example.com> to=<bob@example.org>: 5.7.1 Bad URL",
         "reject id=9C1D02B4 to=bob@example.org from=ann@example.com text=5.7.1 Bad URL"},
        {AT "postfix/cleanup[1]: 9C1D02B4: milter-discard: END-OF-MESSAGE from unknown[192.0.2.9]: milter "
            "triggers DISCARD action; from=<ann@example.com> to=<bob@example.org> proto=ESMTP helo=<x>",
         "queued id=9C1D02B4 from=ann@example.com; attempt discarded id=9C1D02B4 to=bob@example.org "
         "text=milter triggers DISCARD action"},
        {AT "postfix/cleanup[1]: 9C1D02B4: hold: header Received: from x from unknown[192.0.2.9]; "
            "from=<ann@example.com> to=<bob@example.org> proto=ESMTP helo=<x>: held",
         "queued id=9C1D02B4 from=ann@example.com; attempt held id=9C1D02B4 to=bob@example.org text=held"},
        {AT "postfix/smtpd[1]: NOQUEUE: discard: RCPT from unknown[192.0.2.9]: <x>: Helo command DISCARD; "
            "from=<ann@example.com> to=<bob@example.org> proto=ESMTP helo=<x>",
         "queued id=\t0.0 from=ann@example.com recipients=1; attempt discarded id=\t0.0 "
         "to=bob@example.org last text=<x>: Helo command DISCARD"},
        {AT "postfix/smtpd[1]: NOQUEUE: reject_warning: RCPT from unknown[192.0.2.9]: 450 4.7.1 <x>: Helo "
            "command rejected; from=<ann@example.com> to=<bob@example.org> proto=ESMTP helo=<x>",
         "passed: a warning or action on one message"},
        {AT "postfix/smtpd[1]: NOQUEUE: reject: EHLO from h.example[192.0.2.9]: 504 5.5.2 <User>: Helo "
            "command rejected: need fully-qualified hostname; proto=SMTP helo=<User>",
         "reject client=h.example client-ip=192.0.2.9 text=504 5.5.2 <User>: Helo command rejected: need "
         "fully-qualified hostname"},
        {AT "postfix/smtpd[1]: 9C1D02B4: lost connection after DATA (873 bytes) from unknown[192.0.2.9]",
         "lost"},
        {AT "postfix/postsuper[1]: 9C1D02B4: placed on hold", "ended held id=9C1D02B4"},
        {AT "postfix/smtp[812]: 4Fq2xR6hLmz9rJ: to=<bob@example.org>, relay=mx.example.org[192.0.2.25]:25, "
            "delay=1.2, delays=0.1/0/0.6/0.5, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 4Fq2yT1kz)",
         "attempt sent id=4Fq2xR6hLmz9rJ to=bob@example.org relay=mx.example.org ip=192.0.2.25 "
         "next=4Fq2yT1kz delays=120/60/50 remote code=2.0.0 text=250 2.0.0 Ok: queued as 4Fq2yT1kz"},
        {AT "postfix/smtp[812]: 9C1D02B4: to=<bob@example.org>, orig_to=<sales@example.com>, "
            "relay=mx.example.org[IPv6:2001:db8::25]:25, delay=1, dsn=5.1.1, status=bounced (host "
            "mx.example.org[IPv6:2001:db8::25] said: 550 5.1.1 No such user (in reply to RCPT TO command))",
         "attempt bounced id=9C1D02B4 to=bob@example.org orig=sales@example.com relay=mx.example.org "
         "ip=2001:db8::25 remote code=5.1.1 text=host mx.example.org[IPv6:2001:db8::25] said: 550 5.1.1 No "
         "such user (in reply to RCPT TO command)"},
        {AT "postfix/smtp[812]: 9C1D02B4: to=<bob@example.org>, relay=none, delay=30, delays=0/0/30/0, "
            "dsn=4.4.1, status=deferred (connect to mx.example.org[192.0.2.25]:25: Connection timed out)",
         "attempt deferred id=9C1D02B4 to=bob@example.org delays=3000/3000/0 remote code=4.4.1 text=connect "
         "to "
         "mx.example.org[192.0.2.25]:25: Connection timed out"},
        {AT
         "postfix/error[812]: 9C1D02B4: to=<bob@example.org>, relay=none, dsn=4.4.1, status=expired (gone)",
         "attempt given-up id=9C1D02B4 to=bob@example.org code=4.4.1 text=gone"},
        {AT "postfix/smtp[812]: 9C1D02B4: to=<bob@example.org>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, "
            "dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 7D2E03C5)",
         "attempt sent id=9C1D02B4 to=bob@example.org relay=127.0.0.1 ip=127.0.0.1 next=7D2E03C5 remote "
         "code=2.0.0 text=250 2.0.0 Ok: queued as 7D2E03C5"},
        {AT "postfix/smtp[812]: 9C1D02B4: to=<bob@example.org>, relay=::1[::1]:10024, dsn=4.3.0, "
            "status=deferred (451 4.3.0 queued as nothing)",
         "attempt deferred id=9C1D02B4 to=bob@example.org relay=::1 ip=::1 remote code=4.3.0 text=451 4.3.0 "
         "queued as nothing"},
        {AT "postfix-out/local[1]: 9C1D02B4: to=<\"a>b, c\"@example.net>, relay=local, delay=0, dsn=2.0.0, "
            "status=sent (delivered to mailbox)",
         "attempt sent id=9C1D02B4 to=\"a>b, c\"@example.net relay=local code=2.0.0 text=delivered to "
         "mailbox"},
        {AT "postfix/lmtp[1]: 9C1D02B4: to=<ann@example.net>, relay=mail[private/dovecot-lmtp], dsn=5.2.2, "
            "status=bounced (552 5.2.2 Quota exceeded)",
         "attempt bounced id=9C1D02B4 to=ann@example.net relay=mail ip=private/dovecot-lmtp try=\t"
         "store ann@example.net code=5.2.2 text=552 5.2.2 Quota exceeded"},
        {AT "postfix/smtp[812]: 9C1D02B4: to=<bob@example.org>, relay=none, status=deliverable",
         "passed: a probe of an address, which is no mail"},
        {AT "postfix/smtp[812]: 9C1D02B4: to=<bob@example.org>, relay=none, dsn=5.1.1, "
            "status=undeliverable-but-not-cached (550 5.1.1 no)",
         "passed: a probe of an address, which is no mail"},
        {AT "postfix/smtp[812]: 9C1D02B4: to=<bob@example.org>, status=sent (no relay)", "unknown"},
        {AT "postfix/smtp[812]: 9C1D02B4: to=<bob@example.org>, relay=none, delay=1", "unknown"},
        {AT "postfix/smtp[812]: 9C1D02B4: host mx.example.org[192.0.2.25] said: 450 4.2.0 greylisted",
         "waits id=9C1D02B4 open remote text=host mx.example.org[192.0.2.25] said: 450 4.2.0 greylisted"},
        {AT "postfix/smtp[812]: 9C1D02B4: host mx.example.org[192.0.2.25] refused to talk to me: 554 no",
         "waits id=9C1D02B4 open remote text=host mx.example.org[192.0.2.25] refused to talk to me: 554 no"},
        {AT
         "postfix/smtp[812]: 9C1D02B4: lost connection with mx.example.org[192.0.2.25] while sending RCPT TO",
         "waits id=9C1D02B4 open remote text=lost connection with mx.example.org[192.0.2.25] while sending "
         "RCPT TO"},
        {AT "postfix/smtp[812]: 9C1D02B4: enabling PIX workarounds", "passed: a step of a delivery"},
        {AT "postfix/smtp[812]: host mx.example.org[192.0.2.25] said: 450 4.2.0 greylisted",
         "passed: a connection or notice of a delivery agent"},
        {AT "postfix/smtp[812]: connect to mx.example.org[192.0.2.25]:25: Connection refused",
         "passed: a connection or notice of a delivery agent"},
        {AT "postfix/smtp[812]: warning: hostname verification failed", "passed: a warning"},
    };
    (void)state;
    expect_rows(&dialect_postfix, false, NULL, rows, ROWS(rows));
}

static void reads_the_queue(void **state) {
    static const struct dialect_row rows[] = {
        {AT "postfix/qmgr[2]: 9C1D02B4: from=<ann@example.com>, size=1453, nrcpt=2 (queue active)",
         "queued id=9C1D02B4 from=ann@example.com size=1453 recipients=2"},
        {AT "postfix/qmgr[2]: 9C1D02B4: from=<>, size=0, nrcpt=1 (queue active)",
         "queued id=9C1D02B4 size=0 recipients=1"},
        {AT "postfix/qmgr[2]: 9C1D02B4: from=<ann@example.com>, status=expired, returned to sender",
         "queued id=9C1D02B4 from=ann@example.com; ended given-up id=9C1D02B4"},
        {AT "postfix/qmgr[2]: 9C1D02B4: from=<ann@example.com>, status=force-expired, returned to sender",
         "queued id=9C1D02B4 from=ann@example.com; ended given-up id=9C1D02B4"},
        {AT "postfix/qmgr[2]: 9C1D02B4: removed", "done id=9C1D02B4"},
        /* whose blank somebody lost */
        {AT "postfix/qmgr[2]: 9C1D02B4:from=<ann@example.com>, status=expired, returned to sender",
         "queued id=9C1D02B4 from=ann@example.com; ended given-up id=9C1D02B4"},
        {AT "postfix/qmgr[2]: 9C1D02B4: skipped, still being delivered",
         "passed: a notice of the queue manager"},
        {AT "postfix/postsuper[2]: 9C1D02B4: removed", "ended discarded id=9C1D02B4; done id=9C1D02B4"},
        {AT "postfix/postsuper[2]: Deleted: 1 message", "passed: an action of postsuper"},
        {AT "postfix/bounce[2]: 9C1D02B4: sender non-delivery notification: 7D2E03C5", "passed"},
        {AT "postfix/bounce[2]: 9C1D02B4: other", "passed: a notice of bounce"},
        {AT "postfix/cleanup[2]: 9C1D02B4: message-id=<x@example.com>",
         "message-id id=9C1D02B4 message-id=x@example.com"},
        {AT
         "postfix/cleanup[2]: 9C1D02B4: milter-reject: END-OF-MESSAGE from client.example[192.0.2.7]: 5.7.1 "
         "Spam; from=<a@example.com> to=<b@example.org> proto=ESMTP helo=<x>",
         "reject id=9C1D02B4 to=b@example.org from=a@example.com client=client.example client-ip=192.0.2.7 "
         "text=5.7.1 Spam"},
        {AT "postfix/cleanup[2]: 9C1D02B4: replace: header Subject: x", "passed: an action of cleanup"},
        {AT "postfix/smtpd[2]: 9C1D02B4: client=localhost[127.0.0.1], orig_queue_id=7D2E03C5, "
            "orig_client=mx.example.org[192.0.2.25]",
         "client id=9C1D02B4 client=mx.example.org client-ip=192.0.2.25"},
        {AT "postfix/smtpd[2]: 9C1D02B4: client=h.example[192.0.2.9], sasl_method=PLAIN, sasl_username=ann, "
            "orig_client=x[192.0.2.1]",
         "client id=9C1D02B4 client=h.example client-ip=192.0.2.9 user=ann"},
        {AT "postfix/pickup[2]: 9C1D02B4: uid=33 from=<www-data>", "client id=9C1D02B4 uid=33"},
        {AT "postfix/pickup[2]: 9C1D02B5: uid=33 from=<www-data> orig_id=9C1D02B4",
         "client id=9C1D02B5 uid=33; moved id=9C1D02B4 next=9C1D02B5"},
        {AT "postfix/pickup[2]: 9C1D02B5: uid=33 from=<x> orig_id=9C1D02B4>", "client id=9C1D02B5 uid=33"},
        {AT "postfix/postsuper[2]: 9C1D02B4: requeued", "moved id=9C1D02B4"},
        {AT "postfix/pickup[2]: warning: maildrop/x: error", "passed: a warning"},
    };
    (void)state;
    expect_rows(&dialect_postfix, true, NULL, rows, ROWS(rows));
}

static void reads_sessions(void **state) {
    static const struct dialect_row rows[] = {
        {AT "postfix/smtpd[3]: 9C1D02B4: client=web.example.com[198.51.100.9], sasl_method=PLAIN, "
            "sasl_username=ann",
         "client id=9C1D02B4 client=web.example.com client-ip=198.51.100.9 user=ann"},
        {AT "postfix/submission/smtpd[3]: 9C1D02B4: client=unknown[198.51.100.9], sasl_username=ann, x=y",
         "client id=9C1D02B4 client=unknown client-ip=198.51.100.9 user=ann"},
        {AT
         "postfix/smtpd[3]: NOQUEUE: reject: RCPT from unknown[203.0.113.4]: 554 5.7.1 Service unavailable; "
         "Client host [203.0.113.4] blocked using zen.example; from=<spam@example.net> to=<bob@example.com> "
         "proto=ESMTP helo=<x.example>",
         "reject to=bob@example.com from=spam@example.net client=unknown client-ip=203.0.113.4 text=554 "
         "5.7.1 "
         "Service unavailable; Client host [203.0.113.4] blocked using zen.example"},
        {AT "postfix/smtpd[3]: NOQUEUE: reject: VRFY from unknown[203.0.113.4]: 550 5.1.1 no; "
            "to=<x@example.com> "
            "proto=SMTP helo=<x>",
         "reject to=x@example.com client=unknown client-ip=203.0.113.4 text=550 5.1.1 no"},
        {AT "postfix/postscreen[3]: NOQUEUE: reject: RCPT from [203.0.113.4]:33412: 550 5.7.1 blocked; "
            "from=<a@example.net>, to=<b@example.com>, proto=ESMTP, helo=<x>",
         "reject to=b@example.com from=a@example.net client-ip=203.0.113.4 text=550 5.7.1 blocked"},
        {AT "postfix/smtpd[3]: NOQUEUE: reject: RCPT from unknown[203.0.113.9]: 550 5.1.1 see a; "
            "from=<b@bank.example> to=<ceo@example.com> proto=ESMTP helo=<y>; from=<s@example.net> "
            "to=<k@example.com> proto=ESMTP helo=<x>", /* the words of a policy server */
         "reject to=k@example.com from=s@example.net client=unknown client-ip=203.0.113.9 text=550 5.1.1 see "
         "a; from=<b@bank.example> to=<ceo@example.com> proto=ESMTP helo=<y>"},
        {AT "postfix/cleanup[3]: 9C1D02B4: milter-reject: END-OF-MESSAGE from unknown[203.0.113.9]: 5.7.1 in "
            "\"a; from=<b@bank.example> to=<ceo@example.com> proto=ESMTP helo=<y>\"; from=<s@example.net> "
            "to=<k@example.com> proto=ESMTP helo=<x>",
         "reject id=9C1D02B4 to=k@example.com from=s@example.net client=unknown client-ip=203.0.113.9 "
         "text=5.7.1 in \"a; from=<b@bank.example> to=<ceo@example.com> proto=ESMTP helo=<y>\""},
        {AT "postfix/smtpd[3]: NOQUEUE: reject: RCPT from unknown[203.0.113.9]: 450 4.7.1 no; from=<\"a; "
            "from=<b@bank.example> to=<ceo@example.com> proto=ESMTP helo=<y>\"@example.net> "
            "to=<k@example.com> proto=ESMTP helo=<x>", /* a sender */
         "reject to=k@example.com from=\"a; from=<b@bank.example> to=<ceo@example.com> proto=ESMTP "
         "helo=<y>\"@example.net client=unknown client-ip=203.0.113.9 text=450 4.7.1 no"},
        {AT "postfix/smtpd[3]: NOQUEUE: reject: RCPT from unknown[203.0.113.9]: 450 4.7.1 no; "
            "from=<s@example.net> to=<\"a; from=<b@bank.example> to=<ceo@example.com> proto=ESMTP "
            "helo=<y>\"@example.com> proto=ESMTP helo=<x>", /* a recipient */
         "reject to=\"a; from=<b@bank.example> to=<ceo@example.com> proto=ESMTP helo=<y>\"@example.com "
         "from=s@example.net client=unknown client-ip=203.0.113.9 text=450 4.7.1 no"},
        {AT "postfix/smtpd[3]: NOQUEUE: reject: HELO from unknown[203.0.113.9]: 504 5.5.2 <a; "
            "from=<b@bank.example> to=<ceo@example.com> proto=ESMTP helo=<y>: no; proto=SMTP helo=<a; "
            "from=<b@bank.example> to=<ceo@example.com> proto=ESMTP helo=<y>", /* a HELO, as it is before it
                                                                                  is made harmless */
         "reject client=unknown client-ip=203.0.113.9 text=504 5.5.2 <a; from=<b@bank.example> "
         "to=<ceo@example.com> proto=ESMTP helo=<y>: no"},
        {AT "postfix/smtpd[3]: 9C1D02B4: proxy-reject: END-OF-MESSAGE: 554 5.7.0 a; from=<b@bank.example> "
            "to=<ceo@example.com> proto=ESMTP helo=<y>; from=<s@example.net> to=<k@example.com> proto=ESMTP "
            "helo=<x>",
         "reject to=k@example.com from=s@example.net text=554 5.7.0 a; from=<b@bank.example> "
         "to=<ceo@example.com> proto=ESMTP helo=<y>"},
        {AT "postfix/postscreen[3]: NOQUEUE: reject: RCPT from [203.0.113.9]:33412: 550 5.7.1 a; "
            "from=<b@bank.example>, to=<ceo@example.com>, proto=ESMTP, helo=<y>; from=<s@example.net>, "
            "to=<k@example.com>, proto=ESMTP, helo=<x>",
         "reject to=k@example.com from=s@example.net client-ip=203.0.113.9 text=550 5.7.1 a; "
         "from=<b@bank.example>, to=<ceo@example.com>, proto=ESMTP, helo=<y>"},
        {AT "postfix/smtpd[3]: NOQUEUE: reject: VRFY from unknown[203.0.113.9]: 550 5.1.1 a; "
            "from=<b@bank.example> to=<ceo@example.com> proto=ESMTP helo=<y>; to=<k@example.com> proto=SMTP "
            "helo=<x>",
         "reject to=k@example.com client=unknown client-ip=203.0.113.9 text=550 5.1.1 a; "
         "from=<b@bank.example> to=<ceo@example.com> proto=ESMTP helo=<y>"},
        {AT "postfix/smtpd[3]: NOQUEUE: reject: something else", "unknown"},
        {AT
         "postfix/smtpd[3]: 9C1D02B4: proxy-reject: END-OF-MESSAGE: 554 5.7.0 Reject; from=<a@example.net> "
         "to=<b@example.com> proto=ESMTP",
         "reject to=b@example.com from=a@example.net text=554 5.7.0 Reject"},
        {AT "postfix/smtpd[3]: proxy-reject: END-OF-MESSAGE: 554 5.7.0 Reject; from=<a@example.net> "
            "to=<b@example.com> proto=ESMTP",
         "reject to=b@example.com from=a@example.net text=554 5.7.0 Reject"},
        {AT "postfix/smtpd[3]: lost connection after RCPT from unknown[203.0.113.4]", "lost"},
        {AT "postfix/smtpd[3]: timeout after DATA from unknown[203.0.113.4]", "lost"},
        {AT "postfix/smtpd[3]: SSL_accept error from unknown[203.0.113.4]: -1", "tls"},
        {AT "postfix/smtpd[3]: warning: TLS library problem: error:0A000102", "tls"},
        {AT "postfix/smtpd[3]: warning: unknown[203.0.113.4]: SASL LOGIN authentication failed: x",
         "login client=unknown client-ip=203.0.113.4"},
        {AT "postfix/smtpd[3]: warning: unknown[203.0.113.4]: SASL PLAIN authentication failed: (reason "
            "unavailable), sasl_username=bob@example.com",
         "login client=unknown client-ip=203.0.113.4 user=bob@example.com"},
        {AT "postfix/smtpd[3]: Anonymous TLS connection established from a.example[192.0.2.7]: TLSv1.3 with "
            "cipher TLS_AES_256_GCM_SHA384 (256/256 bits)",
         "tls-used text=TLSv1.3"},
        {AT
         "postfix/smtp[3]: Trusted TLS connection established to mx.example.org[192.0.2.25]:25: TLSv1.2 with "
         "cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)",
         "tls-used remote text=TLSv1.2"},
        {AT "postfix/smtpd[3]: 9C1D02B4: client=web.example.com[198.51.100.9], sasl_method=PLAIN, "
            "sasl_username=ann@example.com",
         "client id=9C1D02B4 client=web.example.com client-ip=198.51.100.9 user=ann@example.com"},
        {AT "postfix/cleanup[3]: 9C1D02B4: info: header X-PHP-Originating-Script: 33:mail.php from local; "
            "from=<www-data@example.com> to=<b@example.org>",
         "client id=9C1D02B4 script=33:mail.php"},
        {AT "postfix/smtp[2]: 9C1D02B4: to=<b@example.org>, relay=mx.example.org[192.0.2.25]:25, delay=3723, "
            "delays=3720/0.01/0.5/2.25, dsn=2.0.0, status=sent (250 ok)",
         "attempt sent id=9C1D02B4 to=b@example.org relay=mx.example.org ip=192.0.2.25 delays=372300/50/225 "
         "remote code=2.0.0 text=250 ok"},
        {AT "postfix/smtpd[3]: warning: hostname x.example does not resolve", "passed: a warning"},
        {AT "postfix/smtpd[3]: connect from unknown[203.0.113.4]", "passed: a connection"},
        {AT "postfix/smtpd[3]: 9C1D02B4: filter: RCPT from x", "passed: a warning or action on one message"},
        {AT "postfix/anvil[3]: statistics: max connection rate 1/60s",
         "passed: a service of Postfix that says nothing of deliveries"},
        {AT "postfix/newdaemon[3]: x", "passed: a program beside Postfix"},
        {AT "other/newdaemon[3]: x", "not mine"},
        {AT "sshd[3]: x", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_postfix, true, NULL, rows, ROWS(rows));
}

static void reads_less_without_stories(void **state) {
    static const struct dialect_row rows[] = {
        {AT "postfix/smtpd[3]: 9C1D02B4: client=web.example.com[198.51.100.9]", "passed"},
        {AT "postfix/cleanup[2]: 9C1D02B4: message-id=<x@example.com>", "passed"},
        {AT "postfix/pickup[2]: 9C1D02B4: uid=33 from=<www-data>", "client id=9C1D02B4 uid=33"},
        {AT "postfix/qmgr[2]: 9C1D02B4: from=<ann@example.com>, size=1453, nrcpt=2 (queue active)",
         "queued id=9C1D02B4 from=ann@example.com size=1453 recipients=2"},
    };
    (void)state;
    expect_rows(&dialect_postfix, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_deliveries), cmocka_unit_test(reads_the_queue),
                                       cmocka_unit_test(reads_sessions),
                                       cmocka_unit_test(reads_less_without_stories)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
