/* Haraka's lines. */
#include "tests/parsers/log/dialect_table.h"

#define ID  "930E3B02-4254-4499-8294-70044A00835D"
#define AT  "Nov 24 09:14:07 mx haraka[48106]: "
#define OUT " [" ID ".1.1] [outbound] "

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AT "[NOTICE]" OUT "recipient <bob@example.org> rejected: 550 5.1.1 no",
         "attempt bounced id=" ID ".1 to=bob@example.org remote text=550 5.1.1 no"},
        {AT "[NOTICE]" OUT "recipient <bob@example.org> deferred: 450 wait",
         "attempt deferred id=" ID ".1 to=bob@example.org remote text=450 wait"},
        {AT "[NOTICE]" OUT "recipient <bob@example.org> weird: 450 wait", "unknown"},
        {"2026-11-24T09:14:07.000Z [NOTICE]" OUT
         " delivered file=17_90_a domain=example.org host=mx.example.org ip=192.0.2.25 port=25 mode=SMTP "
         "tls=Y auth=N response=\"Queued as \"B\" x\" delay=4.5 fails=0 rcpts=1/0/0",
         "attempt sent id=" ID ".1 to=@example.org relay=mx.example.org ip=192.0.2.25 open remote "
         "text=Queued as \"B\" x"},
        {"2026-11-24 09:14:07.028305500  [NOTICE]" OUT
         " delivered file=17 domain=example.org host=127.0.0.1 ip=/run/lmtp port=24 mode=LMTP tls=N auth=N "
         "response=\"Saved\" delay=0.048 fails=0 rcpts=2/0/1",
         "attempt sent id=" ID ".1 to=@example.org relay=127.0.0.1 open text=Saved"},
        {AT "[NOTICE]" OUT "delivered file=17 domain=example.org response=\"Ok\" delay=1 rcpts=1/1/0",
         "passed: haraka: a delivery to some of several"},
        {"[INFO]" OUT "bouncing mail: Domain example.org sends and receives no email (NULL MX)",
         "attempt bounced id=" ID ".1 open remote text=Domain example.org sends and receives no email (NULL "
         "MX)"},
        {AT "[INFO]" OUT "Temp failing 17_11_mx for 4096 seconds: Tried all MXs",
         "attempt deferred id=" ID ".1 open remote text=Tried all MXs"},
        {AT "[INFO]" OUT "**Temp failing** 17_11_mx for 4096 seconds: Tried all MXs",
         "attempt deferred id=" ID ".1 open remote text=Tried all MXs"},
        {"[DEBUG]" OUT "Temp fail for: Tried all MXs", "waits id=" ID ".1 open remote text=Tried all MXs"},
        {"[INFO]" OUT "[" ID "] bouncing mail: 521 no",
         "attempt bounced id=" ID ".1 open remote text=521 no"},
        {"[PROTOCOL]" OUT "C: RCPT TO:<bob@example.org>", "replied id=" ID ".1 to=bob@example.org"},
        {"[PROTOCOL]" OUT "C: MAIL FROM:<ann@example.com> SIZE=12",
         "queued id=" ID ".1 from=ann@example.com"},
        {"[NOTICE] [" ID ".1] [core] recipient <bob@example.org> code=OK msg=\"\" sender=\"ann@example.com\"",
         "replied id=" ID ".1 to=bob@example.org; queued id=" ID ".1 from=ann@example.com"},
        {"[NOTICE] [" ID
         ".1] [core] recipient <bob@example.org> code=DENY msg=\"no relay\" sender=\"a@example.com\"",
         "reject to=bob@example.org from=a@example.com text=no relay"},
        {"[NOTICE] [" ID ".1] [core] sender <ann@example.com> code=CONT msg=\"\"",
         "queued id=" ID ".1 from=ann@example.com"},
        {"[DEBUG] [-] [core] [outbound] created", "passed: a line of no connection"},
        {AT "loaded 8787 Public Suffixes", "passed: a line of no connection"},
        {"[DEBUG] [" ID "] [core] running connect hooks", "passed: a step of a session"},
        {"[NOTICE] [123] [outbound] recipient <bob@example.org> rejected: 550 no", "not mine"},
        {"[x]", "not mine"},
        {"Nov 24 09:14:07 mail postfix/qmgr[2]: x", "not mine"},
        {"Nov 24 09:14:07 mx shop[2]: [NOTICE] [" ID ".1.1] [outbound] delivered host=mx.example.org",
         "not mine"},
        {"[outbound] recipient <bob@example.org> rejected: 550 5.1.1 no such user",
         "attempt bounced id=\t0.0 to=bob@example.org remote text=550 5.1.1 no such user"},
        {"[930E3B02-4254-4499-8294-70044A00835D.1.1] [outbound] recipient <bob@example.org> deferred: 450 "
         "wait",
         "attempt deferred id=930E3B02-4254-4499-8294-70044A00835D.1 to=bob@example.org remote text=450 "
         "wait"},
        {"[NOTICE] [930E3B02-4254-4499-8294-70044A00835D.1] [core] sender <ann@example.com> code=DENY "
         "msg=\"no such "
         "domain\"",
         "reject from=ann@example.com text=no such domain"},
        {"[outbound] something else", "not mine"},
        {"[moon] recipient <bob@example.org> rejected: 550 no", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_haraka, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
