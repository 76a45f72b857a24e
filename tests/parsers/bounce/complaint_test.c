#include "parsers/bounce/complaint.h"
#include "tests/table.h"

static struct arena arena;

static void reads(void **state) {
    static const struct {
        const char *input, *type, *source_ip, *domain, *agent, *reporter, *sender, *recipient;
    } rows[] = {
        {"Feedback-Type: abuse\nUser-Agent: x/1\nVersion: 1\nOriginal-Mail-From: <a@example.net>\n"
         "Original-Rcpt-To: <b@example.org>\nReporting-MTA: dns; mx.example.org\nSource-IP: 192.0.2.1\n"
         "Reported-Domain: example.net\n",
         "abuse", "192.0.2.1", "example.net", "x/1", "dns; mx.example.org", "a@example.net", "b@example.org"},
        {"Feedback-Type: fraud\nFeedback-Type: abuse\nSource: [2001:db8::1] (x)\n\nRemoval-Recipient: "
         "b@example.org\n",
         "fraud", "2001:db8::1", "", "", "", "", "b@example.org"},
        {"Source-IP: unknown\n", "", "", "", "", "", "", ""},
        {"", "", "", "", "", "", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct bounce b = {.arrival = -1};
        complaint_read(&b, slice_of(rows[i].input), &arena);
        expect_text(rows[i].input, b.complaint.type, rows[i].type);
        expect_text(rows[i].input, b.complaint.source_ip, rows[i].source_ip);
        expect_text(rows[i].input, b.complaint.reported_domain, rows[i].domain);
        expect_text(rows[i].input, b.complaint.user_agent, rows[i].agent);
        expect_text(rows[i].input, b.complaint.reporting_mta, rows[i].reporter);
        expect_text(rows[i].input, b.returned.sender, rows[i].sender);
        expect_text(rows[i].input, b.recipients ? b.recipients->address : SLICE_EMPTY, rows[i].recipient);
        expect_number(rows[i].input, (long long)b.count, rows[i].recipient[0] != '\0');
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
