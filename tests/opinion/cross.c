/* Cross-validation of the second opinion, for curve.py: each provider's rows of rules/examples are judged by
 * a model that learned from everything but that provider's texts and their copies. opinion_cross FILE.tsv...
 * > one line a row: right causes, by the rules alone, ground, by the opinion alone, its lead, the level of
 * the rule that knows the opinion's cause (-1: none does), is that support, by both, confidence, score,
 * source, rule, text. opinion_cross FILE.tsv... --on FILE judges the rows of that file by a model that
 * learned from all of the others. */
#include "analyze/classify/judge.h"
#include "parsers/rules/load.h"
#include "parsers/rules/rank.h"
#include "parsers/rules/train.h"

#include <glib.h>
#include <stdio.h>

#define FOLDS 8

/* The letters alone: copies differ in addresses and numbers. */
static char *letters_of(const char *text) {
    GString *letters = g_string_new(NULL);
    for (; *text; text++)
        if (ascii_is_alpha(*text) || (*text & 0x80))
            g_string_append_c(letters, ascii_lower(*text));
    return g_string_free(letters, FALSE);
}

static guint fold_of(const struct lesson *lesson) {
    return g_str_hash(lesson->source) % FOLDS;
}

struct cross {
    const struct lessons *lessons;
    char **letters;
    bool *leave_out;
    struct matcher *matcher;
    struct arena arena;
};

static void choose(struct cross *x, guint fold) {
    g_autoptr(GHashTable) tested = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < x->lessons->count; i++)
        if (fold_of(&x->lessons->list[i]) == fold)
            g_hash_table_add(tested, x->letters[i]);
    for (size_t i = 0; i < x->lessons->count; i++)
        x->leave_out[i] = g_hash_table_contains(tested, x->letters[i]);
}

static struct judgement judge(struct cross *x, const char *text, const struct opinion_model *model,
                              struct reply *reply) {
    struct recipient told;
    matcher_use_opinion(x->matcher, model);
    attempt_read_text(&told, slice_of(text), SLICE_EMPTY, NULL, x->matcher, &x->arena);
    struct attempt attempt = {.told = &told};
    return attempt_judge(&attempt, reply, x->matcher, &x->arena);
}

static void print_row(struct cross *x, const struct lesson *lesson, const struct opinion_model *model) {
    struct reply reply;
    struct judgement rules = judge(x, lesson->text, NULL, &reply);
    struct situation s = {.reply = &reply};
    struct opinion o = opinion_of(model, reply.code, reply.enhanced, rules.said.folded, NULL);
    const struct cause *cause = rulebase_cause(matcher_rules(x->matcher), o.cause);
    const struct reply_rule *known =
        cause ? classify_as(x->matcher, &s, &rules, cause, &x->arena).rule : NULL;
    bool has_support = doubt_is_support(known, rules.rule);
    struct judgement both = judge(x, lesson->text, model, &reply);
    for (size_t c = 0; c < lesson->cause_count; c++)
        printf("%s%s", c ? "|" : "", lesson->causes[c]);
    printf("\t%s|%s\t%d\t%s\t%d\t%d\t%d\t%s|%s\t%d\t%d\t%s\t%s\t%s\n", rules.cause->id,
           rules.underlying ? rules.underlying->id : "", (int)ground_of(rules.rule, rules.matched), o.cause,
           o.lead, known ? (int)rule_level(known) : -1, has_support, both.cause->id,
           both.underlying ? both.underlying->id : "", (int)both.confidence, both.score, lesson->source,
           rules.rule ? rules.rule->id : "-", lesson->text);
    arena_reset(&x->arena);
}

static void run_fold(struct cross *x, guint fold) {
    choose(x, fold);
    struct opinion_model *model = train(x->lessons, x->leave_out);
    for (size_t i = 0; i < x->lessons->count; i++)
        if (!x->lessons->list[i].is_untried && x->lessons->list[i].step > 1 &&
            fold_of(&x->lessons->list[i]) == fold)
            print_row(x, &x->lessons->list[i], model);
    trained_free(model);
}

static void run_folds(struct cross *x) {
    g_auto(GStrv) letters = g_new0(char *, x->lessons->count + 1);
    g_autofree bool *leave_out = g_new0(bool, x->lessons->count + 1);
    for (size_t i = 0; i < x->lessons->count; i++)
        letters[i] = letters_of(x->lessons->list[i].text);
    x->letters = letters;
    x->leave_out = leave_out;
    for (guint fold = 0; fold < FOLDS; fold++)
        run_fold(x, fold);
}

static void run_on(struct cross *x, const struct lessons *fresh) {
    struct opinion_model *model = train(x->lessons, NULL);
    for (size_t i = 0; i < fresh->count; i++)
        if (!fresh->list[i].is_untried)
            print_row(x, &fresh->list[i], model);
    trained_free(model);
}

int main(int argc, char **argv) {
    struct file_errors errors = {.out = stderr};
    struct rulebase base;
    struct lessons lessons;
    struct lessons fresh = {0};
    bool has_fresh = argc > 2 && strcmp(argv[argc - 2], "--on") == 0;
    int files = has_fresh ? argc - 3 : argc - 1;
    rulebase_load(&base, NULL, 0, false, &errors);
    lessons_load(&lessons, &base, (const char *const *)argv + 1, (size_t)files, &errors);
    if (has_fresh)
        lessons_load(&fresh, &base, (const char *const *)argv + argc - 1, 1, &errors);
    struct ruleset *set = ruleset_new(&base);
    struct cross x = {.lessons = &lessons, .matcher = matcher_new(set)};
    if (has_fresh)
        run_on(&x, &fresh);
    else
        run_folds(&x);
    return errors.count ? 78 : 0;
}
