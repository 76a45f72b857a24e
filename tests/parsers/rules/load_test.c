/* Rule files: what they give, and where and how what is wrong with them is told. */
#include "parsers/base/file_errors.h"
#include "parsers/rules/check.h"
#include "parsers/rules/load.h"
#include "parsers/rules/packed.h"
#include "tests/table.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

static char *path;

/* Loads and checks `text` in front of the built-in rules; what is said, without the name of the file. */
static char *load(const char *text, struct rulebase *base) {
    size_t size;
    char *said;
    FILE *out = open_memstream(&said, &size);
    struct file_errors errors = {.out = out};
    const char *const files[] = {path};
    assert_true(g_file_set_contents(path, text, -1, NULL));
    rulebase_load(base, files, 1, false, &errors);
    rulebase_check(base, &errors);
    fclose(out);
    expect_number(text, errors.count > 0, said[0] != '\0');
    g_auto(GStrv) parts = g_strsplit(said, path, -1);
    free(said);
    return g_strjoinv("FILE", parts);
}

#define REPLY "replies:\n- id: x.y\n  cause: recipient.unknown\n  text: moon\n  examples: [moon]\n"

static void tells(void **state) {
    static const struct {
        const char *text, *expected; /* how what is said begins; empty: nothing is */
    } rows[] = {
        {REPLY, ""},
        {"", ""},
        {"replies: []\n", ""},
        {"replies:\n- id: x.y\n  cause: none.such\n  text: moon\n  examples: [moon]\n",
         "FILE:2:3: no such cause: `none.such`"},
        {REPLY "  level: loud\n", "FILE:2:3: unknown level `loud`; expected one of: phrase, exact"},
        {REPLY "  permanent: perhaps\n", "FILE:2:3: unknown permanence `perhaps`"},
        {REPLY "  fixer: somebody\n", "FILE:2:3: unknown fixer `somebody`"},
        {"replies:\n- id: x.y\n  cause: recipient.unknown\n  examples: [moon]\n",
         "FILE:2:3: this rule asks for nothing"},
        {REPLY "  texts: moon\n",
         "FILE:6:3: unknown key `texts` in replies; expected one of: id, cause, text"},
        {REPLY "  [a]: moon\n", "FILE:6:3: expected a key of replies here"},
        {"replies:\n- id: x.y\n  cause: recipient.unknown\n  text: moon\n",
         "FILE:2:3: this entry of replies has no `examples`"},
        {"replies:\n- id: x.y\n  cause: recipient.unknown\n  text: 'moon('\n  examples: [moon]\n",
         "FILE:4:9: not a valid regular expression: missing closing parenthesis (at its character 6)\n"
         "      text: 'moon('\n            ^"},
        {"replies:\n- id: {a: b}\n  cause: recipient.unknown\n  text: moon\n  examples: [moon]\n",
         "FILE:2:7: expected a text here"},
        {REPLY "  set: list\n", "FILE:6:8: expected `name: value` lines here"},
        {"replies:\n- just text\n", "FILE:2:3: expected an entry of replies: `key: value` lines"},
        {"replies: just text\n", "FILE:1:10: expected a list: lines that begin with `- id: …`"},
        {"just text\n", "FILE:1:1: expected `replies:` or another kind of list"},
        {"answers: []\n", "FILE:1:1: unknown list `answers`; expected one of: causes, replies"},
        {"replies: [\n", "FILE:2:1: not valid YAML: "},
        {REPLY "- id: x.y\n  cause: recipient.unknown\n  text: sun\n  examples: [sun]\n",
         "FILE:6:1: the id `x.y` stands already on line 2"},
        {"formats:\n- id: x\n  recognise: moon\n  kind: letter\n",
         "FILE:2:3: unknown kind `letter`; expected one of: bounce, auto-reply, complaint, challenge"},
        {"formats:\n- id: x\n  recognise: moon\n  outcome: lost\n",
         "FILE:2:3: unknown outcome `lost`; expected one of: failed, delayed, delivered, relayed"},
        {"formats:\n- id: x\n  recognise: moon\n  rank: first\n", "FILE:2:3: unknown rank `first`"},
        {"formats:\n- id: x\n  recognise: moon\n  names: maybe\n",
         "FILE:2:3: unknown word for names `maybe`"},
        {"formats:\n- id: x\n  recognise: moon\n  join: maybe\n", "FILE:2:3: unknown word for join `maybe`"},
        {"headers:\n- id: x\n  field: X-Moon\n  kind: lunar\n  say: moon\n  examples: {X-Moon: y}\n",
         "FILE:2:3: unknown kind `lunar`; expected one of: spam, ham"},
        {"blocklists:\n- id: x\n  name: x\n  cause: none.such\n  who: x\n  lists: x\n",
         "FILE:2:3: no such cause: `none.such`"},
        {"providers:\n- id: gmail\n  advice:\n  - {cause: rate}\n",
         "FILE:4:5: this entry of advice has no `remedy`"},
        {"providers:\n- id: moon-mail\n  page: x\n", "FILE:2:3: this entry of providers has no `name`"},
        {"providers:\n- {id: gmail, page: x}\n- {id: gmail, form: y}\n",
         "FILE:3:1: the id `gmail` stands already on line 2"},
        {"causes:\n- id: x\n  title: x\n  meaning: x\n  fixer: x\n  permanent: x\n  remedy: x\n",
         "FILE:2:3: unknown fixer `x`"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct rulebase base;
        g_autofree char *said = load(rows[i].text, &base);
        size_t len = strlen(rows[i].expected);
        expect_text(rows[i].text, len ? slice_upto(slice_of(said), len) : slice_of(said), rows[i].expected);
        rulebase_free(&base);
    }
}

static const struct reply_rule *find_reply(const struct rulebase *base, const char *id) {
    const struct rule_list *list = &base->lists[RULES_REPLIES];
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(((const struct reply_rule *)rule_list_entry(list, i))->id, id) == 0)
            return rule_list_entry(list, i);
    return NULL;
}

static void reads(void **state) {
    struct rulebase base;
    (void)state;
    g_autofree char *said =
        load("replies:\n- id: x.y\n  cause: recipient.unknown\n  text: ['moon|s(u|a)n|[|]x', 'a\\|b']\n"
             "  code: 550\n  set: {list: moon}\n  examples: [moon, sun]\n",
             &base);
    expect_text("said", slice_of(said), "");
    const struct reply_rule *r = find_reply(&base, "x.y");
    assert_non_null(r);
    static const char *const alternatives[] = {"moon", "s(u|a)n", "[|]x", "a\\|b"};
    for (size_t i = 0; i < ROWS(alternatives); i++)
        expect_text("alternative", slice_of(r->text[i].regex), alternatives[i]);
    assert_null(r->text[ROWS(alternatives)].regex);
    expect_number("weight", r->text[0].weight, 4);
    expect_text("a single text is a list", slice_of(r->code[0]), "550");
    assert_null(r->code[1]);
    expect_text("pair", slice_of(r->set[1]), "moon");
    expect_number("line", r->place.line, 2);
    assert_non_null(rulebase_cause(&base, "recipient.unknown"));
    assert_null(rulebase_cause(&base, "none.such"));
    rulebase_free(&base);
}

/* What a stranger's file may not ask for: how what is said begins, and how many lines it has. */
static void hostile(void **state) {
    static const struct {
        const char *name, *start, *repeated, *end, *expected;
        unsigned times;
        int lines;
    } rows[] = {
        {"lists inside each other", "replies: ", "[", "", "FILE:1:29: not valid YAML: more than 20 lists",
         100000, 3},
        {"entries inside each other", "replies: ", "{a: ", "",
         "FILE:1:86: not valid YAML: more than 20 lists", 100000, 3},
        {"anchors", "replies:\n", "- &a {}\n", "", "FILE:102:3: not valid YAML: more than 100 anchors", 10000,
         3},
        {"aliases", "replies:\n- &a {id: x.y, cause: recipient.unknown, text: moon, examples: [moon]}\n",
         "- *a\n", "", "FILE:2:1: the id `x.y` stands already on line 2\n", 10000, LIMIT_FILE_ERRORS + 1},
        {"aliases of a long list",
         "replies:\n- &a {id: x.y, cause: recipient.unknown, text: &t [moon, sun, moon, sun, "
         "moon, sun, moon, sun, moon, sun, moon, sun, moon, sun], examples: *t, links: *t, remedy: *t}\n",
         "- *a\n", "", "FILE:2:1: the id `x.y` stands already on line 2\n", 10000, LIMIT_FILE_ERRORS + 1},
        {"errors", "replies:\n- id: x.y\n", "  a: b\n", "", "FILE:3:3: unknown key `a` in replies", 10000,
         3 * LIMIT_FILE_ERRORS + 1},
        {"causes", "causes:\n", "- {}\n", "", "FILE:2:3: this entry of causes has no `id`", 6000,
         3 * LIMIT_FILE_ERRORS + 1},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct rulebase base;
        g_autoptr(GString) text = g_string_new(rows[i].start);
        for (unsigned k = 0; k < rows[i].times; k++)
            g_string_append(text, rows[i].repeated);
        g_string_append(text, rows[i].end);
        g_autofree char *said = load(text->str, &base);
        int lines = 0;
        for (const char *c = said; *c; c++)
            lines += *c == '\n';
        expect_text(rows[i].name, slice_upto(slice_of(said), strlen(rows[i].expected)), rows[i].expected);
        expect_number(rows[i].name, lines, rows[i].lines);
        rulebase_free(&base);
    }
}

static void without_files(void **state) {
    struct file_errors errors = {.out = stderr};
    struct rulebase base;
    (void)state;
    rulebase_load(&base, NULL, 0, false, &errors);
    assert_ptr_equal(base.lists[RULES_REPLIES].packed, builtin_rules.lists[RULES_REPLIES].packed);
    rulebase_free(&base);
    rulebase_load(&base, NULL, 0, true, &errors);
    expect_number("no replies", (long long)base.lists[RULES_REPLIES].count, 0);
    expect_number("but causes", (long long)base.lists[RULES_CAUSES].count,
                  (long long)builtin_rules.lists[RULES_CAUSES].count);
    rulebase_free(&base);
}

static void missing(void **state) {
    size_t size;
    char *said;
    FILE *out = open_memstream(&said, &size);
    struct file_errors errors = {.out = out};
    static const char *const files[] = {"/nonexistent/rules.yaml"};
    struct rulebase base;
    (void)state;
    rulebase_load(&base, files, 1, false, &errors);
    fclose(out);
    expect_text("said", slice_of(said), "mailwhy: /nonexistent/rules.yaml: No such file or directory\n");
    free(said);
    rulebase_free(&base);
}

/* Of a built-in provider only what the file says is another's. */
static void lays_over(void **state) {
    static const char text[] = "providers:\n- id: gmail\n  form: https://moon.example/\n  advice:\n"
                               "  - {cause: [rate.limited], remedy: [wait for the moon]}\n"
                               "replies:\n- {id: mailbox-full, links: [https://moon.example/full]}\n"
                               "causes:\n- {id: auth.required, title: Moon}\n";
    struct rulebase base;
    (void)state;
    g_autofree char *said = load(text, &base);
    expect_text("said", slice_of(said), "");
    const int none[3] = {0};
    const struct provider *builtin = rulebase_provider(&builtin_rules, "gmail");
    const struct provider *p = rulebase_provider(&base, "gmail");
    expect_text("what it says", slice_of(p->form), "https://moon.example/");
    expect_text("what it leaves", slice_of(p->page), builtin->page);
    assert_ptr_equal(p->hosts, builtin->hosts);
    expect_text("its advice",
                slice_of(provider_advise(p, "rate.limited", none, SLICE_EMPTY, NULL)->remedy[0]),
                "wait for the moon");
    assert_ptr_equal(provider_advise(p, "recipient.full", none, SLICE_EMPTY, NULL),
                     provider_advise(builtin, "recipient.full", none, SLICE_EMPTY, NULL));
    const struct reply_rule *r = find_reply(&base, "mailbox-full");
    const struct reply_rule *old = find_reply(&builtin_rules, "mailbox-full");
    assert_ptr_equal(r->text, old->text);
    expect_text("link", slice_of(r->links[0]), "https://moon.example/full");
    assert_true(r->place.is_builtin); /* its words are: the second opinion is asked */
    const struct cause *c = rulebase_cause(&base, "auth.required");
    expect_text("title", slice_of(c->title), "Moon");
    assert_ptr_equal(c->checked_by, rulebase_cause(&builtin_rules, "auth.required")->checked_by);
    rulebase_free(&base);
}

/* An entry that has all that it must have takes the place of the other, whole. */
static void replaces(void **state) {
    struct rulebase base;
    (void)state;
    g_autofree char *said = load("providers:\n- {id: gmail, name: Moon Mail}\n", &base);
    expect_text("said", slice_of(said), "");
    assert_null(rulebase_provider(&base, "gmail")->page);
    assert_null(rulebase_provider(&base, "gmail")->advice);
    rulebase_free(&base);
}

int main(void) {
    int fd = g_file_open_tmp("mailwhy-rules-XXXXXX", &path, NULL);
    g_close(fd, NULL);
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells),   cmocka_unit_test(reads),
                                       cmocka_unit_test(hostile), cmocka_unit_test(without_files),
                                       cmocka_unit_test(missing), cmocka_unit_test(lays_over),
                                       cmocka_unit_test(replaces)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    g_unlink(path);
    g_free(path);
    return failures;
}
