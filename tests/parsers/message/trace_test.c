/* The trace fields of a header, and what is told where there are too many. */
#include "parsers/message/trace.h"
#include "parsers/rules/tables.h"
#include "tests/table.h"

#include <glib.h>
#include <gmime/gmime.h>

static struct arena arena;
static struct matcher *matcher;

static struct trace read_trace(struct message *message, struct slice header) {
    struct trace trace;
    message_parse(message, header, 1, &arena);
    trace_read(&trace, message, message->fields, matcher);
    return trace;
}

static void reads(void **state) {
    static const char header[] =
        "Return-Path: <alice@example.net>\n"
        "Delivered-To: bob@example.org\n"
        "Received: from a.example (a.example [192.0.2.1]) by b.example; Thu, 1 Jan 2026 "
        "00:00:00 +0000\n"
        "Received: nothing\n"
        "Authentication-Results: b.example; spf=pass; dkim=none\n"
        "ARC-Authentication-Results: i=1; c.example; spf=fail\n"
        "X-Original-Authentication-Results: d.example; spf=neutral\n"
        "Received-SPF: pass (b.example: ok)\n"
        "DKIM-Signature: v=1; d=example.net; s=s1; t=9999999999999; x=12\n"
        "ARC-Message-Signature: i=1; d=example.net; s=s1\n"
        "ARC-Seal: i=1; d=example.net; s=s1; cv=none\n"
        "DKIM-Signature: nothing\n"
        "List-Id: The list <list.example.net>\n"
        "Return-Path: <other@example.net>\n"
        "Delivered-To: other@example.org\n"
        "List-Id: other.example.net\n"
        "ARC-Authentication-Results: i=0; b.example; spf=pass\n"
        "ARC-Authentication-Results: i=x1; b.example; spf=pass\n"
        "ARC-Authentication-Results: b.example; spf=pass\n"
        "From: Alice <alice@example.net>\n"
        "From: other@example.net\n\nbody\n";
    static const char *const methods[] = {"spf", "dkim", "spf", "spf", "spf"};
    static const char *const fields[] = {"Authentication-Results", "Authentication-Results",
                                         "ARC-Authentication-Results", "X-Original-Authentication-Results",
                                         "Received-SPF"};
    static const unsigned lines[] = {5, 5, 6, 7, 8};
    struct message message;
    (void)state;
    struct trace t = read_trace(&message, SLICE(header));
    expect_text("return path", t.return_path, "alice@example.net");
    expect_text("delivered to", t.delivered_to, "bob@example.org");
    expect_number("its position", t.delivered_to_position, 2);
    expect_text("list", t.list_id, "list.example.net");
    expect_text("from", t.from, "alice@example.net");
    expect_number("hops", (long long)t.hop_count, 2);
    expect_number("not understood", t.unread, 1);
    expect_number("line of the second", t.hops->next->line, 4);
    const struct claim *c = t.claims;
    for (size_t i = 0; i < ROWS(methods); i++, c = c->next) {
        expect_text(fields[i], c->method, methods[i]);
        expect_text(fields[i], slice_of(c->field), fields[i]);
        expect_number(fields[i], c->line, lines[i]);
    }
    assert_null(c);
    const struct signature *s = t.signatures;
    expect_number("kind", s->kind, SIGNATURE_DKIM);
    expect_number("a time beyond all years", s->time, -1);
    expect_number("expires", s->expires, 12);
    expect_number("kind", s->next->kind, SIGNATURE_ARC_MESSAGE);
    expect_number("kind", s->next->next->kind, SIGNATURE_ARC_SEAL);
    expect_number("the field without a tag", s->next->next->next == NULL, true);
    assert_null(message.problems.first);
}

/* As many as the limit, and one more. */
static void limits(void **state) {
    static const struct {
        const char *field;
        unsigned count;
        const char *problem; /* how it begins; NULL: none */
    } rows[] = {
        {"Received: from a.example by b.example\n", LIMIT_HOPS, NULL},
        {"Received: from a.example by b.example\n", LIMIT_HOPS + 1, "1001 Received fields"},
        {"Received-SPF: pass\n", LIMIT_CLAIMS, NULL},
        {"Received-SPF: pass\n", LIMIT_CLAIMS + 1, "more than 1000 results"},
        {"Authentication-Results: mx; spf=pass; dkim=pass\n", LIMIT_CLAIMS / 2, NULL},
        {"Authentication-Results: mx; spf=pass; dkim=pass\n", LIMIT_CLAIMS / 2 + 1, "more than 1000 results"},
        {"DKIM-Signature: d=a\n", LIMIT_CLAIMS, NULL},
        {"DKIM-Signature: d=a\n", LIMIT_CLAIMS + 1, "more than 1000 results"},
        {"X-Spam-Flag: YES\n", LIMIT_CLAIMS, NULL},
        {"X-Spam-Flag: YES\n", LIMIT_CLAIMS + 1, "more than 1000 results"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) header = g_string_new(NULL);
        struct message message;
        for (unsigned k = 0; k < rows[i].count; k++)
            g_string_append(header, rows[i].field);
        struct trace t = read_trace(&message, (struct slice){header->str, header->len});
        const struct problem *p = message.problems.first;
        expect_number(rows[i].field, p != NULL, rows[i].problem != NULL);
        if (p)
            expect_text(rows[i].field, slice_upto(p->text, strlen(rows[i].problem)), rows[i].problem);
        size_t kept = 0;
        for (const struct claim *c = t.claims; c; c = c->next)
            kept++;
        expect_number(rows[i].field, kept <= LIMIT_CLAIMS, true);
        arena_reset(&arena);
    }
}

/* One field with more than it may have. */
static void limits_of_a_field(void **state) {
    g_autoptr(GString) header = g_string_new("Authentication-Results: mx");
    struct message message;
    (void)state;
    for (int i = 0; i < 600; i++)
        g_string_append(header, "; spf=pass");
    read_trace(&message, (struct slice){header->str, header->len});
    expect_text("problem", slice_upto(message.problems.first->text, 26), "a field with more than 500");
    expect_number("error", message.problems.first->is_error, false);
}

int main(void) {
    g_mime_init();
    struct ruleset *rules = ruleset_new(&builtin_rules);
    matcher = matcher_new(rules);
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(limits),
                                       cmocka_unit_test(limits_of_a_field)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    matcher_free(matcher);
    ruleset_free(rules);
    arena_free(&arena);
    return failures;
}
