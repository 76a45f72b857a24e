/* The contest of formats: over a rulebase made here. */
#include "parsers/bounce/recognise.h"
#include "parsers/rules/format_words.h"
#include "parsers/rules/tables.h"
#include "tests/table.h"

#include <glib.h>
#include <gmime/gmime.h>

static struct arena arena;

#define PATTERN(regex)                                                                                       \
    (const struct rule_pattern[]) {                                                                          \
        {regex, sizeof(regex) - 1}, {                                                                        \
            NULL, 0                                                                                          \
        }                                                                                                    \
    }

static const struct format formats[] = {
    {.id = "moon", .recognise = PATTERN("moon")},
    {.id = "full-moon", .recognise = PATTERN("full moon")},
    {.id = "moon-and-sun", .recognise = PATTERN("moon"), .also = PATTERN("sun")},
    {.id = "a-moon", .recognise = PATTERN("moon")},
    {.id = "subject", .recognise = PATTERN("^Subject: moon$")},
    {.id = "last", .recognise = PATTERN("stars"), .rank = "last"},
    {.id = "answer", .recognise = PATTERN("a long vacation, a long vacation"), .kind = "auto-reply"},
    {.id = "challenge", .recognise = PATTERN("confirm"), .kind = "challenge"},
    {.id = "complaint", .recognise = PATTERN("abusive"), .kind = "complaint"},
    {.id = "hidden", .recognise = PATTERN("passed over")},
};

static void recognises(void **state) {
    const void *items[ROWS(formats)];
    struct rulebase base = {.lists = {[RULES_FORMATS] = {.items = items, .count = ROWS(formats)}}};
    static const struct {
        const char *message, *bounces, *notice;
    } rows[] = {
        {"A: b\n\nfull moon\n", "full-moon a-moon moon ", ""},
        {"A: b\n\nmoon and sun\n", "moon-and-sun a-moon moon ", ""},
        {"A: b\n\nfull moon and sun\n", "moon-and-sun full-moon a-moon moon ", ""},
        {"Subject: moon\n\nfull sun\n", "moon-and-sun subject a-moon moon ", ""},
        {"A: b\n\nmoon and stars\n", "a-moon moon ", ""},
        {"A: b\n\nstars\n", "last ", ""},
        {"A: b\n\na long vacation, a long vacation\n", "", "answer"},
        {"A: b\n\na long vacation, a long vacation; confirm\n", "", "challenge"},
        {"A: b\n\nconfirm, abusive\n", "", "challenge"},
        {"A: b\n\nmoon, confirm\n", "a-moon moon ", "challenge"},
        {"Received: passed over\n\nx\n", "", ""},
        {"", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(formats); i++)
        items[i] = &formats[i];
    struct ruleset *set = ruleset_new(&base);
    struct matcher *matcher = matcher_new(set);
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct message m;
        g_autoptr(GString) ids = g_string_new(NULL);
        message_parse(&m, slice_of(rows[i].message), 1, &arena);
        struct recognised found = format_recognise(matcher, &m, part_text(&m, m.parts), &arena);
        for (const struct format **f = found.bounces; *f; f++)
            g_string_append_printf(ids, "%s ", (*f)->id);
        expect_text(rows[i].message, slice_of(ids->str), rows[i].bounces);
        expect_text(rows[i].message, slice_of(found.notice ? found.notice->id : NULL), rows[i].notice);
    }
    matcher_free(matcher);
    ruleset_free(set);
}

static void words(void **state) {
    static const struct {
        struct format format;
        enum format_kind kind;
        enum action action;
        bool is_last;
        enum format_joins joins;
        bool names_others;
    } rows[] = {
        {{.id = "none"}, FORMAT_BOUNCE, ACTION_FAILED, false, FORMAT_JOINS_NOTHING, false},
        {{.id = "unknown", .kind = "x", .outcome = "x", .rank = "x", .join = "x", .names = "x"},
         FORMAT_BOUNCE,
         ACTION_FAILED,
         false,
         FORMAT_JOINS_NOTHING,
         false},
        {{.id = "all",
          .kind = "challenge",
          .outcome = "relayed",
          .rank = "last",
          .join = "yes",
          .names = "others"},
         FORMAT_CHALLENGE,
         ACTION_RELAYED,
         true,
         FORMAT_JOINS_REPORT,
         true},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct format *f = &rows[i].format;
        expect_number(f->id, format_kind(f), rows[i].kind);
        expect_number(f->id, format_action(f), rows[i].action);
        expect_number(f->id, format_is_last(f), rows[i].is_last);
        expect_number(f->id, format_joins(f), rows[i].joins);
        expect_number(f->id, format_names_others(f), rows[i].names_others);
    }
}

int main(void) {
    g_mime_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(recognises), cmocka_unit_test(words)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
