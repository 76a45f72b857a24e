/* How each address of a DMARC report stands. */
#include "analyze/verdict/sources.h"
#include "tests/table.h"

static const struct {
    const char *what;
    const char *dkim, *spf, *reason, *comment;
    struct feedback_result results[3]; /* as they stand in the report */
    const char *standing, *domain, *broken_selector;
} rows[] = {
    {"both pass", "pass", "pass", "", "", {{0}}, "passes", "", NULL},
    {"one passes", "fail", "pass", "", "", {{0}}, "passes", "", NULL},
    {"SPF alone passes",
     "fail",
     "pass",
     "",
     "",
     {{NULL, true, {"b.example", 9}, {"other", 5}, {"fail", 4}, {"", 0}},
      {NULL, true, {"a.example", 9}, {"2023b", 5}, {"fail", 4}, {"", 0}}},
     "passes",
     "",
     "2023b"},
    {"a signature besides, where another one passes",
     "pass",
     "pass",
     "",
     "",
     {{NULL, true, {"a.example", 9}, {"2023b", 5}, {"fail", 4}, {"", 0}}},
     "passes",
     "",
     ""},
    {"a forwarder",
     "fail",
     "fail",
     "forwarded",
     "",
     {{NULL, true, {"a.example", 9}, {"", 0}, {"fail", 4}, {"", 0}}},
     "forwarded",
     "",
     NULL},
    {"ARC", "fail", "fail", "local_policy", "arc=pass as[1].d=list.example", {{0}}, "forwarded", "", NULL},
    {"a local policy without a word of ARC", "fail", "fail", "local_policy", "", {{0}}, "unknown", "", NULL},
    {"nothing", "fail", "fail", "", "", {{0}}, "unknown", "", NULL},
    {"SPF of the domain",
     "fail",
     "fail",
     "",
     "",
     {{NULL, false, {"mail.a.example", 14}, {"", 0}, {"softfail", 8}, {"", 0}}},
     "spf-missing",
     "mail.a.example",
     NULL},
    {"its key",
     "fail",
     "fail",
     "",
     "",
     {{NULL, false, {"a.example", 9}, {"", 0}, {"fail", 4}, {"", 0}},
      {NULL, true, {"a.example", 9}, {"", 0}, {"permerror", 9}, {"", 0}}},
     "key-broken",
     "a.example",
     NULL},
    {"no signature",
     "fail",
     "fail",
     "",
     "",
     {{NULL, true, {"a.example", 9}, {"", 0}, {"none", 4}, {"", 0}}},
     "unknown",
     "",
     NULL},
    {"its SPF record is wrong",
     "fail",
     "fail",
     "",
     "",
     {{NULL, false, {"a.example", 9}, {"", 0}, {"permerror", 9}, {"", 0}}},
     "spf-broken",
     "a.example",
     NULL},
    {"strict alignment",
     "fail",
     "fail",
     "",
     "",
     {{NULL, true, {"mail.a.example", 14}, {"", 0}, {"pass", 4}, {"", 0}}},
     "strict",
     "mail.a.example",
     NULL},
    {"Zoho in 2020: it passed, and counts as failed",
     "fail",
     "fail",
     "",
     "",
     {{NULL, true, {"a.example", 9}, {"", 0}, {"pass", 4}, {"", 0}}},
     "contradicted",
     "a.example",
     NULL},
    {"SPF is relaxed here, and passed",
     "fail",
     "fail",
     "",
     "",
     {{NULL, false, {"mail.a.example", 14}, {"", 0}, {"pass", 4}, {"mfrom", 5}}},
     "contradicted",
     "mail.a.example",
     NULL},
    {"SPF of HELO alone",
     "fail",
     "fail",
     "",
     "",
     {{NULL, false, {"mail.a.example", 14}, {"", 0}, {"pass", 4}, {"helo", 4}}},
     "unknown",
     "",
     NULL},
    {"its key, and SPF of the web server's host",
     "fail",
     "fail",
     "",
     "",
     {{NULL, true, {"a.example", 9}, {"", 0}, {"fail", 4}, {"", 0}},
      {NULL, false, {"host.b.example", 14}, {"", 0}, {"pass", 4}, {"", 0}}},
     "key-broken",
     "a.example",
     NULL},
    {"a signature of others passes",
     "fail",
     "fail",
     "",
     "",
     {{NULL, true, {"b.example", 9}, {"", 0}, {"pass", 4}, {"", 0}},
      {NULL, false, {"a.example", 9}, {"", 0}, {"fail", 4}, {"", 0}}},
     "other-domain",
     "b.example",
     NULL},
};

static void judges(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct feedback_result results[3];
        memcpy(results, rows[i].results, sizeof results);
        for (size_t n = 0; n + 1 < ROWS(results) && results[n + 1].domain.len; n++)
            results[n].next = &results[n + 1];
        struct feedback_row row = {.ip = SLICE("192.0.2.1"),
                                   .count = 7,
                                   .dkim = slice_of(rows[i].dkim),
                                   .spf = slice_of(rows[i].spf),
                                   .reason = slice_of(rows[i].reason),
                                   .comment = slice_of(rows[i].comment),
                                   .results = results[0].domain.len ? results : NULL};
        struct feedback_row again = row;
        struct feedback f = {
            .policy = {.domain = SLICE("a.example"), .adkim = SLICE("s")}, .rows = &row, .row_count = 2};
        struct sources s;
        row.next = &again;
        sources_find(&s, &f, &arena);
        expect_number(rows[i].what, (long long)s.count, 1);
        expect_number(rows[i].what, s.messages, 14);
        expect_number(rows[i].what, s.list->messages, 14);
        expect_text(rows[i].what, slice_of(standing_name(s.list->standing)), rows[i].standing);
        expect_text(rows[i].what, s.list->broken_selector,
                    rows[i].broken_selector ? rows[i].broken_selector : "");
        bool has_key_and_spf = strcmp(rows[i].what, "its key") == 0;
        expect_number("SPF lacks it too", s.list[0].lacks_spf, has_key_and_spf);
        expect_text(rows[i].what, s.list->domain, rows[i].domain);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(judges)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
