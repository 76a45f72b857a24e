/* Fields put in words, by rules made here. rules/headers.yaml has its own examples (mailwhy rules test). */
#include "parsers/message/field_notes.h"
#include "parsers/rules/tables.h"
#include "tests/table.h"

static struct arena arena;

static const struct header_rule headers[] = {
    {.id = "score",
     .field = (const char *const[]){"X-Score", NULL},
     .find = (const struct rule_pattern[]){{"(?<value>[\\d.]+) of (?<most>\\d+)", 4}, {NULL, 0}},
     .kind = "points",
     .say = "scored {value}, most is {most}{none}"},
    {.id = "code",
     .field = (const char *const[]){"X-Code", NULL},
     .find = (const struct rule_pattern[]){{"c(?<code>\\d)", 1}, {NULL, 0}},
     .kind = "filter",
     .say = "{meaning}!",
     .values = (const char *const[]){"1", "one", "2", "two", NULL}},
    {.id = "whole",
     .field = (const char *const[]){"X-Whole", NULL},
     .kind = "handling",
     .say = "it says {value}"},
    {.id = "has",
     .field = (const char *const[]){"X-Has", NULL},
     .has = (const char *const[]){"moon", "sun", NULL},
     .kind = "handling",
     .say = "shines"},
    {.id = "verdict",
     .field = (const char *const[]){"X-Verdict", NULL},
     .find = (const struct rule_pattern[]){{"^(?<score>-?[\\d.]+)(?:/(?<required>[\\d.]+))?", 4}, {NULL, 0}},
     .each = (const struct rule_pattern[]){{"(?<name>[A-Z]{2,})(?:=(?<points>-?[\\d.]+))?", 4}, {NULL, 0}},
     .kind = "verdict",
     .say = "points"},
    {.id = "veiled",
     .field = (const char *const[]){"X-Veiled", NULL},
     .find = (const struct rule_pattern[]){{"^Vade", 4}, {NULL, 0}},
     .each = (const struct rule_pattern[]){{"(?<name>[A-Za-z-]+) \\((?<points>\\d+)\\)", 4}, {NULL, 0}},
     .decode = "vade",
     .kind = "filter",
     .say = "{value}"},
};
static const void *const items[] = {&headers[0], &headers[1], &headers[2],
                                    &headers[3], &headers[4], &headers[5]};
static const struct rulebase base = {.lists = {[RULES_HEADERS] = {.items = items, .count = ROWS(items)}}};

static void reads(void **state) {
    struct ruleset *set = ruleset_new(&base);
    struct matcher *m = matcher_new(set);
    static const struct {
        const char *field, *raw, *text, *value; /* text NULL: no note */
    } rows[] = {
        {"X-Score", " 3.5 of 5\n", "scored 3.5, most is 5", "3.5"},
        {"x-score", "none", NULL, ""},
        {"X-Code", "c2", "two!", "c2"},
        {"X-Code", "c3", "3!", "c3"},
        {"X-Whole", "=?utf-8?Q?=C3=A4?= b", "it says \xc3\xa4 b", "\xc3\xa4 b"},
        {"X-Has", "full MOON", "shines", "full MOON"},
        {"X-Has", "stars", NULL, ""},
        {"X-None", "moon", NULL, ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct field_note *list = NULL;
        struct field_note **end =
            field_notes_read(&list, slice_of(rows[i].field), slice_of(rows[i].raw), m, &arena);
        expect_number(rows[i].raw, list != NULL, rows[i].text != NULL);
        assert_ptr_equal(end, list ? &list->next : &list);
        if (!list)
            continue;
        expect_text(rows[i].raw, list->text, rows[i].text);
        expect_text(rows[i].raw, list->value, rows[i].value);
        expect_text(rows[i].raw, list->field, rows[i].field);
    }
    matcher_free(m);
    ruleset_free(set);
}

/* What kind of verdict it is, and the filter's rules with their points in hundredths. */
static void judges(void **state) {
    struct ruleset *set = ruleset_new(&base);
    struct matcher *m = matcher_new(set);
    static const struct {
        const char *field, *raw, *kind, *rules;
    } rows[] = {
        {"X-Verdict", "5.0/5 AB=4.998 CD", "spam", "AB=500 CD=- "},
        {"X-Verdict", "4.99/5 AB=-1", "ham", "AB=-100 "},
        {"X-Verdict", "-1/5", "ham", ""},
        {"X-Verdict", "7", "filter", ""},
        {"X-Veiled",
         "gggruggvucftvghtrhhoucdtuddrgedtuddrieehgddufeeiucetufdoteggodetrfdotffvucfrrhhofhhilhgvmecuqf\n "
         "ggjfdpvefjgfevmfevgfenuceurghilhhouhhtmecufedttdenucgorfhhihhshhhinhhgqdfkphfpvghtfihorhhkucdlfedtt"
         "d"
         "dm",
         "filter", "Phishing-IpNetwork=30000 "},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct field_note *note = NULL;
        struct slice rules = SLICE("");
        field_notes_read(&note, slice_of(rows[i].field), slice_of(rows[i].raw), m, &arena);
        assert_non_null(note);
        for (const struct filter_rule *r = note->filter_rules; r; r = r->next) {
            struct slice points = r->has_points ? arena_printf(&arena, "%d", r->points) : SLICE("-");
            rules = arena_printf(&arena, "%.*s%.*s=%.*s ", (int)rules.len, rules.ptr, (int)r->name.len,
                                 r->name.ptr, (int)points.len, points.ptr);
        }
        expect_text(rows[i].raw, slice_of(note->kind), rows[i].kind);
        expect_text(rows[i].raw, rules, rows[i].rules);
    }
    matcher_free(m);
    ruleset_free(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(judges)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
