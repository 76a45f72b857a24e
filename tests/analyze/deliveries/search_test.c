/* One mail's story in a log, and which stories are about a mail. */
#include "analyze/deliveries/search.h"
#include "tests/analyze/deliveries/log_file.h"

#define LINE(second, text) "Nov 24 09:14:" second " mail " text "\n"
#define TO(second, id, address, status, reply)                                                               \
    LINE(second, "postfix/smtp[1]: " id ": to=<" address                                                     \
                 ">, relay=mx.example.org[192.0.2.25]:25, dsn=4.0.0, status=" status " (" reply ")")

/* The queue id of the first message is used again for the second. */
static const char *const lines[] = {
    LINE("01", "postfix/cleanup[1]: 9C1D02B4: message-id=<x@example.com>"),
    LINE("01", "postfix/qmgr[1]: 9C1D02B4: from=<ann@example.com>, size=9, nrcpt=2 (queue active)"),
    TO("02", "9C1D02B4", "bob@example.org", "deferred", "450 wait"),
    TO("03", "9C1D02B4", "carl@example.org", "sent", "250 ok"),
    TO("04", "9C1D02B4", "bob@example.org", "bounced", "550 no"),
    LINE("05", "postfix/qmgr[1]: 9C1D02B4: removed"),
    LINE("10", "postfix/cleanup[1]: 9C1D02B4: message-id=<y@example.com>"),
    TO("11", "9C1D02B4", "bob@example.org", "sent", "250 ok later"),
    LINE("12", "postfix/qmgr[1]: 9C1D02B4: removed"),
    TO("13", "7D2E03C5", "dora@example.org", "sent", "250 ok"),
    NULL,
};

/* The stories with their tries, as "9C1D02B4 bob@example.org bounced: deferred 450 wait, bounced 550 no; ".
 */
static GString *write_stories(const struct log_search *s) {
    GString *out = g_string_new(NULL);
    for (const struct log_story *story = s->stories; story; story = story->next) {
        const struct delivery *d = &story->delivery;
        g_string_append_printf(out, "%.*s %.*s %s:", S(d->queue_id), S(d->recipient),
                               outcome_name(d->outcome));
        for (const struct log_try *t = story->tries; t; t = t->next)
            g_string_append_printf(out, " %s %.*s,", outcome_name(t->outcome), S(t->reply));
        g_string_append(out, "; ");
        assert_non_null(story->file);
        assert_null(d->class);
    }
    return out;
}

static void finds_stories(void **state) {
    static const struct {
        const char *queue_id, *message_id, *recipient, *expected;
    } rows[] = {
        {"", "<X@example.com>", "bob@example.org",
         "9C1D02B4 bob@example.org bounced: deferred 450 wait, bounced 550 no,; "
         "9C1D02B4 carl@example.org sent: sent 250 ok,; "},
        {"", "y@example.com", "", "9C1D02B4 bob@example.org sent: sent 250 ok later,; "},
        {"7d2e03c5", "", "", "7D2E03C5 dora@example.org sent: sent 250 ok,; "},
        {"", "", "Dora@Example.org", "7D2E03C5 dora@example.org sent: sent 250 ok,; "},
        {"7D2E03C6", "", "dora@example.org", ""},
        {"", "", "", ""},
    };
    g_autofree char *text = g_strjoinv(NULL, (char **)lines);
    g_autoptr(GPtrArray) paths = log_files(text);
    struct log_watcher watcher = {.problem = no_problem};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct log_search search;
        search_init(&search);
        search_want(&search, slice_of(rows[i].queue_id), slice_of(rows[i].message_id),
                    slice_of(rows[i].recipient));
        search_run(&search, paths, 2, &watcher);
        GString *actual = write_stories(&search);
        expect_text(rows[i].expected, (struct slice){actual->str, actual->len}, rows[i].expected);
        expect_number("lines", (long long)search.lines, 10);
        expect_number("known lines", (long long)search.known_lines, 10);
        g_string_free(actual, TRUE);
        search_free(&search);
    }
}

#define DAY 86400

static void fits(void **state) {
    static const struct {
        const char *queue_id, *message_id, *recipient;
        int64_t time;
        bool fits;
    } rows[] = {
        {"9C1D02B4", "", "bob@example.org", -1, true},
        {"9c1d02b4", "", "BOB@example.org", -1, true},
        {"9C1D02B4", "", "sales@example.com", -1, true}, /* as the sender wrote it */
        {"9C1D02B4", "", "", -1, true},
        {"9C1D02B4", "", "carl@example.org", -1, false},
        {"7D2E03C5", "", "bob@example.org", -1, false},
        {"7D2E03C5", "<x@example.com>", "bob@example.org", -1, true},
        {"", "x@example.com", "", -1, true},
        {"9C1D02B4", "", "bob@example.org", 100 * DAY, true}, /* an id needs no time */
        {"", "", "bob@example.org", -1, true},
        {"", "", "bob@example.org", 15 * DAY, true},
        {"", "", "bob@example.org", 17 * DAY, false},
        {"", "", "bob@example.org", 4 * DAY + 1, true},
        {"", "", "bob@example.org", 3 * DAY, false},
        {"", "", "carl@example.org", 10 * DAY, false},
    };
    struct log_story story = {.delivery = {.queue_id = SLICE("9C1D02B4"),
                                           .message_id = SLICE("x@example.com"),
                                           .recipient = SLICE("bob@example.org"),
                                           .original = SLICE("sales@example.com"),
                                           .first = 10 * DAY,
                                           .last = 10 * DAY}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        char row[8];
        snprintf(row, sizeof row, "row %zu", i);
        expect_number(row,
                      story_fits(&story, slice_of(rows[i].queue_id), slice_of(rows[i].message_id),
                                 slice_of(rows[i].recipient), rows[i].time),
                      rows[i].fits);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_stories), cmocka_unit_test(fits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
