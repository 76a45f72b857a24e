/* Exim's lines, with its own stamp and through syslog. */
#include "tests/parsers/log/dialect_table.h"

#define AT  "2026-11-24 09:14:07 "
#define ID  "1pXYZa-0001Ab-2C"
#define ID2 "1pXYZa-00000001AbC-2dEF"

static void reads_messages(void **state) {
    static const struct dialect_row rows[] = {
        {"  exim[14706]: " AT ID " Completed", "done id=" ID},
        {AT ID " == bob@example.org R=dnslookup T=remote_smtp defer (113): No route to host H=mx.example.org "
               "[192.0.2.25]: mx.example.org [192.0.2.25]",
         "attempt deferred id=1pXYZa-0001Ab-2C to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote "
         "text=No route to host"},
        {AT ID " => :blackhole: <bob@example.org> R=system_aliases",
         "attempt discarded id=1pXYZa-0001Ab-2C to=bob@example.org orig=bob@example.org"},
        {AT ID " => blackhole (local_scan() discarded recipients)",
         "attempt discarded id=1pXYZa-0001Ab-2C try=\tfilter 1pXYZa-0001Ab-2C"},
        {AT ID
         " SA: Action: silently tossed message: score=31.0 required=5.0 trigger=30.0 (scanned in 6/6 secs | "
         "Message-Id: x). From <ann@example.com> (host=h [192.0.2.9]) for bob@example.org",
         "verdict discarded to=bob@example.org try=\tfilter 1pXYZa-0001Ab-2C text=silently tossed message: "
         "score=31.0 "
         "required=5.0 trigger=30.0"},
        {AT ID " => sales+spam |/usr/local/cpanel/bin/autorespond s@example.org /home2/a/.autorespond "
               "(s@example.org) <s@example.org> R=virtual_aliases_nostar T=cagefs_virtual_address_pipe",
         "attempt sent id=1pXYZa-0001Ab-2C to=s@example.org orig=s@example.org"},
        {AT ID " => /home/c/mail/example.org/sam/.Server Status/ <sam@example.org> R=virtual_user_filter "
               "T=address_directory",
         "attempt sent id=1pXYZa-0001Ab-2C to=sam@example.org orig=sam@example.org"},
        {AT ID " => bob+1 - notes (\"bob+1 - Notes\"@example.org, bob@example.org) <bob@example.org> "
               "SRS=<SRS0=zT=ZG=p=c@example.org> R=virtual_user T=dovecot_virtual_delivery",
         "attempt sent id=1pXYZa-0001Ab-2C to=bob@example.org orig=bob@example.org"},
        {AT ID " => bob R=localuser T=local_delivery S=\"<x>\"", "attempt sent id=1pXYZa-0001Ab-2C to=bob"},
        {AT ID " => discarded <low.club@example.org> R=userforward",
         "attempt discarded id=1pXYZa-0001Ab-2C to=low.club@example.org orig=low.club@example.org"},
        {AT ID " => discarded <discarded@example.org> R=localuser T=local_delivery", /* a user's name */
         "attempt sent id=1pXYZa-0001Ab-2C to=discarded@example.org orig=discarded@example.org"},
        {AT ID " => blackhole (DATA ACL discarded recipients): spam",
         "attempt discarded id=1pXYZa-0001Ab-2C text=spam"},
        {AT ID " ** bob@example.org R=dnslookup T=remote_smtp H=mx.example.org [192.0.2.25]: SMTP error from "
               "remote mail server after initial connection: 554 5.7.1 blocked: retry timeout exceeded",
         "attempt given-up id=1pXYZa-0001Ab-2C to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote "
         "text=SMTP error from remote mail server after initial connection: 554 5.7.1 blocked"},
        {AT "H=(x) [192.0.2.9]:1234 dropped by 'connect' ACL: Country is banned",
         "reject client-ip=192.0.2.9 text=Country is banned"},
        {AT "rejected HELO from x [192.0.2.9]: syntactically invalid argument(s): (no argument given)",
         "reject client-ip=192.0.2.9 text=syntactically invalid argument(s): (no argument given)"},
        {AT "connection from [192.0.2.9] refused (hosts_connection_nolog)",
         "reject client-ip=192.0.2.9 text=refused (hosts_connection_nolog)"},
        {AT ID " removed by root", "ended discarded id=1pXYZa-0001Ab-2C text=removed by root"},
        {AT ID " cancelled by root", "ended bounced id=1pXYZa-0001Ab-2C text=cancelled by root"},
        {AT ID " <= ann@example.com H=web.example.com (helo.example) [198.51.100.9]:40112 P=esmtpsa "
               "A=plain_login:ann S=1453 id=x@example.com",
         "queued id=" ID " from=ann@example.com size=1453; client id=" ID
         " client=web.example.com client-ip=198.51.100.9 user=ann; message-id id=" ID
         " message-id=x@example.com"},
        {AT ID2 " <= <> R=1pXYZa-0001Aa-1B U=exim P=local S=900",
         "queued id=" ID2 " size=900; client id=" ID2 " user=exim; message-id id=" ID2},
        {AT ID " => bob@example.org R=dnslookup T=remote_smtp H=mx.example.org [192.0.2.25] "
               "X=TLS1.3 C=\"250 2.0.0 Ok: queued as ABC\"",
         "attempt sent id=1pXYZa-0001Ab-2C to=bob@example.org relay=mx.example.org ip=192.0.2.25 next=ABC "
         "remote text=250 2.0.0 Ok: queued as ABC; tls-used remote text=TLS1.3"},
        {AT ID " -> carl@example.org R=dnslookup T=remote_smtp H=mx.example.org [192.0.2.25]",
         "attempt sent id=" ID " to=carl@example.org relay=mx.example.org ip=192.0.2.25 remote"},
        {AT ID " => bob <bob@example.com> R=local T=maildir",
         "attempt sent id=" ID " to=bob@example.com orig=bob@example.com"},
        {AT ID " ** bob@example.org R=dnslookup T=remote_smtp H=mx.example.org [192.0.2.25]: SMTP error from "
               "remote mail server after RCPT TO:<bob@example.org>: 550 5.1.1 No such user",
         "attempt bounced id=" ID " to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote text=SMTP "
         "error from remote mail server after RCPT TO:<bob@example.org>: 550 5.1.1 No such user"},
        {AT ID " ** bob@example.org: retry timeout exceeded",
         "attempt given-up id=" ID " to=bob@example.org text= retry timeout exceeded"},
        {AT ID " ** bob@example.org: Unrouteable address",
         "attempt bounced id=" ID " to=bob@example.org text= Unrouteable address"},
        {AT ID " == bob@example.org R=dnslookup T=remote_smtp defer (110): Connection timed out",
         "attempt deferred id=" ID " to=bob@example.org remote text=Connection timed out"},
        {AT ID
         " == bob@example.org R=dnslookup T=remote_smtp defer (-53): retry time not reached for any host",
         "waits id=" ID " to=bob@example.org text=retry time not reached for any host"},
        {AT ID
         " => bob@example.org R=smarthost T=remote_smtp_smarthost H=mx.example.net [192.0.2.25] C=\"250 ok\"",
         "attempt sent id=" ID
         " to=bob@example.org relay=mx.example.net ip=192.0.2.25 remote relayed text=250 "
         "ok"},
        {AT ID " ** bob@example.org: delivery cancelled; message timed out",
         "attempt given-up id=" ID " to=bob@example.org text= delivery cancelled; message timed out"},
        {AT ID " Completed", "done id=" ID},
        {AT ID " *> bob@example.org R=dnslookup T=remote_smtp",
         "passed: a delivery that was only tried for show (-N)"},
        {AT ID " Frozen (delivery error message)", "passed: a frozen message"},
        {AT ID " *** Frozen (delivery error message)", "passed: a frozen message"},
        {AT ID " H=x.example (h.example) [203.0.113.4] F=<a@example.net> rejected after DATA: spam",
         "reject from=a@example.net client=x.example client-ip=203.0.113.4 text=spam"},
        {AT ID " SMTP error from remote mail server after RCPT TO", "passed: a step of a delivery"},
    };
    (void)state;
    expect_rows(&dialect_exim, true, NULL, rows, ROWS(rows));
}

static void reads_other_lines(void **state) {
    static const struct dialect_row rows[] = {
        {AT "H=(h.example) [203.0.113.4]:1234 F=<a@example.net> rejected RCPT <bob@example.com>: relay not "
            "permitted",
         "reject to=bob@example.com from=a@example.net client-ip=203.0.113.4 text=relay not permitted"},
        {AT "H=x.example [203.0.113.4] temporarily rejected connection in \"connect\" ACL",
         "reject client=x.example client-ip=203.0.113.4 text=rejected connection in \"connect\" ACL"},
        {AT "login_server authenticator failed for x.example ([192.0.2.14]) [203.0.113.4]: 435 Unable to "
            "authenticate at present (set_id=bob): x): cannot connect to saslauthd daemon",
         "login client-ip=203.0.113.4 user=bob): x"},
        {AT "plain authenticator failed for H=(x) [203.0.113.4]: 535 Incorrect authentication data",
         "login client-ip=203.0.113.4"},
        {AT "dovecot_login authenticator failed for ([127.0.0.1]) [203.0.113.4]:5132: 535 Incorrect "
            "authentication data (set_id=bob@example.com)",
         "login client-ip=203.0.113.4 user=bob@example.com"},
        {AT ID " ** b@example.org R=dnslookup T=remote_smtp H=mx.example.org [192.0.2.25] "
               "I=[192.0.2.5]:40112: SMTP "
               "error from remote mail server after RCPT TO:<b@example.org>: 550 no I=[192.0.2.66]",
         "attempt bounced id=1pXYZa-0001Ab-2C to=b@example.org relay=mx.example.org ip=192.0.2.25 "
         "from-ip=192.0.2.5 "
         "remote text=SMTP error from remote mail server after RCPT TO:<b@example.org>: 550 no "
         "I=[192.0.2.66]"},
        {AT "cwd=/home/web 42/public_html 3 args: /usr/sbin/sendmail -t -i",
         "script script=/home/web 42/public_html"},
        {AT "cwd=/var/spool/exim4 3 args: /usr/sbin/exim4 -Mc 1pXYZa-0001Ab-2C",
         "passed: the arguments that Exim was called with"},
        {AT ID
         " => b@example.org R=dnslookup T=remote_smtp H=mx.example.org [192.0.2.25] "
         "X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=yes I=[192.0.2.5]:40120 C=\"250 ok QT=9d\" QT=2m5s DT=0.25s",
         "attempt sent id=1pXYZa-0001Ab-2C to=b@example.org relay=mx.example.org ip=192.0.2.25 "
         "from-ip=192.0.2.5 "
         "delays=12500/-1/25 remote text=250 ok QT=9d; tls-used remote text=TLS1.3"},
        /* of an older Exim, in which no field names the other side */
        {AT ID " ** bob@example.org R=x T=remote_smtp: SMTP error from remote mail server after "
               "RCPT TO:<bob@example.org>: host mx.example.org [192.0.2.25]: 550 no",
         "attempt bounced id=" ID
         " to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote text=SMTP error "
         "from remote mail server after RCPT TO:<bob@example.org>: host mx.example.org [192.0.2.25]: 550 no"},
        {AT ID
         " ** bob@example.org R=x T=remote_smtp H=mx.example.org [192.0.2.25]: SMTP error from remote mail "
         "server after end of data: 550 no: host eve.example [192.0.2.66]: x",
         "attempt bounced id=" ID
         " to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote text=SMTP error "
         "from remote mail server after end of data: 550 no: host eve.example [192.0.2.66]: x"},
        {AT "unexpected disconnection while reading SMTP command from [203.0.113.4]", "lost"},
        {AT "TLS error on connection from [203.0.113.4]", "tls"},
        {AT "Start queue run: pid=12", "passed: a queue run"},
        {AT "exim 4.97 daemon started: pid=1", "passed: start or end of the daemon"},
        {AT "[4711] SMTP connection from [203.0.113.4]", "passed: a connection"},
        {AT "a line of logwrite", "passed: words that the configuration wrote"},
        {AT ID " H=mx.example.org [192.0.2.25] R=2 of 3", "passed: words that the configuration wrote"},
        {AT ID " PRDR R=<bob@example.org> acceptance", "passed: words that the configuration wrote"},
        {AT ID "  bob@example.org R=dnslookup T=remote_smtp: 550 no", "unknown"}, /* a page took the arrow */
        {AT ID " bob (x) <bob@example.org> R=dnslookup T=remote_smtp", "unknown"},
        {AT ID " ==bob@example.org R=x T=remote_smtp defer (-44): 452 full", "unknown"},
        {AT "bob@example.org R=x T=remote_smtp defer (110): Connection timed out", "unknown"}, /* exim -Mvl */
        {AT "routing failed for bob@example.org: Unrouteable address", "unknown"},
        {AT "=> bob@example.org R=dnslookup T=remote_smtp H=mx.example.org [192.0.2.25]",
         "attempt sent id=\t0.0 to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote"}, /* its id cut
                                                                                                   off */
        {AT "<= ann@example.com H=mail.example.com [192.0.2.9] P=esmtp", "passed: an arrival without an id"},
        {AT "1pXYZab-0001Ab-2C => bob@example.org R=dnslookup T=remote_smtp", "unknown"}, /* no id */
        {AT "hidden == bob@example.org R=dnslookup T=remote_smtp defer (-44)", "unknown"},
        {"what came: 2026-11-24 09:14:07 " ID " == bob@example.org R=dnslookup defer (-1): x", "unknown"},
        {"    a line without a stamp", "passed: a line without a time: the rest of the one above"},
        {"Nov 24 09:14:07 mail exim[12]: 2026-11-24 09:14:07 " ID " Completed", "done id=" ID},
        {"Nov 24 09:14:07 mail exim[12]: " ID " Completed", "done id=" ID},
        {"Nov 24 09:14:07 mail postfix/qmgr[12]: x", "not mine"},
        {"2026-11-24T09:14:07Z mail app: x", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_exim, false, NULL, rows, ROWS(rows));
}

/* Behind the time of whoever passed it on, and beside a host and a container's name. */
static void reads_in_frames(void **state) {
#define SENT ID " => bob@example.org R=dnslookup T=remote_smtp"
#define OWN  "2026-11-24 09:14:07 " SENT
    static const char sent[] = "attempt sent id=" ID " to=bob@example.org remote";
    static const struct dialect_row rows[] = {
        {"2026-11-24T09:14:08.123456789Z " OWN, sent}, /* docker logs -t */
        {"Nov 24 09:14:08 mx1 docker-mail[812]: " OWN, sent},
        {"Nov 24 09:14:08 mx1 docker-mail[812]: " OWN, sent}, /* the header of the line above */
        {"{\"@timestamp\":\"2026-11-24T09:14:08Z\",\"message\":\"" OWN "\",\"host\":{\"name\":\"mx1\"}}",
         sent},
        {"{\"log\":\"" OWN "\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-24T09:14:08Z\"}", sent},
        {"{\"@timestamp\":\"2026-11-24T09:14:08Z\",\"message\":\"2026-11-24 09:14:07 H=(x) [192.0.2.9] "
         "F=<a@b.example> rejected RCPT <bob@example.org>: relay not "
         "permitted\",\"host\":{\"name\":\"mx1\"}}",
         "reject to=bob@example.org from=a@b.example client-ip=192.0.2.9 text=relay not permitted"},
        {"Nov 24 09:14:08 mx1 moonshop[812]: " OWN, "not mine"}, /* whoever sent it wrote that */
    };
    (void)state;
    expect_rows(&dialect_exim, false, NULL, rows, ROWS(rows));
}

/* What a container shows of Exim, and a reject log with the header of a refused mail, whose folded lines may
 * look so. */
static void reads_console(void **state) {
    static const struct dialect_row console[] = {
        {"  278 LOG: MAIN", "passed: the head of a line on the console"},
        {"  278   == bob@example.org R=dnslookup defer (-1): host lookup did not complete",
         "attempt deferred id=\t0.0 to=bob@example.org text=host lookup did not complete"},
    };
    static const struct dialect_row by_hand[] = {
        {"LOG: MAIN", "passed: the head of a line on the console"},
        {"  <= ann@example.com U=ann P=local S=390", "passed: an arrival without an id"},
        {"  => bob <bob@example.org> R=virtual_user T=virtual_localdelivery S=571",
         "attempt sent id=\t0.0 to=bob@example.org orig=bob@example.org"},
    };
    static const struct dialect_row reject_log[] = {
        {" 278   == bob@example.org R=dnslookup defer (-1): x",
         "passed: a line without a time: the rest of the one above"},
        {" 278 LOG: MAIN", "passed: a line without a time: the rest of the one above"},
        {"278   => bob@example.org R=x T=remote_smtp",
         "passed: a line without a time: the rest of the one above"},
    };
    (void)state;
    expect_rows(&dialect_exim, false, "  278 LOG: MAIN\n  278   == bob@example.org\n", console,
                ROWS(console));
    expect_rows(&dialect_exim, false, "LOG: MAIN\n  <= ann@example.com U=ann P=local S=390\n", by_hand,
                ROWS(by_hand));
    expect_rows(&dialect_exim, false,
                AT
                "H=(x) [192.0.2.9] F=<a@b> rejected after DATA: spam\nP Received: from x\n 278 LOG: MAIN\n",
                reject_log, ROWS(reject_log));
    expect_rows(&dialect_exim, false, "P Received: from x\n\tby y\n", reject_log, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_messages), cmocka_unit_test(reads_other_lines),
                                       cmocka_unit_test(reads_in_frames), cmocka_unit_test(reads_console)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
