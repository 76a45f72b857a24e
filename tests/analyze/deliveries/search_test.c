/* One mail's story in a log. */
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
        search_run(&search, paths, NULL, 2, NULL, &watcher);
        GString *actual = write_stories(&search);
        expect_text(rows[i].expected, (struct slice){actual->str, actual->len}, rows[i].expected);
        expect_number("lines", (long long)search.lines, 10);
        expect_number("known lines", (long long)search.known_lines, 10);
        g_string_free(actual, TRUE);
        search_free(&search);
    }
}

/* Of many tries the first and the last are kept. */
static void keeps_some_tries(void **state) {
    g_autoptr(GString) text = g_string_new(lines[0]);
    (void)state;
    for (unsigned i = 0; i < 100; i++)
        g_string_append_printf(text, TO("02", "9C1D02B4", "bob@example.org", "deferred", "450 wait %u"), i);
    g_string_append(text, lines[5]);
    g_autoptr(GPtrArray) paths = log_files(text->str);
    struct log_watcher watcher = {.problem = no_problem};
    struct log_search search;
    search_init(&search);
    search_want(&search, SLICE("9C1D02B4"), SLICE_EMPTY, SLICE_EMPTY);
    search_run(&search, paths, NULL, 2, NULL, &watcher);
    unsigned kept = 0;
    for (const struct log_try *t = search.stories->tries; t; t = t->next, kept++) {
        g_autofree char *reply = g_strdup_printf("450 wait %u", kept < 10 ? kept : kept + 50);
        expect_text("reply", t->reply, reply);
    }
    expect_number("kept", kept, LIMIT_TRIES);
    expect_number("all", (long long)search.stories->try_count, 100);
    search_free(&search);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_stories), cmocka_unit_test(keeps_some_tries)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
