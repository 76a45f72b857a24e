/* Replies in events of sending services. */
#include "parsers/bounce/event_json.h"
#include "tests/table.h"

#include <string.h>

static struct arena arena;

static void reads_events(void **state) {
    static const struct {
        const char *text, *service, *reply, *recipient; /* of the last reply */
        size_t count;
    } rows[] = {
        {"{\"bounce\":{\"bouncedRecipients\":[{\"emailAddress\":\"a@example.org\",\"diagnosticCode\":\"smtp; "
         "550 5.1.1 "
         "unknown\"},{\"emailAddress\":\"b@example.org\",\"diagnosticCode\":\"smtp; 552 full\"}]}}",
         "amazon-ses-bounce", "552 full", "b@example.org", 2},
        {"{\"Type\":\"Notification\",\"Message\":\"{\\\"bounce\\\":{\\\"bouncedRecipients\\\":[{"
         "\\\"emailAddress\\\":"
         "\\\"a@example.org\\\",\\\"diagnosticCode\\\":\\\"smtp; 550 not \\\\\\\"here\\\\\\\"\\\"}]}}\"}",
         "amazon-ses-bounce", "550 not \"here\"", "a@example.org", 1},
        {"{\"event-data\":{\"delivery-status\":{\"code\":550,\"message\":\"5.1.1 No such "
         "user\"},\"recipient\":"
         "\"a@example.org\",\"message\":{\"headers\":{}}}}",
         "mailgun", "550 5.1.1 No such user", "a@example.org", 1},
        {"[{\"msys\":{\"message_event\":{\"raw_reason\":\"550 5.2.1 "
         "\\u00abaus\\u00bb\",\"error_code\":\"550\"}}}]",
         "sparkpost", "550 5.2.1 \u00abaus\u00bb", "", 1},
        {"{\"RecordType\":\"Bounce\",\"Details\":\"smtp;550 unknown\",\"Email\":\"a@example.org\"}",
         "postmark", "550 unknown", "a@example.org", 1},
        {"[{\"email\":\"a@example.org\",\"event\":\"bounce\",\"reason\":\"550 unknown\"}]", "sendgrid",
         "550 unknown", "a@example.org", 1},
        {"[{\"email\":\"a@example.org\",\"event\":\"open\"},{\"email\":\"b@example.org\",\"event\":"
         "\"bounce\","
         "\"reason\":\"550 unknown\"}]",
         "sendgrid", "550 unknown", "b@example.org", 1},
        {"{\"event\":\"hard_bounce\",\"email\":\"a@example.org\",\"reason\":\"550 unknown\"}", "brevo",
         "550 unknown", "a@example.org", 1},
        {"{\"event\":\"hard_bounce\",\"msg\":{\"email\":\"a@example.org\",\"diag\":\"smtp;550 unknown\"}}",
         "mandrill", "550 unknown", "a@example.org", 1},
        {"{\"event\":\"bounce\",\"reason\":\"550 cut", "sendgrid", "550 cut", "", 1},
        {"{\"type\":\"Bounce\",\"recipient\":\"a@example.org\",\"response\":{\"code\":550,\"content\":\"5.1."
         "1 no\"}}",
         "kumomta", "550 5.1.1 no", "a@example.org", 1},
        {"{\"events\":[{\"event\":\"bounce\",\"email\":\"a@example.org\",\"message_id\":\"m\",\"event_id\":"
         "\"e\","
         "\"timestamp\":1,\"response\":\"550 unknown\"}]}",
         "mailtrap", "550 unknown", "a@example.org", 1},
        {"{\"a\":1}", NULL, "", "", 0},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct event_reply replies[4];
        const char *service = NULL;
        size_t count = event_json_read(slice_of(rows[i].text), &builtin_rules, replies, 4, &service, &arena);
        expect_number(rows[i].text, (long long)count, (long long)rows[i].count);
        expect_text(rows[i].text, slice_of(service), rows[i].service ? rows[i].service : "");
        if (!count)
            continue;
        expect_text(rows[i].text, replies[count - 1].reply, rows[i].reply);
        expect_text(rows[i].text, replies[count - 1].recipient, rows[i].recipient);
    }
    arena_reset(&arena);
}

static void keeps_the_limit(void **state) {
    struct event_reply replies[2];
    struct slice text = SLICE("{\"event\":1,\"reason\":\"a\",\"reason\":\"b\",\"reason\":\"c\"}");
    (void)state;
    expect_number("three", (long long)event_json_read(text, &builtin_rules, replies, 2, NULL, &arena), 2);
    arena_reset(&arena);
}

static void reads_lists(void **state) {
    static const struct {
        const char *text, *lines;
    } rows[] = {
        {"[\"550-5.7.1 One\", \"550 5.7.1 two\"]", "550-5.7.1 One\n550 5.7.1 two\n"},
        {"[\"550 cut", "550 cut\n"},
        {"[1]", ""},
        {"{}", ""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, json_list_lines(slice_of(rows[i].text), &arena), rows[i].lines);
    arena_reset(&arena);
}

static void knows_json(void **state) {
    (void)state;
    expect_number("object", json_begins(SLICE(" {\"a\":1}")), true);
    expect_number("array", json_begins(SLICE("[ {")), true);
    expect_number("words", json_begins(SLICE("[TSS04] Messages")), false);
    expect_number("nothing", json_begins(SLICE_EMPTY), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_events), cmocka_unit_test(keeps_the_limit),
                                       cmocka_unit_test(reads_lists), cmocka_unit_test(knows_json)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
