/* The stories of mails: from queue to queue, and try by try. */
#include "analyze/deliveries/mail_stories.h"
#include "analyze/deliveries/run.h"
#include "tests/analyze/deliveries/log_file.h"

#define AT(host) "Nov 24 09:14:07 " host " "
#define TRY(id, to, words)                                                                                   \
    AT("out1")                                                                                               \
    "postfix/smtp[1]: " id ": to=<" to                                                                       \
    ">, relay=mx.example.org[192.0.2.25]:25, delay=1, dsn=4.2.0, status=" words "\n"

static bool passes(void *context, const struct delivery *d) {
    bool is_asked_for = mail_stories_pass(context, d);
    if (!is_asked_for)
        mail_stories_note_past(context, d);
    return is_asked_for;
}

static void add(void *context, const struct delivery *d) {
    mail_stories_add(context, d);
}

static void add_leg(void *context, const struct delivery *d) {
    mail_stories_add_leg(context, d);
}

/* "QUEUEID recipient outcome tries,lines" of each, mails parted by a bar. */
static void expect_stories(const char *what, const char *log, struct log_filters filters,
                           const char *expected) {
    g_autoptr(GPtrArray) paths = log_files(log);
    g_autoptr(GString) told = g_string_new(NULL);
    struct mail_stories stories;
    struct log_summary summary;
    struct log_watcher watcher = {.problem = no_problem};
    filters.since = filters.until = -1;
    struct log_options options = {.wants_stories = true,
                                  .keeps_tries = true,
                                  .keeps_lines = true,
                                  .filters = filters,
                                  .watcher = &watcher,
                                  .passes = passes,
                                  .delivered = add,
                                  .handed_over = add_leg,
                                  .context = &stories};
    mail_stories_init(&stories, &options.filters);
    log_run(&summary, paths, &options);
    mail_stories_sort(&stories);
    for (guint i = 0; i < stories.stories->len; i++) {
        const struct mail_story *story = stories.stories->pdata[i];
        const struct delivery *d = &story->delivery;
        size_t tries = 0;
        size_t lines = 0;
        for (const struct delivery_try *t = d->tries_kept; t; t = t->next)
            tries++;
        for (const struct delivery_line *l = d->lines; l; l = l->next)
            lines++;
        bool is_same = i && mail_story_is_same(stories.stories->pdata[i - 1], story);
        g_string_append_printf(told, "%s%.*s %.*s %s %zu,%zu", i ? is_same ? "; " : " | " : "",
                               S(d->queue_id), S(d->recipient),
                               story->is_handed_over ? "on" : outcome_name(d->outcome), tries, lines);
    }
    expect_text(what, (struct slice){told->str, told->len}, expected);
    mail_stories_free(&stories);
    log_summary_free(&summary);
}

static const char two_hosts[] =
    AT("out1") "postfix/qmgr[1]: 9C1D02B4: from=<ann@example.com>, size=9, nrcpt=2 (queue active)\n" AT(
        "out2") "postfix/qmgr[1]: 9C1D02B5: from=<ann@example.com>, size=9, nrcpt=1 (queue active)\n" TRY("9C"
                                                                                                          "1D"
                                                                                                          "02"
                                                                                                          "B"
                                                                                                          "4",
                                                                                                          "bo"
                                                                                                          "b@"
                                                                                                          "ex"
                                                                                                          "am"
                                                                                                          "pl"
                                                                                                          "e."
                                                                                                          "or"
                                                                                                          "g",
                                                                                                          "se"
                                                                                                          "nt"
                                                                                                          " ("
                                                                                                          "25"
                                                                                                          "0 "
                                                                                                          "2."
                                                                                                          "0."
                                                                                                          "0 "
                                                                                                          "Ok"
                                                                                                          ": "
                                                                                                          "qu"
                                                                                                          "eu"
                                                                                                          "ed"
                                                                                                          " a"
                                                                                                          "s "
                                                                                                          "9C"
                                                                                                          "1D"
                                                                                                          "02"
                                                                                                          "B5"
                                                                                                          ")")
        TRY("9C1D02B4", "eve@example.net", "deferred (busy)") TRY("9C1D02B4", "eve@example.net", "sent (ok)")
            AT("out1") "postfix/bounce[1]: 9C1D02B4: sender non-delivery notification: 9C1D02B9\n" AT(
                "out1") "postfix/qmgr[1]: 9C1D02B4: removed\n" AT("out2") "postfix/smtp[1]: 9C1D02B5: "
                                                                          "to=<bob@example.org>, "
                                                                          "relay=mx.example.org[192.0.2.25]:"
                                                                          "25, delay=1, "
                                                                          "dsn=5.1.1, status=bounced "
                                                                          "(no)\n" AT("out2") "postfix/"
                                                                                              "qmgr[1]: "
                                                                                              "9C1D02B5: "
                                                                                              "removed\n" TRY(
                                                                                                  "9C1D02C1",
                                                                                                  "bob@"
                                                                                                  "example."
                                                                                                  "org",
                                                                                                  "deferred "
                                                                                                  "(busy)");

/* A filter's mail is delivered before the line that says that the filter took it. */
static const char crossed[] =
    AT("out1") "postfix/qmgr[1]: 9C1D02B4: from=<ann@example.com>, size=9, nrcpt=1 (queue "
               "active)\n" AT("out1") "postfix/qmgr[1]: 7D2E03C5: from=<ann@example.com>, size=9, nrcpt=2 "
                                      "(queue active)\n" TRY("7D2E03C5", "bob@example.org", "sent (250 ok)")
                                          TRY("7D2E03C5", "kim@example.org", "sent (250 ok)")
                                              AT("out1") "postfix/qmgr[1]: 7D2E03C5: removed\n" AT(
                                                  "out1") "postfix/smtp[1]: 9C1D02B4: to=<bob@example.org>, "
                                                          "relay=127.0.0.1[127.0.0.1]:10024, delay=1, "
                                                          "dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as "
                                                          "7D2E03C5)\n" AT(
                                                              "out1") "postfix/qmgr[1]: 9C1D02B4: removed\n";

static void tells_crossed(void **state) {
    static const char both[] = "9C1D02B4 bob@example.org on 1,3; 7D2E03C5 bob@example.org sent 1,4";
    (void)state;
    expect_stories("the first queue", crossed, (struct log_filters){.queue_id = "9C1D02B4"}, both);
    expect_stories("its recipient", crossed, (struct log_filters){.recipient = "bob@example.org"}, both);
    expect_stories("another", crossed, (struct log_filters){.recipient = "kim@example.org"},
                   "7D2E03C5 kim@example.org sent 1,4");
}

static void tells(void **state) {
    (void)state;
    expect_stories(
        "a recipient", two_hosts, (struct log_filters){.recipient = "bob@example.org"},
        "9C1D02B4 bob@example.org on 1,6; 9C1D02B5 bob@example.org bounced 1,3 | 9C1D02C1 bob@example.org "
        "deferred 1,1");
    expect_stories(
        "the first queue", two_hosts, (struct log_filters){.queue_id = "9C1D02B4"},
        "9C1D02B4 bob@example.org on 1,6; 9C1D02B4 eve@example.net sent 2,6; 9C1D02B5 bob@example.org "
        "bounced 1,3");
    expect_stories("the second queue", two_hosts, (struct log_filters){.queue_id = "9C1D02B5"},
                   "9C1D02B4 bob@example.org on 1,6; 9C1D02B5 bob@example.org bounced 1,3");
    expect_stories("another", two_hosts, (struct log_filters){.recipient = "kim@example.org"}, "");
}

/* Of very many tries the first and the last are kept, however often the message is tried. */
static void keeps_few_tries(void **state) {
    g_autoptr(GString) log = g_string_new(NULL);
    (void)state;
    for (int i = 0; i < 5000; i++)
        g_string_append(log, TRY("9C1D02C1", "bob@example.org", "deferred (busy)"));
    expect_stories("5000 tries", log->str, (struct log_filters){.recipient = "example.org"},
                   "9C1D02C1 bob@example.org deferred 50,200");
}

static void append_record(GString *log, int time) {
    g_string_append_printf(log,
                           "{\"email\":\"bob@example.org\",\"timestamp\":%d,\"event\":\"deferred\","
                           "\"response\":\"450 busy\",\"sg_message_id\":\"sg-7\"}\n",
                           1700000000 + time);
}

/* Tries that come late count and are not kept; those behind them are. */
static void keeps_what_comes_behind_late_tries(void **state) {
    g_autoptr(GString) log = g_string_new(NULL);
    (void)state;
    append_record(log, 1000);
    for (int i = 0; i < 100; i++)
        append_record(log, 900 - i);
    for (int i = 0; i < 70; i++)
        append_record(log, 2000 + i);
    expect_stories("171 tries", log->str, (struct log_filters){.recipient = "example.org"},
                   "sg-7 bob@example.org deferred 50,171");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells), cmocka_unit_test(tells_crossed),
                                       cmocka_unit_test(keeps_few_tries),
                                       cmocka_unit_test(keeps_what_comes_behind_late_tries)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
