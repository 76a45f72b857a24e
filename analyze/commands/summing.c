/* The summary of many inputs: see summing.h. */
#include "analyze/commands/summing.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/log.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/log_problems.h"
#include "analyze/log_report.h"
#include "analyze/worker.h"
#include "parsers/log/source.h"

#include <string.h>

void summing_begin(struct summing *sum, const struct options *options, const struct inputs *inputs) {
    *sum = (struct summing){.options = options, .inputs = inputs};
    bool is_for_support = !options->library.reader || strcmp(options->library.reader, "support") == 0;
    sum->is_wanted = options->summary ||
                     (is_for_support && !options->quiet && !mailwhy_format_is_structured(options->format));
    sum->reports.fd = sum->facts.fd = -1;
    sum->logs = g_array_new(FALSE, FALSE, sizeof(size_t));
    if (!sum->is_wanted)
        return;
    bool in_memory = options->command->bit == COMMAND_CGI; /* what a visitor sent is written to no disk */
    spool_open(&sum->facts, in_memory);
    spool_open(&sum->reports, in_memory);
}

void summing_end(struct summing *sum) {
    if (sum->logs)
        g_array_free(sum->logs, TRUE);
    sum->logs = NULL;
    if (!sum->is_wanted)
        return;
    spool_close(&sum->facts);
    spool_close(&sum->reports);
}

void summing_take_facts(void *context, size_t number, const char *bytes, size_t length) {
    struct summing *sum = context;
    struct mail_block block = {number, length};
    spool_write(&sum->facts, (const char *)&block, sizeof block);
    spool_write(&sum->facts, bytes, length);
}

void summing_take_log(void *context, size_t number) {
    g_array_append_val(((struct summing *)context)->logs, number);
}

/* --- the summary --- */

struct summary_call {
    struct summing *sum;
    struct mailwhy_worker *worker;
    struct inputs logs; /* those of the inputs that are */
    int *descriptors;
    struct output *output;
};

static int write_summary(struct summary_call *call) {
    struct summing *sum = call->sum;
    const struct options *o = sum->options;
    struct mail_summary mail = {.inputs = sum->inputs->paths->len - sum->logs->len};
    struct slice facts;
    int error = spool_map(&sum->facts, &facts);
    if (error) {
        complain_of_error("the summary", error);
        return STATUS_OUTPUT;
    }
    mail_summary_read(&mail, facts, &call->worker->why->rules);
    struct log_request request = {.worker = call->worker,
                                  .format = o->format,
                                  .sink = output_write,
                                  .context = call->output,
                                  .paths = call->logs.paths,
                                  .folders = inputs_folders(&call->logs),
                                  .descriptors = call->descriptors,
                                  .filters = o->filters,
                                  .clock = &o->clock,
                                  .has_zone = o->tz != NULL,
                                  .jobs = o->jobs,
                                  .top = o->top,
                                  .hearer = &log_complaints,
                                  .names = sum->inputs->paths,
                                  .mail = &mail,
                                  .is_part = true,
                                  .has_index = !o->summary};
    int status = log_report(&request);
    mail_summary_free(&mail);
    return status;
}

static int by_number(gconstpointer a, gconstpointer b) {
    size_t first = *(const size_t *)a;
    size_t second = *(const size_t *)b;
    return (first > second) - (first < second);
}

/* In the order of the inputs: the processes that saw them end in any. */
static void find_logs(struct summary_call *call) {
    const struct inputs *inputs = call->sum->inputs;
    GArray *logs = call->sum->logs;
    g_array_sort(logs, by_number);
    inputs_init(&call->logs);
    for (guint i = 0; i < logs->len; i++) {
        size_t number = g_array_index(logs, size_t, i);
        size_t folder = inputs_folder(inputs, number);
        g_ptr_array_add(call->logs.paths, g_strdup(inputs->paths->pdata[number]));
        g_array_append_val(call->logs.folders, folder);
    }
}

/* --- the reports --- */

static int write_reports(struct summing *sum, bool has_summary, struct output *output) {
    const struct mailwhy_format *format = sum->options->format;
    if (sum->options->summary || !sum->reports.size)
        return STATUS_OK;
    if (has_summary)
        mailwhy_separate(format, output_write, output);
    int error = spool_copy(&sum->reports, output_write, output);
    if (error)
        output_fail(output, error);
    return error ? STATUS_OUTPUT : STATUS_OK;
}

int summing_finish(struct summing *sum, struct mailwhy_worker *worker, bool has_many, struct output *output) {
    bool has_summary = has_many || sum->options->summary;
    struct summary_call call = {.sum = sum, .worker = worker, .output = output};
    int status = STATUS_OK;
    if (has_summary) {
        inputs_init(&call.logs);
        status = write_summary(&call);
        inputs_free(&call.logs);
    }
    int written = write_reports(sum, has_summary, output);
    return MAX(status, written);
}

static int summarize_apart(void *context) {
    struct summary_call *call = context;
    reading_begin(call->sum->options, SANDBOX_READER);
    return write_summary(call);
}

/* Of the logs alone: no summary is wanted, but they are among what was given. */
static int report_logs(void *context) {
    const struct summary_call *call = context;
    struct mailwhy *why = (struct mailwhy *)call->worker->why;
    why->notice = reading_begin(call->sum->options, SANDBOX_READER);
    struct log_call logs = {.options = call->sum->options,
                            .inputs = &call->logs,
                            .descriptors = call->descriptors,
                            .worker = call->worker,
                            .output = call->output,
                            .is_part = true};
    return log_call_report(&logs);
}

/* `run` reads the logs among the inputs, in another process. */
static int read_logs_apart(struct summary_call *call, int (*run)(void *context), struct output *output) {
    find_logs(call);
    call->descriptors = inputs_open_all(&call->logs);
    int status = reading_collect(call->output, run, call, output_write, output);
    source_close_all(call->descriptors, call->logs.paths->len);
    inputs_free(&call->logs);
    return status;
}

int summing_finish_apart(struct summing *sum, struct mailwhy_worker *worker, bool has_many,
                         struct output *output) {
    bool has_summary = has_many || sum->options->summary;
    struct output closed = OUTPUT_CLOSED;
    struct summary_call call = {.sum = sum, .worker = worker, .output = &closed};
    int status = has_summary ? read_logs_apart(&call, summarize_apart, output) : STATUS_OK;
    int written = write_reports(sum, has_summary, output);
    return MAX(status, written);
}

int summing_report_logs(struct summing *sum, struct mailwhy_worker *worker, bool has_reports,
                        struct output *output) {
    struct output closed = OUTPUT_CLOSED;
    struct summary_call call = {.sum = sum, .worker = worker, .output = &closed};
    if (!sum->logs->len)
        return STATUS_OK;
    if (has_reports)
        mailwhy_separate(sum->options->format, output_write, output);
    return read_logs_apart(&call, report_logs, output);
}
