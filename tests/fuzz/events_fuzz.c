/* Any bytes as lines of events that another process wrote, under checks that are right: joined with stories
 * and tries, all formats of the report are clean. */
#include "analyze/deliveries/reply_cache.h"
#include "analyze/deliveries/summary_layout.h"
#include "parsers/base/hash.h"
#include "tests/fuzz/hold_log.h"

#define COLUMNS 4 /* before the event */

static struct mailwhy_worker *worker;
static char path[64];

/* The line with its check (event_lines.h) at its end. */
static void append_checked(GString *out, struct slice line) {
    struct slice event = line;
    uint64_t key = hash_alike(line.ptr, slice_find_char(line, '\t'), 2);
    for (int i = 0; i < COLUMNS; i++)
        event = slice_from(event, slice_find_char(event, '\t') + 1);
    g_string_append_len(out, line.ptr, (gssize)line.len);
    g_string_append_printf(out, "\x1f%08" G_GINT32_MODIFIER "x\n",
                           (uint32_t)hash_alike(event.ptr, event.len, key));
}

static void append_lines(GString *out, struct slice data) {
    while (data.len) {
        size_t len = slice_find_char(data, '\n');
        append_checked(out, slice_upto(data, len));
        data = slice_from(data, len + 1);
    }
}

static void read_events(struct mailwhy *why, struct log_summary *summary, const struct summary_notes *notes,
                        struct reply_judge *judge) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    struct log_watcher watcher = {.problem = ignore_log_problem};
    struct log_options log = {.jobs = 1,
                              .rules = &why->rules,
                              .wants_stories = true,
                              .wants_busiest = true,
                              .keeps_tries = true,
                              .filters = {.since = -1, .until = -1},
                              .judge = judge,
                              .matcher = worker->matcher,
                              .watcher = &watcher,
                              .delivered = hold_log_delivery,
                              .counted = notes,
                              .context = worker};
    g_ptr_array_add(paths, path);
    log_run(summary, paths, &log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct mailwhy *why = hold_log_begin(&worker, path, sizeof path);
    g_autoptr(GString) lines = g_string_new(NULL);
    append_lines(lines, (struct slice){(const char *)data, size});
    if (!g_file_set_contents(path, lines->str, (gssize)lines->len, NULL))
        return 0;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    struct summary_notes notes = {.names = names, .problems = texts, .notes = texts};
    struct log_summary summary;
    struct reply_judging judging = {why->set, judged_replies_new()};
    struct reply_judge judge = reply_cache_as_judge(&judging);
    read_events(why, &summary, &notes, &judge);
    judged_replies_free(judging.judged);
    hold_log_reports(worker, &summary, names, texts);
    log_summary_free(&summary);
    return 0;
}
