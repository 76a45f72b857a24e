/* The second opinion says the same on every machine, with every compiler: what it learns from 1,000 rows, and
 * the scores that it then gives them, are held against tests/opinion/scores.txt. With MAILWHY_UPDATE_SCORES
 * set, that file is written anew: after a change of features or training. */
#include "parsers/rules/opinion.h"

#include "parsers/base/smtp_reply.h"
#include "parsers/base/text.h"
#include "parsers/rules/train.h"
#include "tests/table.h"

#include <glib.h>

#define SCORES "tests/opinion/scores.txt"

static struct rulebase base;
static struct lessons lessons;
static struct opinion_model *model;

static int load(void **state) {
    struct file_errors errors = {.out = stderr};
    const char *const files[] = {"tests/opinion/lessons.tsv"};
    (void)state;
    base = (struct rulebase){0};
    base.lists[RULES_CAUSES] = builtin_rules.lists[RULES_CAUSES]; /* no rules: their examples change */
    lessons_load(&lessons, &base, files, 1, &errors);
    model = train(&lessons, NULL);
    return errors.count ? -1 : 0;
}

static int unload(void **state) {
    (void)state;
    trained_free(model);
    lessons_free(&lessons);
    return 0;
}

/* The verdict and its score, the second one's score, and a hash of the scores of all causes. */
static char *line_of(const struct lesson *lesson, struct arena *arena) {
    struct reply reply;
    int scores[LIMIT_OPINION_CAUSES] = {0};
    uint32_t hash = 1;
    reply_parse(&reply, slice_of(lesson->text), arena);
    struct slice folded = text_fold_case(arena, reply.text);
    struct opinion o = opinion_of(model, reply.code, reply.enhanced, folded, scores);
    for (size_t c = 0; c < model->cause_count; c++)
        hash = hash * 31u + (uint32_t)(scores[c] + 1000000);
    return g_strdup_printf("%s %d %d %08x\n", o.cause ? o.cause : "-", o.score, o.second_score, hash);
}

static void scores_are_the_same_everywhere(void **state) {
    g_autoptr(GString) scores = g_string_new(NULL);
    g_autofree char *stored = NULL;
    struct arena arena = {0};
    (void)state;
    assert_int_equal(lessons.count, 1000);
    for (size_t i = 0; i < lessons.count; i++) {
        g_autofree char *line = line_of(&lessons.list[i], &arena);
        g_string_append(scores, line);
    }
    arena_free(&arena);
    if (g_getenv("MAILWHY_UPDATE_SCORES"))
        assert_true(g_file_set_contents(SCORES, scores->str, (gssize)scores->len, NULL));
    assert_true(g_file_get_contents(SCORES, &stored, NULL, NULL));
    g_auto(GStrv) expected = g_strsplit(stored, "\n", -1);
    g_auto(GStrv) actual = g_strsplit(scores->str, "\n", -1);
    for (size_t i = 0; i < lessons.count && expected[i]; i++)
        expect_text(lessons.list[i].text, slice_of(actual[i]), expected[i]);
    assert_string_equal(scores->str, stored);
}

static void knows_most_of_what_it_learned(void **state) {
    size_t right = 0;
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < lessons.count; i++) {
        g_autofree char *line = line_of(&lessons.list[i], &arena);
        for (size_t c = 0; c < lessons.list[i].cause_count; c++)
            right += g_str_has_prefix(line, lessons.list[i].causes[c]);
    }
    arena_free(&arena);
    assert_in_range(right * 100 / lessons.count, 95, 100);
}

/* What the program holds: in its place, and no larger than it may be. */
static void is_a_small_table(void **state) {
    (void)state;
    assert_in_range(builtin_opinion.cause_count, 40, LIMIT_OPINION_CAUSES);
    size_t bytes = 2 * (size_t)builtin_opinion.first[FEATURE_BUCKETS] +
                   (FEATURE_BUCKETS + 1) * sizeof *builtin_opinion.first;
    assert_in_range(bytes, 100000, 1500000);
    for (size_t c = 0; c < builtin_opinion.cause_count; c++) {
        assert_int_equal(opinion_cause(&builtin_opinion, builtin_opinion.causes[c]), c);
        assert_non_null(rulebase_cause(&builtin_rules, builtin_opinion.causes[c]));
    }
    assert_int_equal(opinion_cause(&builtin_opinion, "moon.full"), builtin_opinion.cause_count);
}

static void says_nothing_of_nothing(void **state) {
    const int status[3] = {0};
    struct opinion o = opinion_of(model, 0, status, SLICE_EMPTY, NULL);
    (void)state;
    assert_null(o.cause);
    o = opinion_of(&(struct opinion_model){0}, 550, status, SLICE("user unknown"), NULL);
    assert_null(o.cause);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_the_same_everywhere),
        cmocka_unit_test(knows_most_of_what_it_learned),
        cmocka_unit_test(is_a_small_table),
        cmocka_unit_test(says_nothing_of_nothing),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
