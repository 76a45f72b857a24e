/* Logs read on several threads: sums, judges, filters, problems, progress. */
#include "analyze/deliveries/run.h"
#include "tests/analyze/deliveries/log_file.h"

#include <errno.h>

#define AT "Nov 24 09:14:07 mail "

static const struct cause wait = {.id = "rate.greylisted"};
static const struct reply_class judged = {.cause = &wait};

/* Counts what it is asked; a thread's judge is a number of events. */
static gint judges, asked;

static void *judge_begin(const void *context) {
    assert_ptr_equal(context, &wait);
    g_atomic_int_inc(&judges);
    return &asked;
}

static const struct reply_class *judge_event(void *thread, const struct log_event *event) {
    assert_true(event->kind == LOG_REJECT || event->status != LOG_SENT);
    g_atomic_int_inc((gint *)thread);
    return &judged;
}

static void judge_take(void *thread, struct log_event *event) {
    (void)thread;
    assert_true(event->kind == LOG_ATTEMPT && event->status == LOG_SENT);
}

static void judge_end(void *thread) {
    (void)thread;
    g_atomic_int_add(&judges, -1);
}

static const struct reply_judge judge = {judge_begin, judge_event, judge_take, judge_end, &wait};

struct heard {
    GString *text;
    double share;
    int problems, error;
};

static void hear_problem(void *context, const char *path, int error, const char *damage) {
    struct heard *h = context;
    (void)path;
    (void)damage;
    h->problems++;
    h->error = error;
}

static void hear_progress(void *context, double share) {
    struct heard *h = context;
    assert_true(share >= h->share && share <= 1);
    h->share = share;
}

static void hear_delivery(void *context, const struct delivery *d) {
    g_string_append_printf(((struct heard *)context)->text, "%.*s %s %u:%" G_GUINT64_FORMAT "\n",
                           S(d->queue_id), outcome_name(d->outcome), d->file, d->line);
}

static GString *write_log(int messages) {
    GString *text = g_string_new(NULL);
    for (int i = 0; i < messages; i++) {
        g_string_append_printf(text,
                               AT "postfix/qmgr[1]: 9C1D%04X: from=<ann@example.com>, size=9, nrcpt=1\n", i);
        g_string_append_printf(
            text,
            AT "postfix/smtp[1]: 9C1D%04X: to=<bob@example.org>, relay=mx.example.org[192.0.2.25]"
               ":25, delay=1, dsn=4.2.0, status=%s (some words that make the line longer)\n",
            i, i % 3 ? "sent" : "bounced");
        g_string_append_printf(text, AT "postfix/qmgr[1]: 9C1D%04X: removed\n", i);
    }
    return text;
}

static void is_the_same_for_any_number_of_threads(void **state) {
    g_autoptr(GString) text = write_log(20000); /* several chunks */
    g_autoptr(GPtrArray) paths = log_files(text->str);
    g_autoptr(GString) first = NULL;
    (void)state;
    for (unsigned jobs = 0; jobs < 5; jobs++) {
        struct heard heard = {.text = g_string_new(NULL)};
        struct log_watcher watcher = {.problem = hear_problem, .progress = hear_progress, .context = &heard};
        struct log_options options = {.jobs = jobs,
                                      .filters = {.since = -1, .until = -1},
                                      .judge = &judge,
                                      .watcher = &watcher,
                                      .delivered = hear_delivery,
                                      .context = &heard};
        struct log_summary sum;
        asked = 0;
        log_run(&sum, paths, &options);
        expect_number("lines", (long long)sum.lines, 60000);
        expect_number("known", (long long)log_summary_known_lines(&sum), 60000);
        expect_number("bytes", (long long)sum.bytes, (long long)text->len);
        expect_number("asked", asked, 6667);
        expect_number("judges that are left", judges, 0);
        expect_number("sent", (long long)sum.totals.outcomes.of[OUTCOME_SENT], 13333);
        expect_number("bounced", (long long)sum.totals.outcomes.of[OUTCOME_BOUNCED], 6667);
        expect_number("cause", (long long)sum.totals.causes[0].recipients, 6667);
        expect_number("problems", heard.problems, 0);
        assert_true(heard.share > 0.99);
        if (first)
            assert_string_equal(heard.text->str, first->str);
        else
            first = g_string_new(heard.text->str);
        g_string_free(heard.text, TRUE);
        log_summary_free(&sum);
    }
}

static void filters_and_counts_kinds(void **state) {
    g_autoptr(GPtrArray) paths = log_files(
        AT "postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, relay=none, dsn=4.2.0, status=deferred (x)\n" AT
           "postfix/smtp[1]: 9C1D02B5: to=<carl@example.org>, relay=none, dsn=4.2.0, status=deferred (x)\n" AT
           "postfix/smtpd[1]: NOQUEUE: reject: RCPT from x[203.0.113.4]: 554 no; from=<a@example.net> "
           "to=<carl@example.org>\n" AT "moonmail[1]: what is this\n" AT "sshd[1]: x\n");
    struct log_watcher watcher = {.problem = no_problem};
    struct log_options options = {.filters = {.since = -1, .until = -1, .recipient = "carl@example.org"},
                                  .watcher = &watcher};
    struct log_summary sum;
    (void)state;
    log_run(&sum, paths, &options);
    expect_number("deferred", (long long)sum.totals.outcomes.of[OUTCOME_DEFERRED], 1);
    expect_number("rejected", (long long)sum.totals.rejected, 1);
    expect_number("causes", (long long)sum.totals.cause_count, 0);
    expect_number("unparsed", (long long)sum.unparsed, 1);
    expect_number("postfix", (long long)sum.dialect_lines[DIALECT_postfix], 3);
    expect_text("kind", sum.kinds.first->name, "moonmail what is this");
    expect_text("kind", sum.kinds.first->next->name, "sshd");
    log_summary_free(&sum);
}

static void reports_what_cannot_be_read(void **state) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    struct heard heard = {.text = NULL};
    struct log_watcher watcher = {.problem = hear_problem, .context = &heard};
    struct log_options options = {.watcher = &watcher};
    struct log_summary sum;
    (void)state;
    g_ptr_array_add(paths, (char *)"/nonexistent/mail.log");
    log_run(&sum, paths, &options);
    expect_number("problems", heard.problems, 1);
    expect_number("error", heard.error, ENOENT);
    expect_number("lines", (long long)sum.lines, 0);
    expect_number("known", (long long)log_summary_known_lines(&sum), 0);
    expect_number("first", sum.first, -1);
    log_summary_free(&sum);
}

/* Records of a kind that is known, of which not one is understood, and the head of a table: no log was read.
 */
static void counts_what_is_understood(void **state) {
    static const char *const logs[] = {"{\"eventType\":\"Odd\",\"mail\":{\"messageId\":\"m1\"}}\n",
                                       "type,timeLogged,timeQueued,orig,rcpt\nzz,2026-11-24 09:14:07,"
                                       "2026-11-24 09:14:06,ann@example.com,bob@example.org\n"};
    (void)state;
    for (size_t i = 0; i < ROWS(logs); i++) {
        g_autoptr(GPtrArray) paths = log_files(logs[i]);
        struct log_watcher watcher = {.problem = no_problem};
        struct log_options options = {.watcher = &watcher};
        struct log_summary sum;
        log_run(&sum, paths, &options);
        expect_number("unparsed", (long long)sum.unparsed, 1);
        expect_number("known", (long long)log_summary_known_lines(&sum), 0);
        log_summary_free(&sum);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_what_is_understood), cmocka_unit_test(is_the_same_for_any_number_of_threads),
        cmocka_unit_test(filters_and_counts_kinds), cmocka_unit_test(reports_what_cannot_be_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
