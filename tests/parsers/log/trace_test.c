/* Microsoft 365 message traces. */
#include "tests/parsers/log/dialect_table.h"

#define SUMMARY                                                                                              \
    "\xef\xbb\xbfReceived,SenderAddress,RecipientAddress,Status,MessageId,MessageTraceId,ToIP,Size\n"
#define ENHANCED "origin_timestamp_utc,sender_address,recipient_status,message_id,total_bytes\n"
#define AT       "2026-11-24 09:14:07,ann@example.com,"

static void reads_summaries(void **state) {
    static const struct dialect_row rows[] = {
        {AT "bob@example.org,Delivered,<x@example.com>,t1,192.0.2.25,1453",
         "queued id=t1 bob@example.org from=ann@example.com size=1453 recipients=1; attempt sent id=t1 "
         "bob@example.org to=bob@example.org ip=192.0.2.25 last"},
        {AT "bob@example.org,Failed,,t1,,",
         "queued id=t1 bob@example.org from=ann@example.com recipients=1; attempt bounced id=t1 "
         "bob@example.org to=bob@example.org last"},
        {AT "bob@example.org,Pending,,t1,,",
         "queued id=t1 bob@example.org from=ann@example.com recipients=1; attempt deferred id=t1 "
         "bob@example.org to=bob@example.org"},
        {AT "bob@example.org,Expanded,,t1,,",
         "passed: the names of the columns, or a message that was expanded"},
    };
    static const struct dialect_row other[] = {{AT "bob@example.org,Failed", "not mine"}};
    (void)state;
    expect_rows(&dialect_trace, false, SUMMARY, rows, ROWS(rows));
    expect_rows(&dialect_trace, false, "no table\n", other, ROWS(other));
}

static void reads_enhanced_reports(void **state) {
    static const struct dialect_row rows[] = {
        {"origin_timestamp_utc,sender_address,recipient_status", "passed: the names of the columns"},
        {"2026-11-24T09:14:07.1Z,ann@example.com,\"bob@example.org##Receive, Fail;carl@example.org##Receive, "
         "Send\",<x@example.com>,1453",
         "queued id=<x@example.com> bob@example.org from=ann@example.com size=1453 recipients=1; attempt "
         "bounced id=<x@example.com> bob@example.org to=bob@example.org last; queued id=<x@example.com> "
         "carl@example.org from=ann@example.com size=1453 recipients=1; attempt sent id=<x@example.com> "
         "carl@example.org to=carl@example.org last"},
    };
    (void)state;
    expect_rows(&dialect_trace, false, ENHANCED, rows, ROWS(rows));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_summaries),
                                       cmocka_unit_test(reads_enhanced_reports)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
