/* A verdict held against what one's own log says of the same mail. */
#include "analyze/verdict/confirm.h"

#include "tests/table.h"

static const struct {
    const char *reply; /* of the verdict */
    enum action outcome;
    int code;
    enum outcome log_outcome;
    const char *log_reply;
    bool is_confirmed;
    const char *expected;
} rows[] = {
    {"user unknown here", ACTION_FAILED, 550, OUTCOME_BOUNCED, "550 5.1.1 user unknown here", true,
     "the log confirms the reply: mx.r.example said it to your server"},
    {"user unknown here", ACTION_FAILED, 550, OUTCOME_BOUNCED, "551 user unknown here", false,
     "the log contains this mail (bounced), but no such reply"},
    {"user unknown here", ACTION_FAILED, 550, OUTCOME_BOUNCED, "550 mailbox full", false,
     "the log contains this mail (bounced), but no such reply"},
    {"The account that you tried to reach does not exist: log in at https://evil.example/", ACTION_FAILED,
     550, OUTCOME_BOUNCED, "550 5.1.1 The account that you tried to reach does not exist.", false,
     "the log contains this mail (bounced), but no such reply"},
    {"The account that you tried to reach does not exist", ACTION_FAILED, 550, OUTCOME_BOUNCED,
     "550-5.1.1 The account that you 550-5.1.1 tried to reach does not exist. 550 see example.org", true,
     "the log confirms the reply: mx.r.example said it to your server"},
    {"user unknown", ACTION_FAILED, 550, OUTCOME_BOUNCED, "550", false,
     "the log contains this mail (bounced), but no such reply"},
    {"of", ACTION_FAILED, 550, OUTCOME_BOUNCED, "550 5.7.1 no (in reply to end of DATA command)", false,
     "the log contains this mail (bounced), but no such reply"},
    {"", ACTION_FAILED, 550, OUTCOME_BOUNCED, "550", true,
     "the log confirms the reply: mx.r.example said it to your server"},
    {"user unknown here", ACTION_FAILED, 550, OUTCOME_SENT, "250 ok", false,
     "the log contradicts the report: it says that the mail was sent"},
    {"try later", ACTION_DELAYED, 450, OUTCOME_SENT, "250 ok", false,
     "the log contradicts the report: it says that the mail was sent"},
    {"try later", ACTION_DELAYED, 450, OUTCOME_DEFERRED, "451 another", false,
     "the log contains this mail (deferred), but no such reply"},
    {"taken", ACTION_DELIVERED, 250, OUTCOME_BOUNCED, "550 no", false,
     "the log contradicts the report: it says that the mail was bounced"},
};

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct verdict v = {.recipient = SLICE("bob@r.example"),
                            .outcome = rows[i].outcome,
                            .reply = {.code = rows[i].code, .text = slice_of(rows[i].reply)},
                            .last_attempt = 100};
        struct report report = {.queue_id = SLICE("4F1"), .verdicts = &v, .message = {.date = -1}};
        struct log_try try = {.reply = slice_of(rows[i].log_reply)};
        reply_parse(&try.said, try.reply, &arena);
        struct log_story story = {.delivery = {.outcome = rows[i].log_outcome,
                                               .relay = SLICE("mx.r.example"),
                                               .queue_id = SLICE("4F1"),
                                               .recipient = SLICE("bob@r.example")},
                                  .tries = &try};
        struct log_search search;
        search_init(&search);
        story_index_add(&search.index, &story);
        report_confirm(&report, &search, &arena);
        search_free(&search);
        assert_true(report.was_searched);
        assert_non_null(v.log);
        expect_text(rows[i].log_reply, v.log->words, rows[i].expected);
        expect_number(rows[i].log_reply, v.log->is_confirmed, rows[i].is_confirmed);
        expect_number(rows[i].log_reply, v.evidence != NULL, rows[i].is_confirmed);
        arena_free(&arena);
    }
}

static void another_mail(void **state) {
    struct arena arena = {0};
    struct verdict v = {.recipient = SLICE("bob@r.example"), .last_attempt = -1};
    struct report report = {.queue_id = SLICE("4F1"), .verdicts = &v, .message = {.date = -1}};
    struct log_story story = {.delivery = {.queue_id = SLICE("9A9"), .recipient = SLICE("bob@r.example")}};
    struct log_search search;
    (void)state;
    search_init(&search);
    story_index_add(&search.index, &story);
    report_confirm(&report, &search, &arena);
    search_free(&search);
    assert_null(v.log);
    arena_free(&arena);
}

/* Two verdicts for one recipient: the story is told with the first. */
static void told_once(void **state) {
    struct arena arena = {0};
    struct verdict second = {.recipient = SLICE("bob@r.example"), .last_attempt = -1};
    struct verdict first = {.recipient = SLICE("bob@r.example"), .last_attempt = -1, .next = &second};
    struct report report = {.queue_id = SLICE("4F1"), .verdicts = &first, .message = {.date = -1}};
    struct log_story story = {.delivery = {.queue_id = SLICE("4F1"), .recipient = SLICE("bob@r.example")}};
    struct log_search search;
    (void)state;
    search_init(&search);
    story_index_add(&search.index, &story);
    report_confirm(&report, &search, &arena);
    expect_number("the first", (long long)first.log->told_in, 0);
    expect_number("the second", (long long)second.log->told_in, 1);
    search_free(&search);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(another_mail),
                                       cmocka_unit_test(told_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
