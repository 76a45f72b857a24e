/* Cross-validation of the second opinion, for curve.py: each provider's rows of rules/examples are judged by
 * a model that learned from everything but that provider's texts and their copies. opinion_cross FILE.tsv...
 * > one line a row: right causes, by the rules alone, ground, by the opinion alone, its lead, the level of
 * the rule that knows the opinion's cause (-1: none does), is that support, by both, confidence, score,
 * source, rule, text. opinion_cross FILE.tsv... --on FILE judges the rows of that file by a model that
 * learned from all of the others. opinion_cross FILE.tsv... --proven prints the rules that were right on
 * every row that they won, of three and more and of two sources. Which rules are proven is found anew for
 * each fold, from the rows of the others. `both` is what `mailwhy reply` says. */
#include "analyze/classify/judge.h"
#include "analyze/verdict/build_pasted.h"
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
    struct reply_rule **won; /* the rule that wins each row by itself; NULL: none, or it is not tried */
    bool *is_right;
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

static bool names_cause(const struct lesson *lesson, const struct cause *cause) {
    for (size_t c = 0; cause && c < lesson->cause_count; c++)
        if (strcmp(lesson->causes[c], cause->id) == 0)
            return true;
    return false;
}

static bool is_tried(const struct lesson *lesson) {
    return !lesson->is_untried && lesson->step > 1;
}

/* What the rules alone say of each row. */
static void try_rules(struct cross *x) {
    for (size_t i = 0; i < x->lessons->count; i++) {
        const struct lesson *lesson = &x->lessons->list[i];
        struct reply reply;
        x->won[i] = NULL;
        if (!is_tried(lesson))
            continue;
        struct judgement rules = judge(x, lesson->text, NULL, &reply);
        x->won[i] = rules.matched.len ? (struct reply_rule *)(uintptr_t)rules.rule : NULL;
        x->is_right[i] = names_cause(lesson, rules.cause) || names_cause(lesson, rules.underlying);
        arena_reset(&x->arena);
    }
}

#define LEAST_ROWS    3
#define LEAST_SOURCES 2

/* Rules that are right on all rows that count. */
static void prove(struct cross *x) {
    struct tally {
        size_t rows, sources;
        const char *source;
        bool is_wrong;
    };
    g_autoptr(GHashTable) tallies = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    for (size_t i = 0; i < x->lessons->count; i++) {
        if (!x->won[i])
            continue;
        struct tally *t = g_hash_table_lookup(tallies, x->won[i]);
        if (!t)
            g_hash_table_insert(tallies, x->won[i], t = g_new0(struct tally, 1));
        x->won[i]->proven = NULL;
        if (x->leave_out[i])
            continue;
        t->rows++;
        t->sources += !t->source || strcmp(t->source, x->lessons->list[i].source) != 0;
        t->source = x->lessons->list[i].source;
        t->is_wrong |= !x->is_right[i];
    }
    GHashTableIter all;
    gpointer rule, tally;
    g_hash_table_iter_init(&all, tallies);
    while (g_hash_table_iter_next(&all, &rule, &tally)) {
        const struct tally *t = tally;
        bool is_proven = !t->is_wrong && t->rows >= LEAST_ROWS && t->sources >= LEAST_SOURCES;
        ((struct reply_rule *)rule)->proven = is_proven ? "yes" : NULL;
    }
}

static void print_proven(struct cross *x) {
    g_autoptr(GHashTable) printed = g_hash_table_new(NULL, NULL);
    prove(x);
    for (size_t i = 0; i < x->lessons->count; i++)
        if (x->won[i] && x->won[i]->proven && g_hash_table_add(printed, x->won[i]))
            puts(x->won[i]->id);
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
    struct verdict both;
    matcher_use_opinion(x->matcher, model);
    verdict_of_reply(&both, slice_of(lesson->text), x->matcher, &x->arena);
    for (size_t c = 0; c < lesson->cause_count; c++)
        printf("%s%s", c ? "|" : "", lesson->causes[c]);
    printf("\t%s|%s\t%d\t%s\t%d\t%s\t%d\t%s|%s\t%d\t%d\t%s\t%s\t%s\n", rules.cause->id,
           rules.underlying ? rules.underlying->id : "", (int)ground_of(rules.rule, rules.matched.len),
           o.cause, o.lead, o.second, has_support, both.cause->id, both.underlying ? both.underlying->id : "",
           (int)both.confidence, both.score, lesson->source, rules.rule ? rules.rule->id : "-", lesson->text);
    arena_reset(&x->arena);
}

static void run_fold(struct cross *x, guint fold) {
    choose(x, fold);
    prove(x);
    struct opinion_model *model = train(x->lessons, x->leave_out);
    for (size_t i = 0; i < x->lessons->count; i++)
        if (is_tried(&x->lessons->list[i]) && fold_of(&x->lessons->list[i]) == fold)
            print_row(x, &x->lessons->list[i], model);
    trained_free(model);
}

static void run_folds(struct cross *x) {
    for (guint fold = 0; fold < FOLDS; fold++)
        run_fold(x, fold);
}

static void run_on(struct cross *x, const struct lessons *fresh) {
    prove(x);
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
    bool wants_proven = strcmp(argv[argc - 1], "--proven") == 0;
    int files = has_fresh ? argc - 3 : wants_proven ? argc - 2 : argc - 1;
    rulebase_load(&base, NULL, 0, false, &errors);
    lessons_load(&lessons, &base, (const char *const *)argv + 1, (size_t)files, &errors);
    if (has_fresh)
        lessons_load(&fresh, &base, (const char *const *)argv + argc - 1, 1, &errors);
    struct ruleset *set = ruleset_new(&base);
    g_auto(GStrv) letters = g_new0(char *, lessons.count + 1);
    g_autofree bool *leave_out = g_new0(bool, lessons.count + 1);
    g_autofree bool *is_right = g_new0(bool, lessons.count + 1);
    g_autofree struct reply_rule **won = g_new0(struct reply_rule *, lessons.count + 1);
    for (size_t i = 0; i < lessons.count; i++)
        letters[i] = letters_of(lessons.list[i].text);
    struct cross x = {&lessons, letters, leave_out, won, is_right, matcher_new(set), {0}};
    try_rules(&x);
    if (wants_proven)
        print_proven(&x);
    else if (has_fresh)
        run_on(&x, &fresh);
    else
        run_folds(&x);
    arena_free(&x.arena);
    matcher_free(x.matcher);
    ruleset_free(set);
    lessons_free(&lessons);
    lessons_free(&fresh);
    return errors.count ? 78 : 0;
}
