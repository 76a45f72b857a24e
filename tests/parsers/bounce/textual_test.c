/* The engine for bounces that are only text, with a format made here. */
#include "parsers/bounce/textual.h"
#include "parsers/rules/tables.h"
#include "tests/table.h"

#include <glib.h>

static struct arena arena;
static struct matcher *matcher;

#define PATTERN(regex)                                                                                       \
    (const struct rule_pattern[]) {                                                                          \
        {regex, 1}, {                                                                                        \
            NULL, 0                                                                                          \
        }                                                                                                    \
    }

static const struct phrase phrases[] = {
    {.id = "said", .text = PATTERN("host (?<host>\\S+) \\[(?<ip>[^\\]]+)\\] said: (?<reply>.*)")},
    {.id = "command", .text = PATTERN("in reply to (?<command>RCPT TO)")},
    {.id = "status", .text = PATTERN("status (?<status>\\d\\.\\d\\.\\d)")},
    {.id = "tried", .text = PATTERN("(?<delayed>will be retried)")},
    {.id = "held", .text = PATTERN("(?<held>awaits a moderator)")},
    {.id = "all", .text = PATTERN("(?<all_delivered>all is delivered)|(?<all_relayed>all is relayed)")},
    {.id = "each",
     .text = PATTERN("(?<delivered>in a mailbox)|(?<relayed>relayed to)|(?<expanded>alias expanded)")},
};
static const void *const phrase_items[] = {&phrases[0], &phrases[1], &phrases[2], &phrases[3],
                                           &phrases[4], &phrases[5], &phrases[6]};
static const struct rulebase base = {
    .lists = {[RULES_PHRASES] = {.items = phrase_items, .count = ROWS(phrase_items)}}};

static const struct format ordinary = {.id = "x",
                                       .recipient = PATTERN("^<(?<recipient>\\S+)>:(?<reply> .*)?")};
static const struct format marked = {.id = "x",
                                     .recipient = PATTERN("^to (?<recipient>\\S+)"),
                                     .begin = PATTERN("^Report:$"),
                                     .returned = PATTERN("^-- Copy --$"),
                                     .end = PATTERN("^\\.$"),
                                     .find = PATTERN("because (?<reply>.*)"),
                                     .outcome = "delayed"};
static const struct format without_recipients = {.id = "x"};

static void reads(void **state) {
    static const struct {
        const struct format *format;
        const char *text, *expected; /* address=diagnostic@host[ip]line|, of each recipient */
        enum action action;
        const char *returned;
    } rows[] = {
        {&ordinary, "<a@example.org>:\nhost mx.example.org [192.0.2.1] said: 550 no\n",
         "a@example.org=550 no@mx.example.org[192.0.2.1]1|", ACTION_FAILED, ""},
        {&ordinary, "Hi.\n<a@example.org>: 550 no\n\n<b@example.org>:\nfull\n",
         "a@example.org=@[]2|b@example.org=@[]4|", ACTION_FAILED, ""},
        {&ordinary, "<a@example.org>:\nx\n\nhost mx.example.org [192.0.2.1] said: not of this block\n",
         "a@example.org=@[]1|", ACTION_FAILED, ""},
        {&ordinary, "<a@example.org>:\n<A@EXAMPLE.org>:\n", "a@example.org=@[]1|", ACTION_FAILED, ""},
        {&ordinary, "nobody\n", "", ACTION_FAILED, ""},
        /* the lines of a reply, wherever the pattern ends */
        {&ordinary,
         "<a@example.org>:\nhost mx [192.0.2.1] said: 550-5.7.1 one\n550-5.7.1  two\n550 5.7.1 three\n550 "
         "4\n",
         "a@example.org=550-5.7.1 one\n550-5.7.1  two\n550 5.7.1 three@[192.0.2.1]1|", ACTION_FAILED, ""},
        {&ordinary, "<a@example.org>:\nhost mx [192.0.2.1] said: 550-one\n552 two\n",
         "a@example.org=550-one@[192.0.2.1]1|", ACTION_FAILED, ""},
        {&ordinary, "<a@example.org>:\nhost mx [192.0.2.1] said: 550 one\n550 two\n",
         "a@example.org=550 one@[192.0.2.1]1|", ACTION_FAILED, ""},
        {&ordinary, "<a@example.org>:\nx\n\nMessage will be retried for 4 days\n", "a@example.org=@[]1|",
         ACTION_DELAYED, ""},
        /* what no failure is; of several the one that promises least, and none against a code */
        {&ordinary, "<a@example.org>:\nwill be retried\n\nall is delivered\n", "a@example.org=@[]1|",
         ACTION_DELAYED, ""},
        {&ordinary, "<a@example.org>: 550 no\nwill be retried\n", "a@example.org=@[]1|", ACTION_DELAYED, ""},
        {&ordinary, "It awaits a moderator.\n<a@example.org>:\nx\n", "a@example.org=@[]2|", ACTION_DELAYED,
         ""},
        {&ordinary, "all is relayed\n<a@example.org>:\nx\n", "a@example.org=@[]2|", ACTION_RELAYED, ""},
        {&ordinary, "all is delivered\n<a@example.org>:\nx\n", "a@example.org=@[]2|", ACTION_DELIVERED, ""},
        {&ordinary, "all is delivered\n<a@example.org>:\nrelayed to x\n", "a@example.org=@[]2|",
         ACTION_RELAYED, ""},
        {&ordinary, "<a@example.org>:\nalias expanded\n", "a@example.org=@[]1|", ACTION_EXPANDED, ""},
        {&ordinary, "<a@example.org>:\nin a mailbox\n", "a@example.org=@[]1|", ACTION_DELIVERED, ""},
        {&ordinary, "all is delivered\n<a@example.org>:\nhost mx [192.0.2.1] said: 550 no\n",
         "a@example.org=550 no@[192.0.2.1]2|", ACTION_FAILED, ""},
        {&ordinary, "<a@example.org>:\nhost mx [192.0.2.1] said: 550 alias expanded\n",
         "a@example.org=550 alias expanded@[192.0.2.1]1|", ACTION_FAILED, ""},
        {&ordinary, "in a mailbox\n<a@example.org>:\nx\n", "a@example.org=@[]2|", ACTION_FAILED, ""},
        {&marked, "to nobody\nReport:\nto a@example.org\n\nbecause full\n.\nbecause not\n-- Copy --\nto x\n",
         "a@example.org=full@[]3|", ACTION_DELAYED, "\nto x\n"},
        {&without_recipients, "<a@example.org>:\n", "", ACTION_FAILED, ""},
        {&ordinary, "", "", ACTION_FAILED, ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct bounce b = {.arrival = -1};
        struct slice returned;
        g_autoptr(GString) out = g_string_new(NULL);
        struct slice text = slice_of(rows[i].text);
        struct slice report = format_report(matcher, rows[i].format, text, &returned);
        struct line_counter lines = {text.ptr, 1};
        b.human = report;
        format_read(&b, matcher, rows[i].format, report, line_counter_at(&lines, report.ptr), &arena);
        format_tell_outcome(&b, SLICE_EMPTY, matcher, &arena);
        for (const struct recipient *r = b.recipients; r; r = r->next) {
            g_string_append_printf(out, "%.*s=%.*s@%.*s[%.*s]%u|", S(r->address), S(r->diagnostic),
                                   S(r->host), S(r->ip), r->line);
            expect_number(rows[i].text, r->action, rows[i].action);
        }
        expect_text(rows[i].text, slice_of(out->str), rows[i].expected);
        expect_text(rows[i].text, returned, rows[i].returned);
    }
}

/* Only what is empty is filled, and only with what it can be. */
static void applies_phrases(void **state) {
    struct recipient r = {.host = SLICE("known.example.org")};
    (void)state;
    phrases_apply(&r, matcher, NULL,
                  SLICE("host other.example.org [192.0.2.1] said: 550 no, in reply to RCPT TO, status 5.1.1"),
                  &arena);
    expect_text("host", r.host, "known.example.org");
    expect_text("ip", r.ip, "192.0.2.1");
    expect_text("command", r.command, "RCPT TO");
    expect_number("status", r.status[0] * 100 + r.status[1] * 10 + r.status[2], 511);
    struct recipient bare = {0};
    phrases_apply(&bare, matcher, NULL, SLICE("host localhost [none] said: no"), &arena);
    expect_text("no host", bare.host, "");
    expect_text("no address", bare.ip, "");
    expect_text("reply", bare.diagnostic, "no");
}

int main(void) {
    struct ruleset *set = ruleset_new(&base);
    matcher = matcher_new(set);
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(applies_phrases)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    matcher_free(matcher);
    ruleset_free(set);
    arena_free(&arena);
    return failures;
}
