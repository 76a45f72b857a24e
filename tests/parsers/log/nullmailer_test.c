/* nullmailer's lines. */
#include "tests/parsers/log/dialect_table.h"

#define AT "Nov 24 09:14:07 mail nullmailer[9]: "

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AT "Starting delivery: protocol: smtp host: mx.example.org file: 1287431649.1999",
         "begins id=1287431649.1999 try=nullmailer"},
        {"Starting delivery: host: mx.example.org protocol: smtp file: 17.9",
         "begins id=17.9 try=nullmailer"},
        {"From: <ann@example.com> to: <bob@example.org>", "begins to=bob@example.org try=nullmailer"},
        {AT "smtp: Succeeded: 250 2.0.0 Ok: queued as 3C1F02F434",
         "attempt sent try=nullmailer remote relayed text=250 2.0.0 Ok: queued as 3C1F02F434"},
        {AT "smtp: Failed: 550 5.7.1 <ann@example.com>... sender blocked",
         "attempt deferred try=nullmailer remote text=550 5.7.1 <ann@example.com>... sender blocked"},
        {AT "Moving message 17.9 into failed", "ended bounced id=17.9"},
        {AT "Sent file.", "passed: what the line above tells"},
        {AT "Sending failed:  Host not found", "passed: what the line above tells"},
        {AT "Delivery complete, 0 message(s) remain.", "passed: a run of the queue"},
        {AT "something new", "unknown"},
        {"Nov 24 09:14:07 mail other[9]: Sent file.", "not mine"},
        {"something else", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_nullmailer, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
