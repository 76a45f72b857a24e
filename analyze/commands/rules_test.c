/* `mailwhy rules test [FILE...]`: of the rules alone, whatever the second opinion says, every example is
 * judged by its own one, and no counter-example is. */
#include "analyze/commands/rules_test.h"

#include "analyze/classify/taken.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/verdict/build_pasted.h"
#include "analyze/worker.h"
#include "parsers/base/filled.h"
#include "parsers/base/shown_name.h"
#include "parsers/log/export_example.h"
#include "parsers/message/field_notes.h"
#include "parsers/rules/packed.h"

struct testing {
    struct mailwhy_worker *worker;
    size_t examples, failures;
    GString *text; /* what is printed */
};

/* Add a line, clean whatever the rule file holds. Takes the text. */
static void add_line(struct testing *t, const char *indent, char *line) {
    g_autofree char *shown = shown_name(line);
    g_string_append_printf(t->text, "%s%s\n", indent, shown);
    g_free(line);
}

static void report_failure(struct testing *t, const struct reply_rule *rule, const char *example,
                           const char *what, const struct reply_rule *winner) {
    t->failures++;
    g_autofree char *by = !winner ? g_strdup("")
                                  : g_strdup_printf(" (won by %s, %s:%u: %s)", winner->id, winner->place.file,
                                                    winner->place.line, winner->cause);
    add_line(t, "",
             g_strdup_printf("%s:%u: %s: %s%s", rule->place.file, rule->place.line, rule->id, what, by));
    add_line(t, "    ", g_strdup(example));
}

static const struct reply_rule *judge_text(struct testing *t, const struct reply_rule *rule,
                                           const char *example, struct verdict *v) {
    struct slice text = slice_of(example);
    arena_reset(&t->worker->arena);
    if (rule->software || rule->reporter) { /* such a rule needs to be told who reports */
        struct reply reply;
        struct situation s = {.reply = &reply,
                              .software = rule->software ? rule->software[0] : NULL,
                              .reporter = slice_of(rule->reporter ? rule->reporter[0] : "")};
        reply_parse(&reply, text, &t->worker->arena);
        struct judgement j = classify(t->worker->matcher, &s, reply.text, &t->worker->arena);
        *v = (struct verdict){.rule = j.rule, .cause = j.cause, .underlying = j.underlying};
        return j.rule;
    }
    verdict_of_reply(v, text, t->worker->matcher, &t->worker->arena);
    return v->rule;
}

static void test_rule(struct testing *t, const struct reply_rule *rule) {
    struct verdict v;
    for (const char *const *e = rule->examples; e && *e; e++) {
        t->examples++;
        const struct reply_rule *winner = judge_text(t, rule, *e, &v);
        bool is_expired =
            strcmp(rule->cause, "queue.expired") == 0 && strcmp(v.cause->id, "queue.expired") == 0;
        if (winner != rule && !is_expired)
            report_failure(t, rule, *e, winner ? "another rule is stronger" : "no rule matches this example",
                           winner);
    }
    for (const char *const *e = rule->not_examples; e && *e; e++) {
        t->examples++;
        if (judge_text(t, rule, *e, &v) == rule)
            report_failure(t, rule, *e, "this counter-example is matched", NULL);
    }
}

static const struct field_note *read_example(struct testing *t, const struct header_rule *rule,
                                             const char *example) {
    struct slice field = slice_of(example);
    size_t colon = slice_find_char(field, ':');
    struct field_note *notes = NULL;
    arena_reset(&t->worker->arena);
    field_notes_read(&notes, slice_upto(field, colon), slice_from(field, colon + 1), t->worker->matcher,
                     &t->worker->arena);
    while (notes && notes->rule != rule)
        notes = notes->next;
    return notes;
}

static void fail_header(struct testing *t, const struct header_rule *rule, const char *example,
                        const char *what, struct slice text) {
    t->failures++;
    add_line(t, "",
             g_strdup_printf("%s:%u: %s: %s: %.*s", rule->place.file, rule->place.line, rule->id, what,
                             (int)text.len, text.ptr ? text.ptr : ""));
    add_line(t, "    ", g_strdup(example));
}

static void test_header(struct testing *t, const struct header_rule *rule) {
    for (const char *const *e = rule->examples; e && e[0] && e[1]; e += 2) {
        const struct field_note *note = read_example(t, rule, e[0]);
        t->examples++;
        if (!note)
            fail_header(t, rule, e[0], "the example is not matched", SLICE_EMPTY);
        else if (!slice_equal(filled_plain(&t->worker->arena, note->text), slice_of(e[1])))
            fail_header(t, rule, e[0], "the example gives", filled_plain(&t->worker->arena, note->text));
    }
    for (const char *const *e = rule->not_examples; e && *e; e++) {
        t->examples++;
        if (read_example(t, rule, *e))
            fail_header(t, rule, *e, "this counter-example is matched", SLICE_EMPTY);
    }
}

static void fail_export(struct testing *t, const struct export_kind *kind, const char *example,
                        struct slice read) {
    struct slice line;
    t->failures++;
    add_line(
        t, "",
        g_strdup_printf("%s:%u: %s: the example is read as:", kind->place.file, kind->place.line, kind->id));
    while (slice_next_line(&read, &line))
        add_line(t, "    ", g_strdup_printf("%.*s", S(line)));
    for (struct slice rest = slice_of(example); slice_next_line(&rest, &line);)
        add_line(t, "    ", g_strdup_printf("%.*s", S(line)));
}

static void test_export(struct testing *t, const struct rulebase *rules, const struct export_kind *kind) {
    for (const char *const *e = kind->examples; *e; e++) {
        struct arena *arena = &t->worker->arena;
        arena_reset(arena);
        t->examples++;
        struct slice read = export_example_read(rules, kind, *e, arena);
        if (!slice_equal(read, export_example_wanted(*e, arena)))
            fail_export(t, kind, *e, read);
    }
}

static const struct taken_rule *taken_by(struct testing *t, const char *example) {
    struct slice text = slice_of(example);
    arena_reset(&t->worker->arena);
    return taken_rule_of(t->worker->matcher, match_text(&t->worker->arena, text));
}

static void test_taken(struct testing *t, const struct taken_rule *rule) {
    const char *const *const lists[] = {rule->examples, rule->not_examples};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        for (const char *const *e = lists[i]; e && *e; e++) {
            t->examples++;
            if ((taken_by(t, *e) == rule) == (i == 0))
                continue;
            t->failures++;
            add_line(t, "",
                     g_strdup_printf("%s:%u: %s: %s", rule->place.file, rule->place.line, rule->id,
                                     i ? "this counter-example is matched" : "the example is not its own"));
            add_line(t, "    ", g_strdup(*e));
        }
}

static bool is_from(const struct options *options, const struct rule_place *place) {
    for (size_t i = 0; i < options->argument_count; i++)
        if (strcmp(options->arguments[i], place->file) == 0)
            return true;
    return options->argument_count == 0;
}

int rules_test(struct options *options) {
    for (size_t i = 0; i < options->argument_count; i++)
        g_ptr_array_add(options->rule_files, (gpointer)options->arguments[i]);
    struct mailwhy *why = options_load(options);
    if (!why)
        return STATUS_CONFIG;
    g_autoptr(GString) text = g_string_new(NULL);
    struct testing t = {.worker = mailwhy_worker_new(why), .text = text};
    matcher_use_opinion(t.worker->matcher, NULL);
    const struct rule_list *list = &why->rules.lists[RULES_REPLIES];
    size_t tested = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct reply_rule *rule = rule_list_entry(list, i);
        if (!is_from(options, &rule->place))
            continue;
        test_rule(&t, rule);
        tested++;
    }
    list = &why->rules.lists[RULES_HEADERS];
    for (size_t i = 0; i < list->count; i++) {
        const struct header_rule *rule = list->items[i];
        if (!is_from(options, &rule->place))
            continue;
        test_header(&t, rule);
        tested++;
    }
    list = &why->rules.lists[RULES_EXPORTS];
    for (size_t i = 0; i < list->count; i++) {
        const struct export_kind *kind = list->items[i];
        if (!is_from(options, &kind->place))
            continue;
        test_export(&t, &why->rules, kind);
        tested++;
    }
    list = &why->rules.lists[RULES_TAKEN];
    for (size_t i = 0; i < list->count; i++) {
        const struct taken_rule *rule = list->items[i];
        if (!is_from(options, &rule->place))
            continue;
        test_taken(&t, rule);
        tested++;
    }
    g_string_append_printf(t.text, "%zu rules, %zu examples, %zu failures\n", tested, t.examples, t.failures);
    mailwhy_worker_free(t.worker);
    mailwhy_free(why);
    if (!output_whole(NULL, text->str, text->len))
        return STATUS_OUTPUT;
    return t.failures ? STATUS_CONFIG : STATUS_OK;
}
