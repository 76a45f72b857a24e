/* What the second opinion learns from: see lessons.h. */
#include "parsers/rules/lessons.h"

#include "parsers/base/input.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/base/text.h"
#include "parsers/rules/packed.h"

#include <glib.h>

#define STEP_REPLY   2 /* somebody got it, or a provider says that one gets it */
#define STEP_PROGRAM 1 /* stands in a program's source, in whatever language */
#define STEP_WORDING 3 /* nobody sent it: it is there for its words alone, and seldom met with others */

enum column {
    COLUMN_TEXT,
    COLUMN_CAUSE,
    COLUMN_PROVIDER,
    COLUMN_LANGUAGE,
    COLUMN_SOURCE,
    COLUMN_HOW,
    COLUMN_SEEN,
    COLUMNS
};

struct reading {
    struct arena *arena;
    const struct rulebase *base;
    struct file_errors *errors;
    GArray *list; /* struct lesson */
};

/* What may be a reply's cause: what a report says of itself is told by its form, not by words. */
static bool is_taught(const char *cause) {
    return !g_str_has_prefix(cause, "notice.") && !g_str_has_prefix(cause, "unknown.");
}

static void read_features(struct lesson *lesson, struct arena *arena) {
    struct reply reply;
    uint16_t buckets[FEATURES_MOST];
    reply_parse(&reply, slice_of(lesson->text), arena);
    struct slice folded = text_fold_case(arena, reply.text);
    struct wording wording;
    lesson->feature_count = features_of(reply.code, reply.enhanced, folded, buckets, &wording);
    lesson->words = wording.identity;
    struct slice bytes = {(const char *)buckets, lesson->feature_count * sizeof *buckets};
    uint16_t *features = arena_alloc(arena, bytes.len + 1);
    memcpy(features, buckets, bytes.len);
    lesson->features = features;
}

static void add_lesson(struct reading *r, struct lesson lesson) {
    if (lesson.cause_count == 0)
        return;
    read_features(&lesson, r->arena);
    g_array_append_val(r->list, lesson);
}

static void add_rule(struct reading *r, const struct reply_rule *rule) {
    const char *source = rule->written_by ? rule->written_by : rule->provider ? rule->provider[0] : rule->id;
    if (!is_taught(rule->cause) || (rule->taught && strcmp(rule->taught, "no") == 0))
        return;
    for (const char *const *e = rule->examples; e && *e; e++)
        add_lesson(r, (struct lesson){.text = *e,
                                      .causes = {rule->cause},
                                      .cause_count = 1,
                                      .is_untried = true,
                                      .step = STEP_REPLY,
                                      .source = source});
}

static void complain(struct reading *r, const char *file, size_t line, const char *what, const char *word) {
    if (file_errors_add(r->errors))
        fprintf(r->errors->out, "%s:%zu:1: %s %s\n", file, line, what, word);
}

static void add_row(struct reading *r, const char *file, size_t line, char **columns) {
    bool is_program = strcmp(columns[COLUMN_HOW], "source-code") == 0;
    bool is_wording = strcmp(columns[COLUMN_HOW], "wording") == 0;
    bool is_known = strcmp(columns[COLUMN_PROVIDER], "?") != 0;
    struct lesson lesson = {
        .text = arena_string(r->arena, slice_of(columns[COLUMN_TEXT])),
        .is_untried = is_wording,
        .step = is_program   ? STEP_PROGRAM
                : is_wording ? STEP_WORDING
                             : STEP_REPLY,
        .source = arena_string(r->arena, slice_of(columns[is_known ? COLUMN_PROVIDER : COLUMN_SOURCE]))};
    g_auto(GStrv) causes = g_strsplit(columns[COLUMN_CAUSE], "|", LESSON_MOST_CAUSES);
    for (char **id = causes; *id; id++) {
        const struct cause *cause = rulebase_cause(r->base, *id);
        if (!cause)
            complain(r, file, line, "no such cause:", *id);
        else if (is_taught(cause->id))
            lesson.causes[lesson.cause_count++] = cause->id;
    }
    add_lesson(r, lesson);
}

static void read_file(struct reading *r, const char *file) {
    struct input input;
    if (input_open(&input, file) != 0) {
        complain(r, file, 1, "cannot be read:", file);
        return;
    }
    struct slice rest = input.bytes;
    struct slice line;
    for (size_t number = 1; slice_next_line(&rest, &line); number++) {
        if (!line.len || line.ptr[0] == '#')
            continue;
        g_autofree char *copy = g_strndup(line.ptr, line.len);
        g_auto(GStrv) columns = g_strsplit(copy, "\t", COLUMNS + 1);
        if (g_strv_length(columns) != COLUMNS || !*columns[COLUMN_SOURCE] || !*columns[COLUMN_SEEN])
            complain(r, file, number, "expected text, cause, provider, language, source, how, seen in",
                     "columns");
        else
            add_row(r, file, number, columns);
    }
    input_close(&input);
}

void lessons_load(struct lessons *lessons, const struct rulebase *base, const char *const *files,
                  size_t count, struct file_errors *errors) {
    *lessons = (struct lessons){0};
    struct reading r = {&lessons->arena, base, errors, g_array_new(FALSE, FALSE, sizeof(struct lesson))};
    for (size_t i = 0; i < base->lists[RULES_REPLIES].count; i++)
        add_rule(&r, rule_list_entry(&base->lists[RULES_REPLIES], i));
    for (size_t i = 0; i < count; i++)
        read_file(&r, files[i]);
    lessons->count = r.list->len;
    lessons->list = (struct lesson *)(void *)g_array_free(r.list, FALSE);
}

void lessons_free(struct lessons *lessons) {
    g_free(lessons->list);
    arena_free(&lessons->arena);
    *lessons = (struct lessons){0};
}
