/* Any bytes as a log: every dialect, the join, and all formats of the report, which are clean. */
#include "analyze/deliveries/reply_cache.h"
#include "analyze/deliveries/tables.h"
#include "analyze/report/structure_log.h"
#include "analyze/worker.h"
#include "parsers/base/zone.h"
#include "tests/fuzz/hold.h"

#include <unistd.h>

static struct mailwhy_worker *worker;
static char path[64];

static void write_record(void *context, const struct delivery *d) {
    struct log_record record = {d, worker->matcher, "fuzz"};
    g_autoptr(GString) line = g_string_new(NULL);
    worker_write(worker, context, &form_delivery, &record, keep, line);
    hold_json_lines(kept(line));
}

static void ignore_problem(void *context, const char *name, int error, const char *damage) {
    (void)context;
    (void)name;
    (void)error;
    (void)damage;
}

static void write_report(const struct log_summary *summary, GPtrArray *paths,
                         const struct mailwhy_format *format) {
    static struct zone *zone;
    zone = zone ? zone : zone_new_fixed(0);
    g_autoptr(GPtrArray) problems = g_ptr_array_new();
    struct log_tables tables = {.matcher = worker->matcher,
                                .names = paths,
                                .problems = problems,
                                .notes = problems,
                                .zone = zone,
                                .top = 10};
    log_tables_build(&tables, summary, &worker->arena);
    g_autoptr(GString) report = g_string_new(NULL);
    worker_write(worker, format, &form_log, &tables, keep, report);
    if (strcmp(mailwhy_format_name(format), "json") == 0)
        hold_json(kept(report));
    else
        hold_visible(kept(report));
    arena_reset(&worker->arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct mailwhy_options options = {.size = sizeof(struct mailwhy_options), .verbose = true};
    static struct mailwhy *why;
    if (!why) {
        why = mailwhy_new(&options);
        worker = mailwhy_worker_new(why);
        snprintf(path, sizeof path, "/tmp/mailwhy-fuzz-%d", (int)getpid());
    }
    if (!g_file_set_contents(path, (const char *)data, (gssize)size, NULL))
        return 0;
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_ptr_array_add(paths, path);
    struct log_summary summary;
    struct reply_judging judging = {why->set, judged_replies_new()};
    struct reply_judge judge = reply_cache_as_judge(&judging);
    struct log_watcher watcher = {.problem = ignore_problem};
    struct log_options log = {.jobs = 1,
                              .wants_stories = true,
                              .filters = {.since = -1, .until = -1},
                              .judge = &judge,
                              .matcher = worker->matcher,
                              .watcher = &watcher,
                              .delivered = write_record,
                              .context = (void *)mailwhy_format_find("ndjson")};
    log_run(&summary, paths, &log);
    judged_replies_free(judging.judged);
    static const char *const formats[] = {"text", "markdown", "html", "json"};
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        write_report(&summary, paths, mailwhy_format_find(formats[i]));
    log_summary_free(&summary);
    return 0;
}
