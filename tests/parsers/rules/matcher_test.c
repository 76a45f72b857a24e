/* Which rules a text, a host and a field's name lead to: over a small rulebase made here, and the built-in
 * one. */
#include "parsers/base/host.h"
#include "parsers/rules/matcher.h"
#include "parsers/rules/rank.h"
#include "parsers/rules/tables.h"
#include "tests/table.h"

#include <glib.h>

static struct arena arena;

static const struct reply_rule replies[] = {
    {.id = "hint",
     .cause = "c",
     .text = (const struct rule_pattern[]){{"full moon", 9}, {NULL, 0}},
     .level = "hint"},
    {.id = "phrase",
     .cause = "c",
     .text = (const struct rule_pattern[]){{"moon is (?<what>\\w+)", 9}, {NULL, 0}}},
    {.id = "exact",
     .cause = "c",
     .text = (const struct rule_pattern[]){{"[0-9]{3}", 3}, {NULL, 0}},
     .level = "exact"},
    {.id = "code", .cause = "c", .code = (const char *const[]){"550", NULL}},
    {.id = "enhanced", .cause = "c", .enhanced = (const char *const[]){"5.1.1", NULL}},
    {.id = "conditions",
     .cause = "c",
     .text = (const struct rule_pattern[]){{"full moon", 9}, {NULL, 0}},
     .code = (const char *const[]){"550", NULL},
     .level = "hint"},
};
static const struct provider providers[] = {
    {.id = "first", .name = "First", .hosts = (const char *const[]){".example.org", "mx.example.net", NULL}},
    {.id = "second",
     .name = "Second",
     .hosts = (const char *const[]){"MX.example.org", ".example.net", NULL}},
    {.id = "third", .name = "Third", .hosts = (const char *const[]){"p#-mta-", "in-", NULL}},
};
static const struct header_rule headers[] = {
    {.id = "one", .field = (const char *const[]){"X-One", "X-Both", NULL}},
    {.id = "two", .field = (const char *const[]){"x-both", NULL}},
    {.id = "site", .field = (const char *const[]){"X-*-Class", NULL}},
    {.id = "longer", .field = (const char *const[]){"X-*-Sent-Class", NULL}},
};

static const void *const reply_items[] = {&replies[0], &replies[1], &replies[2],
                                          &replies[3], &replies[4], &replies[5]};
static const void *const provider_items[] = {&providers[0], &providers[1], &providers[2]};
static const void *const header_items[] = {&headers[0], &headers[1], &headers[2], &headers[3]};
static const struct rulebase base = {
    .lists = {[RULES_REPLIES] = {reply_items, ROWS(reply_items), NULL},
              [RULES_PROVIDERS] = {provider_items, ROWS(provider_items), NULL},
              [RULES_HEADERS] = {header_items, ROWS(header_items), NULL}}};

static struct matcher *m;

static void candidates(void **state) {
    static const struct {
        const char *text, *expected; /* strongest first */
    } rows[] = {
        {"Full Moon", "exact conditions hint "},
        {"the moon is full", "exact phrase "},
        {"nothing", "exact "},
        {"", "exact "},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct candidate *list;
        g_autoptr(GString) ids = g_string_new(NULL);
        size_t count =
            matcher_candidates(m, RULES_REPLIES, match_text(&arena, slice_of(rows[i].text)), &list);
        for (size_t k = 0; k < count; k++)
            g_string_append_printf(ids, "%s ", ((const struct reply_rule *)list[k].entry)->id);
        expect_text(rows[i].text, slice_of(ids->str), rows[i].expected);
    }
    size_t count;
    const struct reply_rule *const *codes = matcher_code_rules(m, &count);
    expect_number("rules without words", (long long)count, 2);
    expect_text("in order", slice_of(codes[0]->id), "code");
}

static void take_id(void *context, const void *entry, const struct rule_pattern *pattern,
                    const struct pattern_match *match) {
    (void)pattern;
    struct slice what = pattern_group(match, "what");
    g_string_append_printf(context, "%s=%.*s ", ((const struct reply_rule *)entry)->id, S(what));
}

static void scans(void **state) {
    g_autoptr(GString) found = g_string_new(NULL);
    (void)state;
    matcher_scan(m, RULES_REPLIES, match_text(&arena, SLICE("moon is made")), take_id, found);
    expect_text("scan", slice_of(found->str), "phrase=made ");
}

/* A text is cut, but not inside a character. */
static void cuts(void **state) {
    GString *text = g_string_new(NULL);
    (void)state;
    while (text->len < LIMIT_MATCH_TEXT + 10)
        g_string_append(text, "\xe2\x82\xac");
    struct match_text cut = match_text(&arena, (struct slice){text->str, text->len});
    expect_number("length", (long long)cut.text.len, LIMIT_MATCH_TEXT / 3 * 3);
    expect_number("folded", (long long)cut.folded.len, (long long)cut.text.len);
    g_string_free(text, TRUE);
}

static void first(void **state) {
    static const struct rule_pattern list[] = {{"moon", 4}, {"sun", 3}, {NULL, 0}};
    struct pattern_match match;
    (void)state;
    assert_true(matcher_first(m, list, SLICE("sun and moon"), &match));
    expect_text("first in the text", match.whole, "sun");
    assert_false(matcher_first(m, list, SLICE("stars"), &match));
    assert_false(matcher_first(m, NULL, SLICE("stars"), &match));
    assert_null(matcher_stopped(m));
}

static void stopped(void **state) {
    static const struct rule_pattern slow = {"(?:a|aa)+$", 1};
    struct pattern_match match;
    (void)state;
    assert_false(matcher_try(
        m, &slow, SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), 0, &match));
    expect_text("which", slice_of(matcher_stopped(m)), slow.regex);
    assert_null(matcher_stopped(m));
}

static void providers_of_hosts(void **state) {
    static const struct {
        const char *host, *id; /* NULL: none */
    } rows[] = {
        {"mx.example.org", "second"}, /* the longest name of several */
        {"MX.Example.Org.", "second"},
        {"example.org", "first"},
        {"badexample.org", NULL},
        {"mx.example.net", "first"},
        {"other.example.net", "second"},
        {"p00-mta-a-12", "third"}, /* without a dot: by how it begins */
        {"P7-MTA-x", "third"},
        {"in-1", "third"},
        {"p00-mta", NULL},
        {"p00-mta-a-12.example.com", NULL},
        {"p0p-mta-a", NULL},
        {"xp0-mta-a", NULL},
        {"a-in-1", NULL},
        {"org", NULL},
        {"", NULL},
        {".", NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct provider *p = matcher_provider_of_host(m, slice_of(rows[i].host));
        expect_text(rows[i].host, slice_of(p ? p->id : NULL), rows[i].id ? rows[i].id : "");
    }
    char longest[300];
    memset(longest, 'a', sizeof longest);
    assert_null(matcher_provider_of_host(m, (struct slice){longest, sizeof longest}));
}

static void header_rules(void **state) {
    static const struct {
        const char *name, *ids;
    } rows[] = {
        {"X-One", "one "}, {"x-both", "one two "},   {"X-BOTH", "one two "},          {"X-None", ""},
        {"", ""},          {"X-Any-Class", "site "}, {"X-Any-Sent-Class", "longer "}, {"X--Class", ""}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) ids = g_string_new(NULL);
        for (const struct header_rule *const *r = matcher_header_rules(m, slice_of(rows[i].name)); r && *r;
             r++)
            g_string_append_printf(ids, "%s ", (*r)->id);
        expect_text(rows[i].name, slice_of(ids->str), rows[i].ids);
    }
}

/* The table of hosts and host_fits_entry agree, for all hosts that the built-in providers name. */
static void agrees_with_host_fits(void **state) {
    struct ruleset *set = ruleset_new(&builtin_rules);
    struct matcher *built_in = matcher_new(set);
    const struct rule_list *list = &builtin_rules.lists[RULES_PROVIDERS];
    (void)state;
    for (size_t i = 0; i < list->count; i++)
        for (const char *const *h = ((const struct provider *)list->items[i])->hosts; h && *h; h++) {
            struct slice host = arena_printf(&arena, "%s%s", **h == '.' ? "mx" : "", *h);
            const struct provider *p = matcher_provider_of_host(built_in, host);
            bool fits = false;
            for (const char *const *e = p ? p->hosts : NULL; e && *e; e++)
                fits |= host_fits_entry(host, slice_of(*e));
            expect_number(*h, fits, true);
        }
    assert_ptr_equal(matcher_rules(built_in), &builtin_rules);
    matcher_free(built_in);
    ruleset_free(set);
}

/* What holds an example of rules/taken.yaml is seen, in any case and at any place; what is usual is not. */
static void glances(void **state) {
    struct ruleset *set = ruleset_new(&builtin_rules);
    struct matcher *built_in = matcher_new(set);
    const struct rule_list *list = &builtin_rules.lists[RULES_TAKEN];
    struct literal_glance glance = matcher_glance(built_in, RULES_TAKEN, SLICE("250 2.0.0 ok: queued as"));
    char text[512];
    (void)state;
    assert_false(glance.is_blind);
    for (size_t i = 0; i < list->count; i++)
        for (const char *const *e = ((const struct taken_rule *)list->items[i])->examples; e && *e; e++)
            for (int before = 0; before < 40; before++) {
                g_snprintf(text, sizeof text, "%*s%s%*s", before, "", *e, before % 19, "");
                expect_number(text, literal_glance(&glance, slice_of(text)), true);
                for (char *c = text; *c; c++)
                    *c = g_ascii_toupper(*c);
                expect_number(text, literal_glance(&glance, slice_of(text)), true);
            }
    static const char *const usual[] = {"", "250", "250 2.0.0 Ok: queued as 4Fq2xR6hLmz9rJ",
                                        "250 2.0.0 OK  1761955725 c083e6e15e452e51.19 - gsmtp"};
    for (size_t i = 0; i < ROWS(usual); i++)
        expect_number(usual[i], literal_glance(&glance, slice_of(usual[i])), false);
    expect_number("beyond ASCII", literal_glance(&glance, SLICE("250 2.0.0 Ok: bloc\xe2\x84\xaa")), true);
    expect_number("without literals",
                  literal_glance(&(struct literal_glance){.is_blind = true}, SLICE("250")), true);
    matcher_free(built_in);
    ruleset_free(set);
}

static void ranks(void **state) {
    static const struct {
        size_t rule;
        enum rule_level level;
        unsigned conditions;
    } rows[] = {{0, LEVEL_HINT, 0}, {1, LEVEL_PHRASE, 0},   {2, LEVEL_EXACT, 0},
                {3, LEVEL_CODE, 1}, {4, LEVEL_ENHANCED, 1}, {5, LEVEL_HINT, 1}};
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        expect_number(replies[rows[i].rule].id, rule_level(&replies[rows[i].rule]), rows[i].level);
        expect_number(replies[rows[i].rule].id, rule_rank(&replies[rows[i].rule]),
                      rows[i].level * 8 + rows[i].conditions);
    }
}

int main(void) {
    struct ruleset *set = ruleset_new(&base);
    m = matcher_new(set);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(candidates),   cmocka_unit_test(scans),
        cmocka_unit_test(cuts),         cmocka_unit_test(first),
        cmocka_unit_test(stopped),      cmocka_unit_test(providers_of_hosts),
        cmocka_unit_test(header_rules), cmocka_unit_test(agrees_with_host_fits),
        cmocka_unit_test(ranks),        cmocka_unit_test(glances),
    };
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    matcher_free(m);
    ruleset_free(set);
    arena_free(&arena);
    return failures;
}
