/* qmail-send's lines, by multilog and by splogger. */
#include "tests/parsers/log/dialect_table.h"

#define AT  "@400000006a255669094d1d3c "
#define LOG "Nov 24 09:14:07 mail qmail: 1795511647.123456 "

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AT "new msg 4711", "passed: a step of the queue"},
        {AT "info msg 4711: bytes 1453 from <ann@example.com> qp 12 uid 1000",
         "queued id=4711 from=ann@example.com size=1453"},
        {AT "starting delivery 7: msg 4711 to remote bob@example.org",
         "begins id=4711 to=bob@example.org try=delivery 7"},
        {AT "starting delivery 8: msg 4711 to local ann@example.com",
         "begins id=4711 to=ann@example.com try=delivery 8"},
        {AT "delivery 7: success: 192.0.2.25_accepted_message./Remote_host_said:_250_ok/",
         "attempt sent ip=192.0.2.25 try=delivery 7 text=192.0.2.25 accepted message./Remote host said: 250 "
         "ok/"},
        {AT "delivery 7: failure: 192.0.2.25_does_not_like_recipient./Remote_host_said:_550_no/",
         "attempt bounced ip=192.0.2.25 try=delivery 7 text=192.0.2.25 does not like recipient./Remote host "
         "said: 550 no/"},
        {AT "delivery 7: failure: I'm_not_going_to_try_again;_this_message_has_been_in_the_queue_too_long./",
         "attempt given-up try=delivery 7 text=I'm not going to try again; this message has been in the "
         "queue "
         "too long./"},
        {AT "delivery 7: deferral: Connected_to_192.0.2.25_but_connection_died./",
         "attempt deferred try=delivery 7 text=Connected to 192.0.2.25 but connection died./"},
        {AT "starting delivery 1: msg 100926020 to local example.com-postmaster@example.com queue5",
         "begins id=100926020 to=postmaster@example.com try=delivery 1"},
        {AT "starting delivery 1: msg 53 to local example.com-help-desk@EXAMPLE.com",
         "begins id=53 to=help-desk@EXAMPLE.com try=delivery 1"},
        {AT "starting delivery 1: msg 53 to local example.com-@example.com",
         "begins id=53 to=example.com-@example.com try=delivery 1"},
        {AT "starting delivery 1: msg 53 to local list-example.com@example.com",
         "begins id=53 to=list-example.com@example.com try=delivery 1"},
        {AT "starting delivery 1: msg 53 to remote example.com-bob@example.com",
         "begins id=53 to=example.com-bob@example.com try=delivery 1"},
        {AT "delivery 1: success: did_0+0+1/ queue5", "attempt sent try=delivery 1 text=did 0+0+1/"},
        {AT "end msg 100926020 queue5", "done id=100926020"},
        {AT "local: root@example.org postmaster@example.com 814 queue5", "passed: a step of the queue"},
        {AT "delivery 7: wonder: x", "unknown"},
        {AT "starting delivery 7: x", "unknown"},
        {AT "end msg 4711", "done id=4711"},
        {AT "status: local 0/10 remote 1/20", "passed: a step of the queue"},
        {AT "tcpserver: status: 1/20", "passed: a connection or notice"},
        {AT "something new", "not mine"}, /* of another program that multilog keeps */
        {AT "rblsmtpd: 192.0.2.9 pid 195: 451 http://list.example/?ip=192.0.2.9",
         "reject client-ip=192.0.2.9 text=451 http://list.example/?ip=192.0.2.9"},
        {AT "rblsmtpd: 192.0.2.9 pid 195 list.example: 451 listed",
         "reject client-ip=192.0.2.9 text=451 listed"},
        {AT "rblsmtpd: fatal: out of memory", "passed: a connection or notice"},
        {LOG "end msg 4711", "done id=4711"},
        {"Nov 24 09:14:07 mail qmail-send[3]: end msg 4711", "done id=4711"},
        {"Nov 24 09:14:07 mail postfix/qmgr[3]: end msg 4711", "not mine"},
        {"2026-11-24 09:14:07 end msg 4711", "done id=4711"},
        {"           qmail: starting delivery 1: msg 53 to local me@domain",
         "begins id=53 to=me@domain try=delivery 1"},
        {"qmail: something else", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_qmail, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
