/* DMARC reports held against logs: what both together show, and what they leave open. The logs are read, and
 * what was found in them goes through bytes, as between processes. */
#define _GNU_SOURCE
#include "analyze/verdict/feedback_log.h"

#include "analyze/deliveries/story_bytes.h"
#include "tests/analyze/built_in_rules.h"
#include "tests/analyze/deliveries/log_file.h"

#define BEGIN 1795478400 /* 2026-11-24T00:00:00Z */
#define END   (BEGIN + 86399)

#define POSTFIX(id, hour, from, to, relay)                                                                   \
    "2026-11-24T" hour ":00:01+00:00 mail postfix/qmgr[1]: " id ": from=<" from                              \
    ">, size=9, nrcpt=1 (queue active)\n"                                                                    \
    "2026-11-24T" hour ":00:02+00:00 mail postfix/smtp[1]: " id ": to=<" to ">, relay=" relay                \
    ":25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 ok)\n"                                        \
    "2026-11-24T" hour ":00:03+00:00 mail postfix/qmgr[1]: " id ": removed\n"
#define EXIM(id, hour, address)                                                                              \
    "2026-11-24 " hour ":00:01 +0000 " id " <= ann@a.example U=ann P=local S=500\n"                          \
    "2026-11-24 " hour ":00:02 +0000 " id " => bob@b.example I=[" address                                    \
    "]:41000 R=dnslookup T=remote_smtp H=mx.b.example [198.51.100.9] C=\"250 OK\"\n"                         \
    "2026-11-24 " hour ":00:03 +0000 " id " Completed\n"
#define MX "mx.b.example[198.51.100.9]"
#define DAY                                                                                                  \
    POSTFIX("9C1D02A1", "00", "ann@a.example", "bob@b.example", MX)                                          \
    POSTFIX("9C1D02A2", "10", "ann@sub.a.example", "bob@b.example", MX)                                      \
    POSTFIX("9C1D02A3", "11", "ann@xa.example", "bob@b.example", MX)                                         \
    POSTFIX("9C1D02A4", "12", "ann@a.example", "bob@c.example", "mx.c.example[198.51.100.7]")                \
    POSTFIX("9C1D02A5", "13", "ann@a.example", "bob@gmail.com",                                              \
            "alt1.gmail-smtp-in.l.google.com[192.0.2.1]")                                                    \
    POSTFIX("9C1D02A6", "23", "ann@xa.example", "bob@c.example", "mx.c.example[198.51.100.7]")

static const struct {
    const char *log, *organisation, *contact;
    int64_t counts[2];        /* of 203.0.113.5 and 203.0.113.6 */
    const char *envelopes[2]; /* the domain of which SPF was asked; NULL: not told */
    const char *own;          /* of --trust; NULL: none */
    const char *expected[4];  /* what its sentences say, in order; NULL: no more */
} rows[] = {
    {DAY,
     "B Mail",
     "dmarc@reports.b.example",
     {5, 1},
     {"a.example", "other.example"},
     NULL,
     {"2 mails with an envelope sender of a.example went to B Mail in that time, to 2 recipients; the report "
      "counts 5 with such a sender, and 1 with others",
      "so some 3 of these did not come to B Mail through this log"}},
    {DAY,
     "B Mail",
     "dmarc@reports.b.example",
     {2, 0},
     {"a.example", NULL},
     NULL,
     {"the report counts 2 with such a sender, and 0 with others", "by their number all of these can have"}},
    {DAY,
     "google.com",
     "noreply-dmarc-support@google.com",
     {4, 0},
     {"a.example", NULL},
     NULL,
     {"1 mail with an envelope sender of a.example went to google.com in that time, to 1 recipient; the "
      "report counts 4",
      "so some 3 of these"}},
    {DAY,
     "yahoo.com",
     "d@yahoo.com",
     {4, 0},
     {"a.example", NULL},
     NULL,
     {"0 mails with an envelope sender of a.example went to yahoo.com", "so some 4 of these"}},
    {DAY,
     "D Mail",
     "dmarc@d.example",
     {4, 0},
     {"a.example", NULL},
     NULL,
     {"which hosts are those of D Mail is not known here: the log delivered mail with an envelope sender of "
      "a.example to 4 recipients elsewhere"}},
    {DAY,
     "B Mail",
     "dmarc@b.example",
     {5, 1},
     {"a.example", NULL},
     "203.0.113.5",
     {"2 mails", "of all 6 that the report counts, 5 came from addresses that the log or --trust names",
      "the other 1 were sent by another server, a forwarder or a forger, or from addresses of yours that are "
      "not named"}},
    {EXIM("1tF000-000000001AB-0001", "00", "203.0.113.5")
         EXIM("1tF000-000000001AB-0002", "23", "203.0.113.5"),
     "B Mail",
     "dmarc@b.example",
     {5, 1},
     {"a.example", NULL},
     NULL,
     {"2 mails", "of all 6 that the report counts, 5 came from addresses",
      "the other 1 did not come to B Mail through this log"}},
    /* an inner address is not the one that others see */
    {EXIM("1tF000-000000001AB-0001", "00", "10.0.0.5") EXIM("1tF000-000000001AB-0002", "23", "10.0.0.5"),
     "B Mail",
     "dmarc@b.example",
     {5, 1},
     {"a.example", NULL},
     NULL,
     {"2 mails", "so some 3 of these"}},
    {POSTFIX("9C1D02A1", "10", "ann@a.example", "bob@b.example", MX),
     "B Mail",
     "dmarc@b.example",
     {5, 1},
     {"a.example", NULL},
     NULL,
     {"1 mail ", "the log does not have all of that time"}},
};

/* The logs, searched for what the report asks for. Returns the bytes that it points to. */
static GString *search(struct log_search *read, const char *log) {
    g_autoptr(GPtrArray) paths = log_files(log);
    g_autoptr(GString) wants = g_string_new(NULL);
    GString *bytes = g_string_new(NULL);
    struct log_watcher watcher = {.problem = no_problem};
    struct log_search found;
    want_sent_write(wants, SLICE("a.example"), BEGIN, END);
    search_init(&found);
    wants_read(&found, (struct slice){wants->str, wants->len});
    search_run(&found, paths, NULL, 1, NULL, &watcher);
    stories_write(&found, bytes);
    search_init(read);
    stories_read(read, (struct slice){bytes->str, bytes->len});
    search_free(&found);
    return bytes;
}

static void hold(size_t i, struct report *report, struct arena *arena) {
    struct feedback_result results[2] = {0};
    struct feedback_row row[2] = {{.next = &row[1], .ip = SLICE("203.0.113.5")},
                                  {.ip = SLICE("203.0.113.6")}};
    struct feedback feedback = {.kind = FEEDBACK_DMARC,
                                .organisation = slice_of(rows[i].organisation),
                                .contact = slice_of(rows[i].contact),
                                .begin = BEGIN,
                                .end = END,
                                .policy = {.domain = SLICE("a.example")},
                                .rows = row};
    const struct trust_list own = {&rows[i].own, rows[i].own != NULL};
    struct log_search found;
    for (size_t k = 0; k < 2; k++) {
        row[k].count = rows[i].counts[k];
        results[k].domain = slice_of(rows[i].envelopes[k] ? rows[i].envelopes[k] : "");
        row[k].results = rows[i].envelopes[k] ? &results[k] : NULL;
    }
    report->feedback = &feedback;
    GString *bytes = search(&found, rows[i].log);
    feedback_hold_logs(report, &found.sent, &own, loaded.matcher, arena);
    search_free(&found);
    g_string_free(bytes, TRUE);
    report->feedback = NULL;
}

static void says(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct report report = {0};
        size_t k = 0;
        hold(i, &report, &arena);
        for (const struct note *n = report.feedback_log.first; n; n = n->next, k++)
            if (k >= ROWS(rows[i].expected) || !rows[i].expected[k] ||
                slice_find(n->text, slice_of(rows[i].expected[k])) == n->text.len)
                fail_msg("row %zu says \"%.*s\"", i, (int)n->text.len, n->text.ptr);
        if (k < ROWS(rows[i].expected) && rows[i].expected[k])
            fail_msg("row %zu does not say \"%s\"", i, rows[i].expected[k]);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(says)};
    return cmocka_run_group_tests(tests, load, unload);
}
