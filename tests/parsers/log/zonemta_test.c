/* ZoneMTA's lines. */
#include "tests/parsers/log/dialect_table.h"

#define AT "Nov 24 09:14:07 mail zone-mta[9]: "

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AT "info Sender/default/867[1] id=xugp 19001ba5ad80001cdc.001 DEFERRED[other] from=ann@example.com "
            "to=bob@example.org src=192.0.2.1 mx=mx.example.org[192.0.2.25] id=<1@example.com> (450-4.2.0 "
            "later)",
         "queued id=19001ba5ad80001cdc\t001 from=ann@example.com recipients=1; attempt deferred "
         "id=19001ba5ad80001cdc\t001 to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote "
         "text=450-4.2.0 later"},
        {"info Sender/default/12838[3] 166874ba640000c923.002 REJECTED[recipient] from=ann@example.com "
         "to=bob@example.org mx=mx.example.org[192.0.2.25] (550 no (x))",
         "queued id=166874ba640000c923\t002 from=ann@example.com recipients=1; attempt bounced "
         "id=166874ba640000c923\t002 to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote last "
         "text=550 no (x)"},
        {AT
         "info Sender/default/1[9] 166874ba640000c923.001 ACCEPTED from=ann@example.com to=bob@example.org "
         "src=192.0.2.1 mx=mx.example.org[192.0.2.25] id=<1@example.com> (250 OK)",
         "queued id=166874ba640000c923\t001 from=ann@example.com recipients=1; attempt sent "
         "id=166874ba640000c923\t001 to=bob@example.org relay=mx.example.org ip=192.0.2.25 remote last "
         "text=250 OK"},
        {AT "info Sender/default/1[9] 166874ba640000c923.001 DROPPED from=ann@example.com to=bob@example.org "
            "(x)",
         "passed: zonemta: a result of a delivery DROPPED"},
        {AT "info Sender/zone1/5128[1] 1636695418700056aa.001 DEFERRED[defer] ",
         "queued id=1636695418700056aa\t001 recipients=1; attempt deferred id=1636695418700056aa\t001 "
         "remote"},
        {AT "info Sender/default/1[9] 166874ba640000c923.001 CONNECTED domain=example.org mx=mx.example.org",
         "passed: a step of a delivery"},
        {AT "ERR! Sender/default/1[9] 166874ba640000c923.001 SMTPERR [z] src=192.0.2.1 error=\"x\"",
         "passed: a step of a delivery"},
        {AT "info SPF 190012ab6f90000e0c SPFCHECK from=ann@example.com resolution=DROP", "not mine"},
        {"something else Sender/x", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_zonemta, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
