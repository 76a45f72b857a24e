/* Sendmail's lines. */
#include "tests/parsers/log/dialect_table.h"

#define AT "Nov 24 09:14:07 mail sendmail[12]: "
#define ID "5AO9E7xY000012"

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AT ID ": <bob@example.org>... User unknown",
         "reject id=5AO9E7xY000012 to=bob@example.org text=User unknown"},
        {AT ID ": from=<ann@example.com>, size=108, class=0, nrcpts=0, proto=ESMTP, daemon=MTA-v4, "
               "relay=[192.0.2.45]",
         "queued id=5AO9E7xY000012 from=ann@example.com size=108; message-id id=5AO9E7xY000012; client "
         "id=5AO9E7xY000012 client-ip=192.0.2.45; done id=5AO9E7xY000012"},
        {AT ID ": from=<ann@example.com>, size=0, class=0, nrcpts=0, proto=SMTP, relay=[192.0.2.8], "
               "reject=552 5.2.3 too large",
         "reject from=ann@example.com client-ip=192.0.2.8 text=552 5.2.3 too large"},
        {AT "ruleset=check_relay, arg1=h.example, arg2=192.0.2.77, relay=h.example [192.0.2.77], reject=421 "
            "4.3.2 Connection rate limit exceeded.",
         "reject client=h.example client-ip=192.0.2.77 text=421 4.3.2 Connection rate limit exceeded."},
        {AT ID ": rejecting commands from [192.0.2.77] due to pre-greeting traffic after 0 seconds",
         "reject client-ip=192.0.2.77 text=rejecting commands from [192.0.2.77] due to pre-greeting traffic "
         "after 0 seconds"},
        {AT ID
         ": to=bob@example.org, delay=00:00:01, mailer=relay, pri=30, relay=mx.example.net [192.0.2.25], "
         "dsn=2.0.0, stat=Sent (ok)",
         "attempt sent id=" ID
         " to=bob@example.org relay=mx.example.net ip=192.0.2.25 relayed last code=2.0.0 "
         "text=Sent (ok)"},
        {AT ID ": to=bob@example.org, mailer=relay, relay=[127.0.0.1] [127.0.0.1], dsn=2.0.0, stat=Sent "
               "(s1O00bbb025001 Message accepted for delivery)",
         "attempt sent id=5AO9E7xY000012 to=bob@example.org ip=127.0.0.1 next=s1O00bbb025001 last code=2.0.0 "
         "text=Sent (s1O00bbb025001 Message accepted for delivery)"},
        /* it was put into the queue, and nothing was tried */
        {AT ID ": to=bob@example.org, delay=00:00:02, mailer=esmtp, pri=1, stat=queued",
         "waits id=5AO9E7xY000012 to=bob@example.org"},
        /* the other side's words in reply= and stat= */
        {AT ID
         ": to=bob@example.org, relay=[192.0.2.1], dsn=4.0.0, reply=450 x, stat=Sent (ok), stat=Deferred: "
         "450 4.0.0 x, stat=Sent (ok)",
         "attempt deferred id=5AO9E7xY000012 to=bob@example.org ip=192.0.2.1 code=4.0.0 text=450 4.0.0 x, "
         "stat=Sent "
         "(ok)"},
        {AT ID
         ": to=bob@example.org, relay=[192.0.2.1], dsn=5.1.1, reply=550 x, stat=Sent (ok), stat=User unknown",
         "attempt bounced id=5AO9E7xY000012 to=bob@example.org ip=192.0.2.1 last code=5.1.1 text=User "
         "unknown"},
        {AT ID
         ": to=bob@example.org, relay=[192.0.2.1], dsn=2.0.0, reply=250 x, stat=User unknown, stat=Sent (ok)",
         "attempt sent id=5AO9E7xY000012 to=bob@example.org ip=192.0.2.1 last code=2.0.0 text=Sent (ok)"},
        {AT ID ": to=bob@example.org, relay=[192.0.2.1], dsn=4.0.0, stat=Deferred: 450 x, stat=Sent (ok)",
         "attempt deferred id=5AO9E7xY000012 to=bob@example.org ip=192.0.2.1 code=4.0.0 text=450 x, "
         "stat=Sent (ok)"},
        {AT ID ": to=<bob@example.org>, delay=5+00:00:01, mailer=esmtp, dsn=5.0.0, stat=Message could not be "
               "delivered for 5 days",
         "attempt given-up id=5AO9E7xY000012 to=bob@example.org last code=5.0.0 text=Message could not be "
         "delivered for 5 days"},
        /* addresses that a page took for its tags */
        {AT ID ": to=, ctladdr= (33/33), delay=00:00:01, mailer=local, pri=31163, dsn=4.0.0, stat=Deferred: "
               "local mailer (/usr/sbin/sensible-mda) exited with EX_TEMPFAIL",
         "attempt deferred id=5AO9E7xY000012 open code=4.0.0 text=local mailer (/usr/sbin/sensible-mda) "
         "exited with EX_TEMPFAIL"},
        {AT ID
         ": to=[M0645134]<bob@example.org>, mailer=relay, relay=mx.example.net [192.0.2.25], dsn=2.0.0, "
         "stat=Sent (ok)",
         "attempt sent id=" ID
         " to=bob@example.org relay=mx.example.net ip=192.0.2.25 relayed last code=2.0.0 "
         "text=Sent (ok)"},
        {AT ID ": from=[M0645134]<ann@example.com>, size=108, class=0, nrcpts=1, relay=mera@localhost",
         "queued id=" ID " from=ann@example.com size=108 recipients=1; message-id id=" ID "; client id=" ID
         " client=mera@localhost"},
        {AT ID ": Milter: to=<bob@example.org>, discard",
         "attempt discarded id=5AO9E7xY000012 to=bob@example.org last"},
        {AT ID ": from=<ann@example.com>, size=1453, class=0, nrcpts=2, msgid=<x@example.com>, proto=ESMTP, "
               "daemon=MTA, relay=web.example.com [198.51.100.9]",
         "queued id=" ID " from=ann@example.com size=1453 recipients=2; message-id id=" ID
         " message-id=x@example.com; client id=" ID " client=web.example.com client-ip=198.51.100.9"},
        {AT ID ": to=<bob@example.org>,<carl@example.org>, delay=00:00:01, xdelay=00:00:01, mailer=esmtp, "
               "pri=121453, relay=mx.example.org. [192.0.2.25], dsn=2.0.0, stat=Sent (ok, queued as ABC)",
         "attempt sent id=5AO9E7xY000012 to=bob@example.org relay=mx.example.org ip=192.0.2.25 next=ABC last "
         "code=2.0.0 text=Sent (ok, queued as ABC); attempt sent id=5AO9E7xY000012 to=carl@example.org "
         "relay=mx.example.org ip=192.0.2.25 next=ABC last code=2.0.0 text=Sent (ok, queued as ABC)"},
        {AT ID ": to=<bob@example.org>, ctladdr=<sales@example.com>, relay=mx.example.org. [192.0.2.25], "
               "dsn=4.2.0, stat=Deferred: 450 4.2.0 greylisted",
         "attempt deferred id=" ID " to=bob@example.org orig=sales@example.com relay=mx.example.org "
         "ip=192.0.2.25 code=4.2.0 text=450 4.2.0 greylisted"},
        {AT ID ": to=bob@example.org ctladdr=www (33/33), dsn=5.1.1, stat=User unknown",
         "attempt bounced id=" ID " to=bob@example.org last code=5.1.1 text=User unknown"},
        {AT
         "to=<bob@example.org>, delay=00:00:01, mailer=esmtp, relay=mx.example.org. [192.0.2.25], dsn=5.1.1, "
         "stat=User unknown", /* its id cut off */
         "attempt bounced id=\t0.0 to=bob@example.org relay=mx.example.org ip=192.0.2.25 last code=5.1.1 "
         "text=User unknown"},
        {AT ID ": to=bob@example.org, ctladdr=www (33/33), dsn=5.1.1, stat=User unknown",
         "attempt bounced id=" ID " to=bob@example.org last code=5.1.1 text=User unknown"},
        {AT ID ": to=<bob@example.org>, dsn=4.0.0, stat=Cannot send message for 5 days",
         "attempt given-up id=" ID " to=bob@example.org last code=4.0.0 text=Cannot send message for 5 days"},
        {AT ID ": to=<bob@example.org>, dsn=4.2.1, stat=451 4.2.1 busy",
         "attempt deferred id=" ID " to=bob@example.org code=4.2.1 text=451 4.2.1 busy"},
        {AT ID ": to=<bob@example.org>, delay=0, pri=1", "unknown"}, /* cut */
        {AT ID ": to=<bob@example.org>, relay=[192.0.2.1], dsn=5.0.0,stat=Service unavailable",
         "attempt bounced id=5AO9E7xY000012 to=bob@example.org ip=192.0.2.1 last code=5.0.0 text=Service "
         "unavailable"},
        {AT ID ": ruleset=check_rcpt, arg1=<bob@example.com>, relay=[203.0.113.4], reject=550 5.7.1 "
               "<bob@example.com>... Relaying denied",
         "reject to=bob@example.com client-ip=203.0.113.4 text=550 5.7.1 <bob@example.com>... Relaying "
         "denied"},
        {AT ID ": ruleset=tls_rcpt, arg1=bob@example.org, relay=mx.example.org., reject=451 4.3.0 Temporary "
               "system failure. Please try again later.",
         "passed: a step of a delivery"},
        {"<22>Nov 24 09:14:07 fml date=2026-11-24 time=09:14:07.123 device_id=FEVM01 log_id=0003007072 "
         "type=event "
         "subtype=smtp pri=information  user=mail ui=mail action=NONE status=N/A session_id=\"" ID
         "\" msg=\"to=<bob@example.org>, mailer=esmtp, dsn=4.0.0, stat=Deferred: Connection refused by mx\"",
         "attempt deferred id=" ID " to=bob@example.org code=4.0.0 text=Connection refused by mx"},
        {"date=2026-11-24 time=09:14:07.123 device_id=FEVM01 log_id=0003007072 type=event subtype=smtp "
         "pri=information  user=mail ui=mail action=NONE status=N/A session_id=\"" ID
         "\" msg=\"to=<bob@example.org>, delay=00:00:06, mailer=esmtp, relay=mx.example.org [192.0.2.25], "
         "dsn=5.1.1, stat=User unknown(Reason from remote:550 5.1.1 User unknown)\"",
         "attempt bounced id=" ID " to=bob@example.org relay=mx.example.org ip=192.0.2.25 last code=5.1.1 "
         "text=User unknown(Reason from remote:550 5.1.1 User unknown)"},
        {AT ID ": ruleset=check_mail, arg1=<x>", "passed: a rule set that did not refuse"},
        {AT ID ": Milter: to=<bob@example.com>, reject=550 5.7.1 no",
         "reject to=bob@example.com text=550 5.7.1 no"},
        {AT ID ": Milter add: header: X: y", "passed: a milter's action"},
        {AT ID ": AUTH failure (LOGIN): authentication failure (-13)", "login"},
        {AT ID ": lost input channel from [203.0.113.4] to MTA after rcpt", "lost"},
        {AT ID ": STARTTLS=server, error: accept failed=-1", "tls"},
        {AT ID ": 8AO9E7xY000099: sender notify: Cannot send message for 5 days", "ended given-up id=" ID},
        {AT ID ": 8AO9E7xY000099: sender notify: Warning: could not send message for past 4 hours",
         "passed: another notice on a message"},
        {AT ID ": bob: sender notify: Cannot send message for 5 days... User unknown", /* a client's words */
         "passed: another notice on a message"},
        {AT ID ": clone: owner=x", "passed: another notice on a message"},
        {AT "starting daemon (8.17.1): SMTP+queueing@00:10:00", "passed: a notice of the daemon"},
        {"Nov 24 09:14:07 mail sm-mta[12]: " ID ": from=<>, size=5, nrcpts=1",
         "queued id=" ID " size=5 recipients=1; message-id id=" ID "; client id=" ID},
        {"Nov 24 09:14:07 mail postfix/qmgr[12]: x", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_sendmail, true, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
