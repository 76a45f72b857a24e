/* Any bytes as a log: every dialect, the join, and all formats of the report. */
#include "analyze/deliveries/tables.h"
#include "analyze/internal.h"
#include "tests/fuzz/drop.h"

#include <unistd.h>

static void write_line(void *context, const struct delivery *d) {
    struct mailwhy_worker *worker = context;
    delivery_json(worker->scratch.out, d, worker->matcher, "fuzz", &worker->arena);
    g_string_truncate(worker->scratch.out, 0);
    arena_reset(&worker->arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct medium *const media[] = {&medium_text, &medium_markdown, &medium_html};
    static struct mailwhy *why;
    static struct mailwhy_worker *worker;
    static char path[64];
    if (!worker) {
        worker = mailwhy_worker_new(why = mailwhy_new(NULL, stderr));
        snprintf(path, sizeof path, "/tmp/mailwhy-fuzz-%d", (int)getpid());
    }
    if (!g_file_set_contents(path, (const char *)data, (gssize)size, NULL))
        return 0;
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_ptr_array_add(paths, path);
    struct log_summary summary;
    struct log_options options = {.jobs = 1,
                                  .wants_stories = true,
                                  .filters = {.since = -1, .until = -1},
                                  .sink = write_line,
                                  .context = worker};
    log_run(&summary, why, paths, &options);
    struct log_tables tables = {.matcher = worker->matcher, .names = paths, .top = 10};
    arena_reset(&worker->arena);
    log_tables_build(&tables, &summary, &worker->arena);
    for (size_t i = 0; i < G_N_ELEMENTS(media); i++) {
        struct page page = {.medium = media[i], .out = worker->scratch.out, .width = 80, .verbose = true};
        present_log(&page, &tables, &worker->arena);
        g_string_truncate(worker->scratch.out, 0);
    }
    log_json(worker->scratch.out, &tables, &worker->arena);
    g_string_truncate(worker->scratch.out, 0);
    log_summary_free(&summary);
    return 0;
}
