/* Logs of JSON objects. */
#include "tests/parsers/log/dialect_table.h"

static void reads(void **state) {
    static const struct dialect_row rows[] = {
        {"{\"type\":\"Delivery\",\"id\":\"d1\",\"sender\":\"ann@example.com\",\"recipient\":\"bob@example."
         "org\","
         "\"size\":1453,\"timestamp\":1795511647,\"peer_address\":{\"name\":\"mx.example.org.\",\"addr\":"
         "\"192.0.2.25\"},\"response\":{\"code\":250,\"enhanced_code\":{\"class\":2,\"subject\":0,\"detail\":"
         "0},"
         "\"content\":\"Ok\"}}",
         "queued id=d1 from=ann@example.com size=1453 recipients=1; attempt sent id=d1 to=bob@example.org "
         "relay=mx.example.org ip=192.0.2.25 last code=2.0.0 text=250 2.0.0 Ok"},
        {"{\"type\":\"TransientFailure\",\"id\":\"d1\",\"recipient\":\"bob@example.org\",\"response\":{"
         "\"code\":"
         "450,\"content\":\"wait\"}}",
         "queued id=d1 size=0 recipients=1; attempt deferred id=d1 to=bob@example.org text=450 wait"},
        {"{\"type\":\"Expiration\",\"id\":\"d1\",\"recipient\":\"bob@example.org\",\"response\":{\"code\":"
         "551,"
         "\"content\":\"Next delivery time would be at x\"}}",
         "queued id=d1 size=0 recipients=1; attempt given-up id=d1 to=bob@example.org last text=551 Next "
         "delivery time would be at x"},
        {"{\"event\":\"bounced\",\"uuid\":17,\"mail_from\":\"<ann@example.com>\",\"rcpt_to\":\"<bob@example."
         "org>\","
         "\"mx\":\"mx.example.org\",\"remote_ip\":\"192.0.2.25\",\"reason\":\"550 5.1.1 no\"}",
         "queued id=17 from=ann@example.com size=0 recipients=1; attempt bounced id=17 to=bob@example.org "
         "relay=mx.example.org ip=192.0.2.25 last text=550 5.1.1 no"},
        {"{\"type\":\"Rejection\",\"sender\":\"a@example.net\",\"recipient\":\"bob@example.com\",\"peer_"
         "address\":"
         "{\"name\":\"x.example\",\"addr\":\"203.0.113.4\"},\"response\":{\"code\":550,\"enhanced_code\":{"
         "\"class\":5,\"subject\":7,\"detail\":1},\"content\":\"no\"}}",
         "reject to=bob@example.com from=a@example.net client=x.example client-ip=203.0.113.4 code=5.7.1 "
         "text=550 5.7.1 no"},
        {"{\"type\":\"Reception\",\"id\":\"d1\"}", "passed: another kind of record"},
        {"{\"level\":\"info\"}", "unknown"},
        {"{\"type\":", "unknown"},
        {"[1]", "not mine"},
        {"{\"MESSAGE\":\"x\",\"SYSLOG_IDENTIFIER\":\"postfix/qmgr\"}", "not mine"},
    };
    (void)state;
    expect_rows(&dialect_json, false, NULL, rows, ROWS(rows));
}

static void reads_times(void **state) {
    static const struct {
        const char *line;
        int64_t time;
    } rows[] = {
        {"{\"type\":\"Delivery\",\"timestamp\":1795511647}", 1795511647},
        {"{\"type\":\"Delivery\",\"event_time\":1795511647123}", 1795511647},
        {"{\"type\":\"Delivery\",\"@timestamp\":\"2026-11-24T09:14:07Z\"}", 1795511647},
        {"{\"type\":\"Delivery\",\"time\":\"x123456789\"}", -1},
        {"{\"type\":\"Delivery\"}", -1},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct log_facts facts = {.count = 0};
        g_string_free(read_as(&dialect_json, &facts, rows[i].line), TRUE);
        expect_number(rows[i].line, facts.events[1].time, rows[i].time);
        log_facts_free(&facts);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(reads_times)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
