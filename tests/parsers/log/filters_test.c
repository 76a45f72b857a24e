/* Lines of filters that decide what becomes of a mail. */
#include "tests/parsers/log/dialect_table.h"

#define AMAVIS "Nov 24 09:14:07 mail amavis[3491]: (03491-01) "

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {AMAVIS "Blocked SPAM {DiscardedInbound,Quarantined}, [192.0.2.9]:475 <ann@example.com> -> "
                "<bob@example.org>,<eve@example.org>, quarantine: W/spam-x.gz, Queue-ID: E52312222F",
         "verdict discarded to=bob@example.org try=\tfilter 03491-01 text=Blocked SPAM "
         "{DiscardedInbound,Quarantined}; "
         "verdict discarded to=eve@example.org try=\tfilter 03491-01 text=Blocked SPAM "
         "{DiscardedInbound,Quarantined}"},
        {AMAVIS "Blocked BANNED (.exe) {BouncedOutbound}, <ann@example.com> -> <bob@example.org>, Hits: -",
         "verdict bounced to=bob@example.org try=\tfilter 03491-01 text=Blocked BANNED (.exe) "
         "{BouncedOutbound}"},
        {AMAVIS
         "Blocked INFECTED (Eicar), [192.0.2.9] <ann@example.com> -> <bob@example.org>, quarantine: 3/v",
         "verdict held to=bob@example.org try=\tfilter 03491-01 text=Blocked INFECTED (Eicar)"},
        {AMAVIS "Blocked SPAM {RejectedInbound}, <ann@example.com> -> <bob@example.org>, Hits: 9",
         "passed: a mail that was refused or put off by the line of its mail system"},
        {AMAVIS "Passed CLEAN {RelayedInbound}, <ann@example.com> -> <bob@example.org>, queued_as: B60132",
         "passed: a mail that amavis let through"},
        {AMAVIS "Blocked SPAM {DiscardedInbound}, nobody", "unknown"},
        {AMAVIS "Checking: x", "passed: a step of amavis"},
        {"Nov 24 09:14:07 mail amavis[3491]: starting", "not mine"},
        {"Nov 24 09:14:07 mail pmg-smtp-filter[1]: 2C22: block mail to <bob@example.org> (rule: x)",
         "verdict discarded to=bob@example.org try=\tfilter 2C22 text=block mail to <bob@example.org> (rule: "
         "x)"},
    };
    (void)state;
    expect_rows(&dialect_filters, false, NULL, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
