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

/* Exim, April 2025 */
static void reads_text(void **state) {
    const char text[] =
        "A message claiming to be from you has failed the published DMARC policy for your domain.\n\n"
        "  Sender Domain: example.net\n  Sender IP Address: 192.0.2.1\n  SPF Alignment: no\n"
        "  DMARC Results: None, Accept\n\n------ This is a copy\n\nReported-Domain: b.example\n";
    struct bounce b = {.arrival = -1};
    (void)state;
    complaint_read_text(&b, slice_of(text), &arena);
    expect_text(text, b.complaint.type, "auth-failure");
    expect_text(text, b.complaint.source_ip, "192.0.2.1");
    expect_text(text, b.complaint.reported_domain, "example.net");
    expect_text(text, b.complaint.delivery, "None, Accept");
    b = (struct bounce){.arrival = -1};
    complaint_read_text(&b, SLICE("Reported-Domain: example.net\nSource-IP: 192.0.2.1\n"), &arena);
    expect_text("no DMARC", b.complaint.type, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(reads_text)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
