/* Reports of receivers, bare, packed and in mail; and texts that only look like one. */
#include "parsers/feedback/feedback.h"

#include "tests/table.h"

#include <glib.h>

#define ROW_OF(ip, count)                                                                                    \
    "<record><row><source_ip>" ip "</source_ip><count>" count "</count><policy_evaluated><dkim>pass</dkim>"  \
    "<spf>fail</spf></policy_evaluated></row><identifiers><header_from>a.example</header_from></"            \
    "identifiers>"                                                                                           \
    "<auth_results><dkim><domain>a.example</domain><result>pass</result></dkim><spf><domain>b.example</"     \
    "domain>"                                                                                                \
    "<result>fail</result></spf></auth_results></record>"
#define HEAD                                                                                                 \
    "<report_metadata><org_name>Org &amp; Co</org_name><date_range><begin>100</begin><end>200</end>"         \
    "</date_range></report_metadata><policy_published><domain>a.example</domain><p>reject</p></"             \
    "policy_published>"

static const struct {
    const char *what, *text;
    enum feedback_kind kind;
    const char *organisation;
    size_t rows;
    const char *problem; /* a part of it; NULL: none */
} rows[] = {
    {"a report", "<?xml version=\"1.0\"?><feedback>" HEAD ROW_OF("192.0.2.1", "3") "</feedback>",
     FEEDBACK_DMARC, "Org & Co", 1, NULL},
    {"with a byte order mark and blanks", "\xef\xbb\xbf \n<feedback>" HEAD "</feedback>", FEEDBACK_DMARC,
     "Org & Co", 0, NULL},
    {"RFC 9990: a namespace with a prefix",
     "<d:feedback "
     "xmlns:d=\"urn:ietf:params:xml:ns:dmarc-2.0\"><d:report_metadata><d:org_name>Org</d:org_name>"
     "</d:report_metadata><d:record><d:row><d:count>1</d:count></d:row></d:record></d:feedback>",
     FEEDBACK_DMARC, "Org", 1, NULL},
    {"cut in a row", "<feedback>" HEAD ROW_OF("192.0.2.1", "3") "<record><row><source_ip>192", FEEDBACK_DMARC,
     "Org & Co", 2, "damaged"},
    {"a document type", "<!DOCTYPE feedback [<!ENTITY a \"b\">]><feedback>" HEAD "</feedback>", FEEDBACK_NONE,
     "", 0, "document type declaration"},
    {"an entity that is not known", "<feedback>" HEAD "&x;</feedback>", FEEDBACK_DMARC, "Org & Co", 0,
     "damaged"},
    {"another root", "<html><body>feedback</body></html>", FEEDBACK_NONE, "", 0, NULL},
    {"deep",
     "<feedback><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a></a></a></a></a></a></a></a></a></"
     "a></a></a>"
     "</a></a></a></a></a></a></a></a>" HEAD "</feedback>",
     FEEDBACK_DMARC, "Org & Co", 0, NULL},
    {"TLS", "{\"organization-name\": \"Org\", \"report-id\": \"1\", \"policies\": []}", FEEDBACK_TLS, "Org",
     0, NULL},
    {"other JSON", "{\"organization-name\": \"Org\", \"policies\": []}", FEEDBACK_NONE, "", 0, NULL},
    {"a mail", "Subject: x\nContent-Type: text/xml\n\n<feedback>" HEAD "</feedback>\n", FEEDBACK_DMARC,
     "Org & Co", 0, NULL},
    {"a mail in base64",
     "Subject: x\nContent-Type: application/tlsrpt+json\nContent-Transfer-Encoding: base64\n\n"
     "eyJvcmdhbml6YXRpb24tbmFtZSI6ICJPcmciLCAicmVwb3J0LWlkIjogIjEiLCAicG9saWNpZXMiOiBbXX0=\n",
     FEEDBACK_TLS, "Org", 0, NULL},
    {"a mail that speaks of one", "Subject: x\n\n<feedback>" HEAD "</feedback>\n", FEEDBACK_NONE, "", 0,
     NULL},
};

static void reads(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct message message;
        struct feedback f;
        message_parse(&message, slice_of(rows[i].text), 1, &arena);
        bool found = feedback_read(&f, message.bytes, &message);
        const struct problem *p = message.problems.first;
        expect_number(rows[i].what, found, rows[i].kind != FEEDBACK_NONE);
        expect_number(rows[i].what, f.kind, rows[i].kind);
        expect_text(rows[i].what, f.organisation, rows[i].organisation);
        expect_number(rows[i].what, (long long)f.row_count, (long long)rows[i].rows);
        expect_number(rows[i].what, p != NULL, rows[i].problem != NULL);
        if (p && slice_find(p->text, slice_of(rows[i].problem)) >= p->text.len)
            fail_msg("%s: %.*s", rows[i].what, S(p->text));
        arena_free(&arena);
    }
}

static void takes_members(void **state) {
    struct arena arena = {0};
    struct message message;
    struct feedback f;
    (void)state;
    message_parse(&message,
                  slice_of("<feedback>" HEAD ROW_OF("192.0.2.1", "3")
                               ROW_OF("2001:db8::1", "99999999999") "</feedback>"),
                  1, &arena);
    assert_true(feedback_read(&f, message.bytes, &message));
    expect_number("begin", f.begin, 100);
    expect_number("end", f.end, 200);
    expect_text("p", f.policy.p, "reject");
    expect_text("ip", f.rows->ip, "192.0.2.1");
    expect_number("count", f.rows->count, 3);
    expect_text("dkim", f.rows->dkim, "pass");
    expect_text("header_from", f.rows->header_from, "a.example");
    expect_number("first result", f.rows->results->is_dkim, true);
    expect_text("second result", f.rows->results->next->domain, "b.example");
    expect_number("large", f.rows->next->count, 99999999999);
    arena_free(&arena);
}

static void keeps_limits(void **state) {
    struct arena arena = {0};
    struct message message;
    struct feedback f;
    g_autoptr(GString) text = g_string_new("<feedback>" HEAD);
    (void)state;
    for (int i = 0; i < LIMIT_FEEDBACK_ROWS + 5; i++)
        g_string_append(text, ROW_OF("192.0.2.1", "1"));
    g_string_append(text, "</feedback>");
    struct slice bytes = {text->str, text->len};
    message_parse(&message, bytes, 1, &arena);
    assert_true(feedback_read(&f, bytes, &message));
    expect_number("rows", (long long)f.row_count, LIMIT_FEEDBACK_ROWS + 5);
    assert_true(f.has_more);
    size_t kept = 0;
    for (const struct feedback_row *row = f.rows; row; row = row->next)
        kept++;
    expect_number("kept", (long long)kept, LIMIT_FEEDBACK_ROWS);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(takes_members),
                                       cmocka_unit_test(keeps_limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
