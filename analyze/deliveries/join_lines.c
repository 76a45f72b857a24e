#include "analyze/deliveries/join_lines.h"

#include "analyze/deliveries/event_lines.h"
#include "analyze/deliveries/line_files.h"
#include "analyze/deliveries/summary_read.h"
#include "parsers/rules/pattern.h"

struct lines {
    struct join *join;
    struct log_summary *summary;
    const struct log_options *options;
    void *judge; /* NULL: nothing is judged */
    struct arena texts;
    GHashTable *files; /* names → their place among the names + 1 */
    GString *last;     /* the line before */
    uint64_t repeated; /* lines that were there twice */
};

static unsigned file_number(struct lines *lines, struct slice file) {
    GPtrArray *names = lines->options->counted->names;
    g_autofree char *name = g_strndup(file.ptr, file.len);
    gpointer number = g_hash_table_lookup(lines->files, name);
    if (number)
        return GPOINTER_TO_UINT(number) - 1;
    g_ptr_array_add(names, g_strdup(name));
    g_hash_table_insert(lines->files, g_strdup(name), GUINT_TO_POINTER(names->len));
    return names->len - 1;
}

/* A piece that is given twice stands there twice, line by line, once it is sorted. */
static bool is_repeated(struct lines *lines, struct slice line) {
    bool is_same = slice_equal(line, (struct slice){lines->last->str, lines->last->len});
    lines->repeated += is_same;
    if (!is_same)
        g_string_overwrite_len(g_string_truncate(lines->last, 0), 0, line.ptr, (gssize)line.len);
    return is_same;
}

static void join_read(struct lines *lines, struct event_line *read) {
    const struct log_options *options = lines->options;
    struct judged_event judged = {.event = &read->event, .line = read->line};
    judged.file = options->wants_stories ? file_number(lines, read->file) : 0;
    judged.class = lines->judge ? reply_judge_event(options->judge, lines->judge, &read->event) : NULL;
    lines->summary->pieces.events.read++;
    lines->summary->pieces.events.read_sum += read->check;
    join_event(lines->join, &judged);
}

static bool join_line(void *context, struct slice line) {
    struct lines *lines = context;
    struct event_line read;
    if (is_repeated(lines, line))
        return true;
    bool is_sense = event_line_read(&read, line, &lines->texts);
    if (is_sense && read.counted.len)
        is_sense = summary_read(lines->summary, lines->options->counted, read.counted);
    else if (is_sense)
        join_read(lines, &read);
    arena_reset(&lines->texts);
    return is_sense;
}

static void report_problem(void *context, const char *path, int error, const char *damage) {
    const struct log_watcher *watcher = ((const struct lines *)context)->options->watcher;
    watcher->problem(watcher->context, path, error, damage);
}

static void note_repeats(const struct lines *lines) {
    GPtrArray *notes = lines->options->counted->notes;
    if (lines->repeated && notes)
        g_ptr_array_add(notes, g_strdup_printf("%" G_GUINT64_FORMAT
                                               " lines of events are there twice: they are counted once",
                                               lines->repeated));
}

void join_lines(struct join *join, struct log_summary *summary, GPtrArray *paths,
                const struct log_options *options) {
    const struct reply_judge *judge = options->judge;
    struct lines lines = {.join = join, .summary = summary, .options = options};
    struct line_files files = {paths,          options->folders, options->descriptors,
                               report_problem, join_line,        &lines};
    lines.files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    lines.judge = judge ? judge->begin(judge->context) : NULL;
    lines.last = g_string_new(NULL);
    line_files_read(&files, false);
    join_end(join); /* what is open points to what the judge gave */
    note_repeats(&lines);
    g_string_free(lines.last, TRUE);
    if (judge)
        judge->end(lines.judge);
    pattern_thread_end();
    g_hash_table_destroy(lines.files);
    arena_free(&lines.texts);
}
