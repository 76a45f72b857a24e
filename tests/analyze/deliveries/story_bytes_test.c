/* What is wanted and what was found are the same after they were bytes; bytes that are damaged in any way are
 * read as far as they make sense. */
#include "analyze/deliveries/story_bytes.h"
#include "tests/analyze/deliveries/log_file.h"

#define LINE(second, text) "Nov 24 09:14:" second " mail " text "\n"
#define TO(second, address, status, reply)                                                                   \
    LINE(second, "postfix/smtp[1]: 9C1D02B4: to=<" address                                                   \
                 ">, relay=mx.example.org[192.0.2.25]:25, dsn=4.0.0, status=" status " (" reply ")")

static const char log_text[] = LINE("01", "postfix/cleanup[1]: 9C1D02B4: message-id=<x@example.com>") //
    LINE("01", "postfix/qmgr[1]: 9C1D02B4: from=<ann@example.com>, size=9, nrcpt=2 (queue active)")
        TO("02", "bob@example.org", "deferred", "450 4.2.2 wait")
            TO("03", "carl@example.org", "sent", "250 ok")
                TO("04", "bob@example.org", "bounced", "550 5.1.1 no")
                    LINE("05", "postfix/qmgr[1]: 9C1D02B4: removed");

/* All of a story that is told. */
static void describe(GString *out, const struct log_search *s) {
    for (const struct log_story *story = s->stories; story; story = story->next) {
        const struct delivery *d = &story->delivery;
        g_string_append_printf(out,
                               "%zu %s %.*s %.*s %.*s %.*s>%.*s %s %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
                               story->number, story->file, S(d->host), S(d->queue_id), S(d->message_id),
                               S(d->sender), S(d->recipient), outcome_name(d->outcome), d->first, d->last);
        g_string_append_printf(out, " %u %zu:", d->attempts, story->try_count);
        for (const struct log_try *t = story->tries; t; t = t->next)
            g_string_append_printf(out, " %s %.*s %.*s %.*s %d,", outcome_name(t->outcome), S(t->relay),
                                   S(t->relay_ip), S(t->reply), t->said.code);
        g_string_append_c(out, '\n');
    }
}

static GString *find(struct log_search *search, GPtrArray *paths) {
    g_autoptr(GString) wants = g_string_new(NULL);
    struct log_watcher watcher = {.problem = no_problem};
    want_write(wants, SLICE("7D2E03C5"), SLICE_EMPTY, SLICE_EMPTY);
    want_write(wants, SLICE_EMPTY, SLICE("<X@example.com>"), SLICE("bob@example.org"));
    want_sent_write(wants, SLICE("example.com"), 0, INT64_MAX);
    search_init(search);
    wants_read(search, (struct slice){wants->str, wants->len});
    search_run(search, paths, NULL, 1, NULL, &watcher);
    GString *bytes = g_string_new(NULL);
    stories_write(search, bytes);
    return bytes;
}

static void round_trip(void **state) {
    g_autoptr(GPtrArray) paths = log_files(log_text);
    g_autoptr(GString) before = g_string_new(NULL);
    g_autoptr(GString) after = g_string_new(NULL);
    struct log_search found, read;
    const struct log_story *about[4];
    struct story_query query = {
        .queue_id = SLICE("9c1d02b4"), .recipient = SLICE("Bob@example.org"), .time = -1};
    (void)state;
    g_autoptr(GString) bytes = find(&found, paths);
    search_init(&read);
    stories_read(&read, (struct slice){bytes->str, bytes->len});
    describe(before, &found);
    describe(after, &read);
    assert_int_equal(found.count, 2);
    assert_false(found.is_partial || read.is_partial);
    expect_text("stories", (struct slice){after->str, after->len}, before->str);
    assert_non_null(strstr(before->str, "9C1D02B4"));
    assert_int_equal(story_index_find(&read.index, &query, about, ROWS(about)), 1);
    search_free(&found);
    search_free(&read);
}

static void damaged(void **state) {
    g_autoptr(GPtrArray) paths = log_files(log_text);
    struct log_search found;
    (void)state;
    g_autoptr(GString) bytes = find(&found, paths);
    for (size_t at = 0; at < 2 * bytes->len; at++) {
        g_autofree char *copy = g_memdup2(bytes->str, bytes->len);
        bool is_cut = at < bytes->len;
        struct log_search read;
        if (!is_cut)
            copy[at - bytes->len] = (char)~copy[at - bytes->len];
        search_init(&read);
        stories_read(&read, (struct slice){copy, is_cut ? at : bytes->len});
        assert_true(read.count <= found.count + !is_cut);
        assert_true(read.is_partial || !is_cut ||
                    at >= sizeof(int64_t)); /* whoever reads logs died at once */
        for (const struct log_story *s = read.stories; s; s = s->next)
            assert_non_null(outcome_name(s->delivery.outcome));
        search_free(&read);
    }
    search_free(&found);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(round_trip), cmocka_unit_test(damaged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
