/* Mail that goes from one host to the next one counts once, however the hosts' logs lie: in files of their
 * own, in one, cut somewhere, with a clock that is wrong. */
#include "analyze/deliveries/hand_over.h"
#include "analyze/deliveries/run.h"
#include "tests/analyze/deliveries/log_file.h"

#define MAILS 9000 /* several chunks of each host */

/* A gateway hands each mail to a filter's host, which hands it to a store; every third is refused there.
 * Every fifth goes to a stranger as well, who names a queue id too. */
enum host { GATEWAY, FILTER, STORE, HOSTS };
static const char *const names[HOSTS] = {"gw", "scan", "store"};

struct logs {
    GString *lines[HOSTS]; /* one behind the other */
    int shift[HOSTS];      /* seconds that the clock is ahead */
};

static void add_line(struct logs *logs, enum host host, int second, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void add_line(struct logs *logs, enum host host, int second, const char *format, ...) {
    va_list arguments;
    int time = second + logs->shift[host];
    va_start(arguments, format);
    g_string_append_printf(logs->lines[host], "Nov %02d %02d:%02d:%02d %s ", 20 + time / 86400,
                           time / 3600 % 24, time / 60 % 60, time % 60, names[host]);
    g_string_append_vprintf(logs->lines[host], format, arguments);
    g_string_append_c(logs->lines[host], '\n');
    va_end(arguments);
}

/* The mail `i` on a host, which takes it from the one before. */
static void add_mail(struct logs *logs, enum host host, int i) {
    int second = 40000 + i + (int)host;
    add_line(logs, host, second,
             "postfix/qmgr[1]: %d0A%05X: from=<s%d@example.com>, size=9, nrcpt=1 (queue active)", (int)host,
             i, i % 7);
    if (host == GATEWAY && i % 5 == 0)
        add_line(
            logs, host, second,
            "postfix/smtp[1]: %d0A%05X: to=<x@example.net>, relay=mx.example.net[192.0.2.9]:25, delay=1, "
            "dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 99B%05X)",
            (int)host, i, i);
    if (host != STORE)
        add_line(
            logs, host, second + 1,
            "postfix/smtp[1]: %d0A%05X: to=<u@example.org>, relay=in.example.org[192.0.2.25]:25, delay=1, "
            "dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as %d0A%05X)",
            (int)host, i, (int)host + 1, i);
    else
        add_line(logs, host, second + 1,
                 "postfix/virtual[1]: %d0A%05X: to=<u@example.org>, relay=virtual, delay=1, dsn=5.1.1, "
                 "status=%s (x)",
                 (int)host, i, i % 3 ? "sent" : "bounced");
    add_line(logs, host, second + 1, "postfix/qmgr[1]: %d0A%05X: removed", (int)host, i);
}

struct row {
    const char *name;
    int shift[HOSTS];
    bool is_one_file, is_cut;
};

static GPtrArray *write_logs(const struct row *row) {
    GPtrArray *paths = g_ptr_array_new_with_free_func(log_file_free);
    struct logs logs;
    for (int host = 0; host < HOSTS; host++) {
        logs.lines[host] = row->is_one_file && host ? logs.lines[0] : g_string_new(NULL);
        logs.shift[host] = row->shift[host];
    }
    for (int i = 0; i < MAILS; i++)
        for (int host = 0; host < HOSTS; host++)
            add_mail(&logs, host, i);
    for (int host = 0; host < (row->is_one_file ? 1 : HOSTS); host++) {
        char *text = logs.lines[host]->str;
        char *half = row->is_cut ? strchr(text + logs.lines[host]->len / (2 + (size_t)host), '\n') + 1 : NULL;
        if (half)
            g_ptr_array_add(paths, log_file_new(half));
        if (half)
            *half = '\0';
        g_ptr_array_add(paths, log_file_new(text));
        g_string_free(logs.lines[host], TRUE);
    }
    return paths;
}

static void counts_once(void **state) {
    static const struct row rows[] = {{"files", {0}, false, false},
                                      {"one file", {0}, true, false},
                                      {"cut files", {0}, false, true},
                                      {"one file that is cut", {0}, true, true},
                                      {"a clock ahead", {30, 0, 0}, false, false},
                                      {"a clock behind", {0, 0, -30}, false, true},
                                      {"a zone of its own", {0, 3600, 0}, false, false}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GPtrArray) paths = write_logs(&rows[i]);
        for (unsigned jobs = 1; jobs <= 3; jobs += 2) {
            struct log_watcher watcher = {.problem = no_problem};
            struct log_options options = {
                .jobs = jobs, .filters = {.since = -1, .until = -1}, .watcher = &watcher};
            struct log_summary sum;
            log_run(&sum, paths, &options);
            expect_number(rows[i].name, (long long)sum.totals.outcomes.of[OUTCOME_SENT],
                          MAILS - MAILS / 3 + MAILS / 5);
            expect_number(rows[i].name, (long long)sum.totals.outcomes.of[OUTCOME_BOUNCED], MAILS / 3);
            expect_number(rows[i].name, (long long)sum.totals.forwarded, 2 * MAILS);
            expect_number(rows[i].name, (long long)sum.late, 0);
            log_summary_free(&sum);
        }
    }
}

/* Of a second host: what its filter gave back, with another sender, left its queue before the line that says
 * that the filter took it. */
static void finds_what_ended_on_a_second_host(void **state) {
    char text[] =
        "Nov 20 10:00:00 gw postfix/smtpd[1]: connect from unknown[192.0.2.7]\n"
        "Nov 20 10:00:00 gw postfix/qmgr[1]: 1A0000: from=<s@example.com>, size=9, nrcpt=1 (queue active)\n"
        "Nov 20 10:00:01 scan postfix/qmgr[1]: 2A0000: from=<s@example.com>, size=9, nrcpt=1 (queue active)\n"
        "Nov 20 10:00:02 scan postfix/qmgr[1]: 3B0000: from=<other@example.com>, size=9, nrcpt=1 (queue "
        "active)\n"
        "Nov 20 10:00:02 scan postfix/smtp[1]: 3B0000: to=<u@example.org>, "
        "relay=mx.example.org[192.0.2.25]:25, "
        "delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok)\n"
        "Nov 20 10:00:02 scan postfix/qmgr[1]: 3B0000: removed\n"
        "Nov 20 10:00:03 scan postfix/smtp[1]: 2A0000: to=<u@example.org>, relay=127.0.0.1[127.0.0.1]:10024, "
        "delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 3B0000)\n"
        "Nov 20 10:00:03 scan postfix/qmgr[1]: 2A0000: removed\n";
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(log_file_free);
    struct log_watcher watcher = {.problem = no_problem};
    struct log_options options = {.jobs = 1, .filters = {.since = -1, .until = -1}, .watcher = &watcher};
    struct log_summary sum;
    (void)state;
    g_ptr_array_add(paths, log_file_new(text));
    log_run(&sum, paths, &options);
    expect_number("sent", (long long)sum.totals.outcomes.of[OUTCOME_SENT], 1);
    expect_number("went on", (long long)sum.totals.forwarded, 1);
    log_summary_free(&sum);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts_once),
                                       cmocka_unit_test(finds_what_ended_on_a_second_host)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
