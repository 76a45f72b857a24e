/* `mailwhy [FILE|DIR|-]...`: explain every message in the inputs, on several threads, in order. */
#define _GNU_SOURCE
#include "analyze/commands/explain_inputs.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/inputs.h"
#include "analyze/commands/jobs.h"
#include "analyze/commands/load.h"
#include "analyze/commands/log.h"
#include "analyze/commands/output.h"
#include "analyze/commands/search_logs.h"
#include "parsers/log/reader.h"
#include "parsers/message/mailbox.h"

#include <unistd.h>

#define STANDARD_INPUT "standard input"
#define LONG_WORK      2000 /* files from which a terminal is shown how far it is */

struct run {
    const struct options *options;
    struct inputs inputs;
    struct output output;
    bool is_single; /* one input: only when it is read is known whether it is one message or a list */
};

static int explain_one(const struct run *run, struct mailwhy_worker *worker, struct job *job,
                       struct mailwhy_input *input) {
    job_begin_report(job);
    input->is_one_of_several = run->inputs.paths->len > 1;
    return mailwhy_explain(worker, input, run->options->format, job_write, job);
}

static int explain_mbox(const struct run *run, struct mailwhy_worker *worker, struct job *job,
                        const struct input *file, const char *path) {
    struct slice rest = file->bytes;
    unsigned line = 1;
    struct mailwhy_input input = {.name = path};
    struct slice message;
    int status = STATUS_OK;
    while (mbox_next(&rest, &line, &message, &input.first_line)) {
        input.bytes = message.ptr;
        input.length = message.len;
        input.damage = rest.len == 0 ? file->damage : NULL;
        int explained = explain_one(run, worker, job, &input);
        status = MAX(status, explained);
    }
    return status;
}

static int explain_message(const struct run *run, struct mailwhy_worker *worker, struct job *job,
                           const struct input *file, const char *name) {
    struct mailwhy_input input = {.name = name,
                                  .bytes = file->bytes.ptr,
                                  .length = file->bytes.len,
                                  .first_line = 1,
                                  .damage = file->damage};
    if (!input.damage && strcmp(name, STANDARD_INPUT) == 0 && log_is_likely(file->bytes))
        input.damage = "this is a mail log: `mailwhy log` explains it";
    return explain_one(run, worker, job, &input);
}

/* One file; an mbox in it becomes several reports. */
static int explain_file(void *context, struct mailwhy_worker *worker, size_t number, struct job *job) {
    const struct run *run = context;
    const char *path = run->inputs.paths->pdata[number];
    const char *name = strcmp(path, "-") == 0 ? STANDARD_INPUT : path;
    struct input file;
    int status;
    int error = inputs_open(&run->inputs, number, &file);
    bool is_list = !error && is_mbox(file.bytes);
    if (run->is_single)
        mailwhy_begin(run->options->format, is_list, job_write, job);
    if (error) {
        complain_of_error(path, error);
        status = STATUS_NO_INPUT;
    } else if (is_list) {
        status = explain_mbox(run, worker, job, &file, path);
    } else {
        status = explain_message(run, worker, job, &file, name);
    }
    if (run->is_single)
        mailwhy_end(run->options->format, is_list, job_write, job);
    input_close(&file);
    return status;
}

static int explain_files(struct run *run, const struct mailwhy *why) {
    const struct options *o = run->options;
    struct job_plan plan = {
        .count = run->inputs.paths->len,
        .threads = o->jobs,
        .shows_progress = o->progress == 1 ||
                          (o->progress < 0 && run->inputs.paths->len > LONG_WORK && isatty(STDERR_FILENO)),
        .format = o->format,
        .sink = output_write,
        .sink_context = &run->output,
        .why = why,
        .run = explain_file,
        .context = run};
    if (!output_open(&run->output, o->output))
        return STATUS_OUTPUT;
    if (o->pipe)
        output_keep_all(&run->output);
    if (!run->is_single)
        mailwhy_begin(o->format, true, output_write, &run->output);
    int status = jobs_run(&plan);
    if (!run->is_single)
        mailwhy_end(o->format, true, output_write, &run->output);
    return output_close(&run->output) ? status : STATUS_OUTPUT;
}

static int explain_listed(struct run *run, struct options *options) {
    struct log_search search;
    int searched = run->inputs.status;
    struct mailwhy *why = options_load(options);
    if (!why)
        return STATUS_CONFIG;
    if (options->logs->len)
        searched = MAX(searched, search_logs(options, why, &run->inputs, &search));
    int status = explain_files(run, why);
    if (options->logs->len)
        search_free(&search);
    mailwhy_free(why);
    return status == STATUS_OUTPUT ? status : MAX(status, searched);
}

int command_explain_inputs(struct options *options) {
    struct run run = {.options = options};
    inputs_list(&run.inputs, options);
    run.is_single = run.inputs.paths->len == 1 && options->argument_count <= 1;
    bool are_logs = options->argument_count && inputs_are_logs(&run.inputs);
    int status = are_logs ? log_inputs(options, &run.inputs) : explain_listed(&run, options);
    inputs_free(&run.inputs);
    return status;
}
