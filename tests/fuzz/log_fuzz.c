/* Any bytes as a log: every dialect, the join, and all formats of the report, which are clean. */
#include "analyze/deliveries/reply_cache.h"
#include "tests/fuzz/hold_log.h"

static struct mailwhy_worker *worker;
static char path[64];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct mailwhy *why = hold_log_begin(&worker, path, sizeof path);
    if (!g_file_set_contents(path, (const char *)data, (gssize)size, NULL))
        return 0;
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_autoptr(GPtrArray) problems = g_ptr_array_new();
    g_ptr_array_add(paths, path);
    struct log_summary summary;
    struct reply_judging judging = {why->set, judged_replies_new()};
    struct reply_judge judge = reply_cache_as_judge(&judging);
    struct log_watcher watcher = {.problem = ignore_log_problem};
    struct log_options log = {.jobs = 1,
                              .wants_stories = true,
                              .filters = {.since = -1, .until = -1},
                              .judge = &judge,
                              .matcher = worker->matcher,
                              .watcher = &watcher,
                              .delivered = hold_log_delivery,
                              .context = worker};
    log_run(&summary, paths, &log);
    judged_replies_free(judging.judged);
    hold_log_reports(worker, &summary, paths, problems);
    log_summary_free(&summary);
    return 0;
}
