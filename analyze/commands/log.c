/* `mailwhy log FILE...`: what became of every recipient, why, and what to mend first. */
#define _GNU_SOURCE
#include "analyze/commands/log.h"

#include "analyze/commands/inputs.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/deliveries/tables.h"
#include "analyze/internal.h"

#include <unistd.h>

#define LONG_WORK (50 << 20) /* bytes of input from which a terminal is shown how far it is */

struct writing_log {
    const struct mailwhy_format *format;
    struct output *output;
    GString *line;
    struct mailwhy_worker *worker;
    GPtrArray *names;
};

/* Lines are many and short: they are passed on in pieces. */
static void append(void *context, const char *bytes, size_t length) {
    struct writing_log *w = context;
    g_string_append_len(w->line, bytes, (gssize)length);
    if (w->line->len < 65536)
        return;
    output_write(w->output, w->line->str, w->line->len);
    g_string_truncate(w->line, 0);
}

static void write_delivery(void *context, const struct delivery *d) {
    struct writing_log *w = context;
    struct log_record record = {d, w->worker->matcher,
                                d->file < w->names->len ? w->names->pdata[d->file] : NULL};
    worker_write(w->worker, w->format, &form_delivery, &record, append, w);
}

static void write_summary(const struct options *options, const struct log_summary *summary, GPtrArray *names,
                          struct writing_log *w) {
    struct log_tables tables = {
        .matcher = w->worker->matcher, .names = names, .top = options->top ? options->top : 10};
    log_tables_build(&tables, summary, &w->worker->arena);
    worker_write(w->worker, w->format, &form_log, &tables, append, w);
}

static bool has_filters(const struct log_filters *f) {
    return f->sender || f->recipient || f->queue_id || f->message_id;
}

static int run_log(struct options *options, const struct mailwhy *why, GPtrArray *paths) {
    struct output output;
    struct log_summary summary;
    if (!output_open(&output, options->output))
        return STATUS_OUTPUT;
    struct writing_log w = {.format = options->format,
                            .output = &output,
                            .line = g_string_new(NULL),
                            .worker = mailwhy_worker_new(why),
                            .names = paths};
    bool is_lines = options->format->is_records;
    struct log_options log = {.jobs = options->jobs,
                              .wants_stories = is_lines || has_filters(&options->filters),
                              .shows_progress =
                                  options->progress == 1 || (options->progress < 0 && isatty(STDERR_FILENO)),
                              .filters = options->filters,
                              .sink = is_lines ? write_delivery : NULL,
                              .context = &w};
    mailwhy_begin(options->format, false, append, &w);
    log_run(&summary, why, paths, &log);
    if (!is_lines)
        write_summary(options, &summary, paths, &w);
    mailwhy_end(options->format, false, append, &w);
    output_write(&output, w.line->str, w.line->len);
    for (guint i = 0; i < summary.problems->len; i++)
        fprintf(stderr, "mailwhy: %s\n", (const char *)summary.problems->pdata[i]);
    int status = summary.status;
    log_summary_free(&summary);
    g_string_free(w.line, TRUE);
    mailwhy_worker_free(w.worker);
    return output_close(&output) ? status : STATUS_OUTPUT;
}

int command_log(struct options *options) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    struct mailwhy *why = options_load(options);
    if (!why)
        return STATUS_CONFIG;
    inputs_list(options, paths);
    int status = run_log(options, why, paths);
    mailwhy_free(why);
    return status;
}
