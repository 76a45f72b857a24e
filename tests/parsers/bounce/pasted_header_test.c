/* Headers that people paste. */
#include "parsers/bounce/pasted_header.h"
#include "tests/table.h"

static struct arena arena;

static void finds_where_it_begins(void **state) {
    static const struct {
        const char *text;
        const char *start; /* of what is the header; NULL: there is none */
    } rows[] = {
        {"Authentication-Results: spf=pass smtp.mailfrom=a.example; dmarc=fail action=oreject",
         "Authentication"},
        {"Hi, DKIM is broken at Gmail:\nAuthentication-Results: mx.google.com;\n       dkim=neutral",
         "Authentication"},
        {"It lands in the junk folder.\n\nReceived: from a.example\n by b.example\nFrom: a@a.example\n",
         "Received"},
        {"It lands in the junk folder.\n\nX-MS-Exchange-Organization-SCL: 5\n", "X-MS"},
        /* one such line alone is somebody's words */
        {"The log says\nReceived: from a.example\n\nWhat does that mean?", NULL},
        {"Return-Path: <> is what bounces have", NULL},
        {"We got this: Authentication-Results: x", NULL},
        /* a reply before it, or a line that announces a copy: it is about a refusal */
        {"550 5.1.1 no such user\n\nReceived: from a.example\n by b.example\nFrom: a@a.example\n", NULL},
        {"The mailbox is full.\n\n--- Below this line is a copy of the message.\n\nReturn-Path: "
         "<a@a.example>\n"
         "Received: from a.example\nFrom: a@a.example\n",
         NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice text = slice_of(rows[i].text);
        size_t at = pasted_header_at(text, &arena);
        struct slice found = slice_from(text, at);
        expect_number(rows[i].text, found.len > 0, rows[i].start != NULL);
        if (rows[i].start)
            expect_text(rows[i].text, slice_upto(found, strlen(rows[i].start)), rows[i].start);
    }
}

static void reads_the_page_of_gmail(void **state) {
    static const struct {
        const char *text, *header; /* NULL: it is no such page */
    } rows[] = {
        {"Original Message\nMessage ID\t<1@a.example>\nCreated at:\tThu (Delivered after 3 seconds)\n"
         "From:\tJo <jo@a.example>\nTo:\tkim@gmail.com\nSubject:\tx\n"
         "SPF:\tSOFTFAIL with IP 192.0.2.5 Learn more\nDKIM:\t'FAIL' with domain a.example Learn more\n"
         "DMARC:\t'FAIL' Learn more\n",
         "Authentication-Results: mx.google.com;\n spf=SOFTFAIL (192.0.2.5);\n dkim=FAIL "
         "header.d=a.example;\n "
         "dmarc=FAIL\nMessage-ID: <1@a.example>\nFrom: Jo <jo@a.example>\nTo: kim@gmail.com\nSubject: x\n\n"},
        {"DKIM: 'PASS' with domain a.example", "Authentication-Results: mx.google.com;\n dkim=PASS "
                                               "header.d=a.example\n\n"},
        {"SPF: PASS\nDKIM: pass\nDMARC: 'FAIL'", NULL},
        {"SPF: 'GOOD' with IP 192.0.2.5", NULL},
        {"DMARC: 'FAIL' Learn more", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_text(rows[i].text, pasted_shown_original(slice_of(rows[i].text), &arena),
                    rows[i].header ? rows[i].header : "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_where_it_begins),
                                       cmocka_unit_test(reads_the_page_of_gmail)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
