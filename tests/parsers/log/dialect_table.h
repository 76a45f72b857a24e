/* For tests of dialects: a line, and in words what is read of it:
 *
 *     not mine                       the dialect leaves it to others
 *     passed: a connection           passed over on purpose, as that kind of line
 *     passed                         the same, but not counted
 *     unknown                        of this dialect, but not understood
 *     queued id=… from=…; attempt …  events, with those of their fields that are not empty */
#ifndef MAILWHY_TESTS_DIALECT_TABLE_H
#define MAILWHY_TESTS_DIALECT_TABLE_H

#include "parsers/log/dialect.h"
#include "parsers/log/export.h"
#include "parsers/log/frame.h"
#include "tests/table.h"

#include <assert.h>
#include <glib.h>

#define NOW 1796083200 /* 2026-12-01T00:00:00Z */

struct dialect_row {
    const char *line, *expected;
};

static inline void write_field(GString *out, const char *name, struct slice value) {
    if (value.len)
        g_string_append_printf(out, " %s=%.*s", name, S(value));
}

static inline void write_incoming(GString *out, const struct log_event *e) {
    write_field(out, "from", e->sender);
    write_field(out, "message-id", e->message_id);
    write_field(out, "client", e->client);
    write_field(out, "client-ip", e->client_ip);
    write_field(out, "user", e->user);
    write_field(out, "script", e->script);
    if (e->kind == LOG_CLIENT && e->uid >= 0)
        g_string_append_printf(out, " uid=%d", e->uid);
}

static inline void write_outgoing(GString *out, const struct log_event *e) {
    write_field(out, "orig", e->original);
    write_field(out, "relay", e->relay);
    write_field(out, "ip", e->relay_ip);
    write_field(out, "next", e->next_queue_id);
    write_field(out, "try", e->try_id);
    write_field(out, "from-ip", e->local_ip);
    if (e->connecting != LOG_NO_DELAY || e->sending != LOG_NO_DELAY)
        g_string_append_printf(out, " delays=%d/%d/%d", (int)e->delay, (int)e->connecting, (int)e->sending);
}

static inline void write_event(GString *out, const struct log_event *e) {
    static const char *const kinds[] = {
        [LOG_CLIENT] = "client",     [LOG_MESSAGE_ID] = "message-id", [LOG_QUEUED] = "queued",
        [LOG_ATTEMPT] = "attempt",   [LOG_ENDED] = "ended",           [LOG_DONE] = "done",
        [LOG_REJECT] = "reject",     [LOG_LOGIN] = "login",           [LOG_LOST] = "lost",
        [LOG_TLS] = "tls",           [LOG_TRY_BEGINS] = "begins",     [LOG_TRY_REPLIED] = "replied",
        [LOG_TLS_USED] = "tls-used", [LOG_SCRIPT] = "script",         [LOG_NOTE] = "note",
        [LOG_SAID] = "said",         [LOG_WAITS] = "waits",           [LOG_MOVED] = "moved",
        [LOG_VERDICT] = "verdict"};
    static_assert(ROWS(kinds) == LOG_KINDS, "a word for each kind");
    static const char *const statuses[] = {
        [LOG_SENT] = "sent",         [LOG_DEFERRED] = "deferred",   [LOG_BOUNCED] = "bounced",
        [LOG_GIVEN_UP] = "given-up", [LOG_DISCARDED] = "discarded", [LOG_HELD] = "held"};
    static_assert(ROWS(statuses) == LOG_STATUSES, "a word for each status");
    bool is_outgoing = e->kind == LOG_ATTEMPT || e->kind == LOG_TRY_BEGINS || e->kind == LOG_TRY_REPLIED ||
                       e->kind == LOG_SAID || e->kind == LOG_VERDICT || e->kind == LOG_WAITS ||
                       e->kind == LOG_MOVED;
    g_string_append_printf(out, "%s%s", out->len ? "; " : "", kinds[e->kind]);
    if (e->kind == LOG_ATTEMPT || e->kind == LOG_ENDED || e->kind == LOG_VERDICT)
        g_string_append_printf(out, " %s", statuses[e->status]);
    write_field(out, "id", e->queue_id);
    write_field(out, "to", e->recipient);
    (is_outgoing ? write_outgoing : write_incoming)(out, e);
    if (e->size >= 0 && !is_outgoing)
        g_string_append_printf(out, " size=%lld", (long long)e->size);
    if (e->recipients > 0 && e->kind != LOG_CLIENT)
        g_string_append_printf(out, " %s=%d", e->kind == LOG_QUEUED ? "recipients" : "times", e->recipients);
    if (e->is_for_open)
        g_string_append(out, " open");
    if (e->is_remote)
        g_string_append(out, " remote");
    if (e->is_relayed)
        g_string_append(out, " relayed");
    if (e->is_last)
        g_string_append(out, " last");
    write_field(out, "code", e->status_code);
    write_field(out, "text", e->text);
}

/* Read a line of a file that begins with `header`. */
static inline GString *read_as(const struct dialect *dialect, struct log_facts *facts, const char *line) {
    GString *out = g_string_new(NULL);
    struct frames frames = {.prefix_len = 0};
    struct log_line framed;
    log_facts_begin(facts);
    facts->stamps = (struct stamps){.now = NOW};
    export_begin(facts);
    facts->last_dialect = dialect;
    frame_take(&frames, &facts->stamps, slice_of(line), &facts->chunk, &framed);
    switch (dialect->read(facts, &framed)) {
    case LINE_NOT_MINE:
        g_string_append(out, "not mine");
        break;
    case LINE_PASSED:
        g_string_append(out, "passed");
        if (facts->kinds.first)
            g_string_append_printf(out, ": %.*s", S(facts->kinds.first->name));
        break;
    case LINE_UNKNOWN:
        g_string_append(out, "unknown");
        break;
    case LINE_EVENT:
        g_string_append(out, facts->unparsed ? "unknown" : "");
        for (size_t i = 0; i < facts->count; i++)
            write_event(out, &facts->events[i]);
    }
    line_kinds_free(&facts->kinds);
    frames_free(&frames);
    return out;
}

/* Each row by itself; `header` is the start of the file, of tables. */
static inline void expect_rows(const struct dialect *dialect, bool wants_stories, const char *header,
                               const struct dialect_row *rows, size_t count) {
    struct log_facts facts = {.wants_stories = wants_stories};
    facts.header = slice_of(header);
    for (size_t i = 0; i < count; i++) {
        GString *actual = read_as(dialect, &facts, rows[i].line);
        expect_text(rows[i].line, (struct slice){actual->str, actual->len}, rows[i].expected);
        g_string_free(actual, TRUE);
    }
    export_free(&facts);
    log_facts_free(&facts);
}

#endif
