/* Delivery status reports as RFC 3464 and RFC 6533 have them, and as programs really write them. */
#include "parsers/bounce/dsn.h"
#include "tests/table.h"

static struct arena arena;

struct expected {
    const char *address, *host, *ip, *diagnostic;
    enum action action;
    int status[3];
};

static void reads(void **state) {
    static const struct {
        const char *input;
        struct expected recipients[3];
    } rows[] = {
        {"Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; bob@example.org\nAction: failed\n"
         "Status: 5.1.1\nRemote-MTA: dns; in.example.org\nDiagnostic-Code: smtp; 550 5.1.1 no\n",
         {{"bob@example.org", "in.example.org", "", "550 5.1.1 no", ACTION_FAILED, {5, 1, 1}}}},
        {"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822;a@example.org\nAction: delayed\n\n"
         "Final-Recipient: rfc822;b@example.org\nAction: relayed\n",
         {{"a@example.org", "", "", "", ACTION_DELAYED, {0}},
          {"b@example.org", "", "", "", ACTION_RELAYED, {0}}}},
        /* no blank line between the groups */
        {"Final-Recipient: rfc822;a@example.org\nAction: failed\nFinal-Recipient: "
         "rfc822;b@example.org\nAction: expanded\n",
         {{"a@example.org", "", "", "", ACTION_FAILED, {0}},
          {"b@example.org", "", "", "", ACTION_EXPANDED, {0}}}},
        /* RFC 6533 utf-8 addresses, RFC 3461 xtext in Original-Recipient, no final one */
        {"Final-Recipient: utf-8; \\x{1F408}@example.org\nAction: failed\n",
         {{"\xf0\x9f\x90\x88@example.org", "", "", "", ACTION_FAILED, {0}}}},
        {"Original-Recipient: rfc822;a+3Db@example.org\nAction: delivered\n",
         {{"a=b@example.org", "", "", "", ACTION_DELIVERED, {0}}}},
        {"Original-Recipient: rfc822;a+tag@example.org\nAction: delivered\n",
         {{"a+tag@example.org", "", "", "", ACTION_DELIVERED, {0}}}},
        /* address literals, comments */
        {"Final-Recipient: rfc822; bob@example.org\nAction: failed\nRemote-MTA: dns; [192.0.2.1]\nStatus: "
         "4.2.2 (Over quota)\n",
         {{"bob@example.org", "", "192.0.2.1", "", ACTION_FAILED, {4, 2, 2}}}},
        {"Final-Recipient: rfc822; bob@example.org\nAction: failed\nRemote-MTA: dns; in.example.org "
         "(192.0.2.1, the server)\n",
         {{"bob@example.org", "in.example.org", "192.0.2.1", "", ACTION_FAILED, {0}}}},
        /* a number from a delivery program says less than any word */
        {"Final-Recipient: rfc822; bob@example.org\nAction: failed\nDiagnostic-Code: X-Unix; 255\n",
         {{"bob@example.org", "", "", "", ACTION_FAILED, {0}}}},
        {"Reporting-MTA: dns; mx\n", {{0}}},
        {"", {{0}}},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct bounce bounce = {.arrival = -1};
        dsn_read(&bounce, slice_of(rows[i].input), 1, &arena);
        const struct recipient *r = bounce.recipients;
        for (const struct expected *e = rows[i].recipients; e->address; e++, r = r->next) {
            if (!r)
                fail_msg("%s: a recipient is missing: %s", rows[i].input, e->address);
            expect_text(rows[i].input, r->address, e->address);
            expect_text(rows[i].input, r->host, e->host);
            expect_text(rows[i].input, r->ip, e->ip);
            expect_text(rows[i].input, r->diagnostic, e->diagnostic);
            expect_number(rows[i].input, r->action, e->action);
            for (int k = 0; k < 3; k++)
                expect_number(rows[i].input, r->status[k], e->status[k]);
        }
        expect_number(rows[i].input, r != NULL, 0);
    }
}

/* What a field gives: the member of the one recipient, or of the report. */
static void reads_fields(void **state) {
    static const struct {
        const char *field, *sentence, *reporter, *queue_id, *sender;
        int64_t arrival, last_attempt, retry_until;
    } rows[] = {
        {"X-Supplementary-Info: < #5.2.2 full>", "< #5.2.2 full>", "", "", "", -1, -1, -1},
        {"X-Supplementary-Information: mailbox is full", "mailbox is full", "", "", "", -1, -1, -1},
        {"Status: 5.2.2 (Over quota)", "Over quota", "", "", "", -1, -1, -1},
        {"Status: 5.2.2 (Over quot\xc3\xa9", "Over quot\xc3\xa9", "", "", "", -1, -1, -1},
        {"Status: 5.2.2 (", "", "", "", "", -1, -1, -1},
        {"Reporting-MTA: dns; mx.example.net (really)", "", "mx.example.net", "", "", -1, -1, -1},
        {"X-Postfix-Queue-ID: 4ABC", "", "", "4ABC", "", -1, -1, -1},
        {"X-Postfix-Sender: rfc822; a@example.net", "", "", "", "a@example.net", -1, -1, -1},
        {"Arrival-Date: Thu, 01 Jan 1970 00:00:01 +0000", "", "", "", "", 1, -1, -1},
        {"Last-Attempt-Date: Thu, 01 Jan 1970 00:00:02 +0000", "", "", "", "", -1, 2, -1},
        {"Will-Retry-Until: Thu, 01 Jan 1970 00:00:03 +0000", "", "", "", "", -1, -1, 3},
        {"Final-Log-ID: 1", "", "", "", "", -1, -1, -1},
        {"X-Unknown: 1", "", "", "", "", -1, -1, -1},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct bounce bounce = {.arrival = -1};
        struct slice text =
            arena_printf(&arena, "Final-Recipient: rfc822; bob@example.org\n%s\n", rows[i].field);
        dsn_read(&bounce, text, 1, &arena);
        expect_number(rows[i].field, (long long)bounce.count, 1);
        expect_text(rows[i].field, bounce.recipients->sentence, rows[i].sentence);
        expect_text(rows[i].field, bounce.reporter, rows[i].reporter);
        expect_text(rows[i].field, bounce.queue_id, rows[i].queue_id);
        expect_text(rows[i].field, bounce.returned.sender, rows[i].sender);
        expect_number(rows[i].field, bounce.arrival, rows[i].arrival);
        expect_number(rows[i].field, bounce.recipients->last_attempt, rows[i].last_attempt);
        expect_number(rows[i].field, bounce.recipients->retry_until, rows[i].retry_until);
    }
}

static void keeps_lines(void **state) {
    struct bounce bounce = {.arrival = -1};
    (void)state;
    dsn_read(&bounce,
             slice_of("Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@example.org\nStatus: 5.0.0\n"
                      "Diagnostic-Code: smtp; 550\n no\n"),
             40, &arena);
    expect_number("diagnosis", bounce.recipients->line, 44);
    expect_number("status", bounce.recipients->status_line, 43);
    expect_text("reporter", bounce.reporter, "mx");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(reads_fields),
                                       cmocka_unit_test(keeps_lines)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
