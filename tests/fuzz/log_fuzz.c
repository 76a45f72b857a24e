/* Any bytes as a log: every dialect, the join, and all formats of the report, which are clean. */
#include "analyze/deliveries/reply_cache.h"
#include "tests/fuzz/hold_log.h"

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
    g_autoptr(GPtrArray) problems = g_ptr_array_new();
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
    hold_log_reports(worker, &summary, paths, problems);
    log_summary_free(&summary);
    return 0;
}
