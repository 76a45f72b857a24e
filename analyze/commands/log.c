/* `mailwhy log FILE...`: what became of every recipient, why, and what to fix first. */
#define _GNU_SOURCE
#include "analyze/commands/log.h"

#include "analyze/classify/known_near.h"
#include "analyze/commands/complain.h"
#include "analyze/commands/load.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/deliveries/event_keys.h"
#include "analyze/log_pieces.h"
#include "analyze/log_report.h"
#include "analyze/worker.h"
#include "parsers/log/source.h"
#include "parsers/rules/packed.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Once a second, on one line that is written again and again. */
static void show_progress(void *context, double share) {
    time_t now = time(NULL);
    time_t *shown = context;
    if (share < 0)
        fputs("\r\033[K", stderr);
    if (share < 0 || now == *shown)
        return;
    *shown = now;
    fprintf(stderr, "\r[%-30.*s] %3d %%", (int)(share * 30), "##############################",
            (int)(share * 100));
}

static bool is_nothing_open(const struct log_call *call) {
    for (guint i = 0; i < call->inputs->paths->len; i++)
        if (call->descriptors[i] >= 0)
            return false;
    return true;
}

/* There is nothing to report on. */
static int complain_of_all(const struct log_call *call) {
    for (guint i = 0; i < call->inputs->paths->len; i++)
        complain_of_input_error(call->inputs->paths->pdata[i], -call->descriptors[i]);
    output_drop(call->output);
    return STATUS_NO_INPUT;
}

int log_call_report(const struct log_call *call) {
    const struct options *o = call->options;
    bool shows_progress = o->progress == 1 || (o->progress < 0 && isatty(STDERR_FILENO));
    time_t shown = 0;
    struct log_request request = {.worker = call->worker,
                                  .format = o->format,
                                  .sink = output_write,
                                  .context = call->output,
                                  .paths = call->inputs->paths,
                                  .folders = inputs_folders(call->inputs),
                                  .descriptors = call->descriptors,
                                  .held = call->held,
                                  .filters = o->filters,
                                  .clock = &o->clock,
                                  .has_zone = o->tz != NULL,
                                  .lines = o->lines,
                                  .jobs = o->jobs,
                                  .top = o->top,
                                  .stage = o->stage,
                                  .open = call->open,
                                  .pieces = call->pieces,
                                  .progress = shows_progress ? show_progress : NULL,
                                  .progress_context = &shown,
                                  .hearer = &log_complaints,
                                  .is_part = call->is_part,
                                  .status = call->inputs->status};
    return log_report(&request);
}

/* The process enters the sandbox here. */
static int enter_and_report(void *context) {
    struct log_call *call = context;
    struct mailwhy *why = (struct mailwhy *)call->worker->why;
    why->notice = reading_begin(call->options, SANDBOX_READER);
    return log_call_report(call);
}

/* STATUS_OK, or why the file of keys cannot be used, which was said. */
static int read_open_keys(const struct options *options, struct open_keys *open) {
    g_autofree char *lines = NULL;
    gsize len = 0;
    if (!options->stage.open)
        return STATUS_OK;
    if (!g_file_get_contents(options->stage.open, &lines, &len, NULL)) {
        complain_of_input_error(options->stage.open, errno);
        return STATUS_NO_INPUT;
    }
    if (open_keys_read(open, (struct slice){lines, len}))
        return STATUS_OK;
    return usage_error(options->command, "%s is no file of keys and shares", options->stage.open);
}

static int run_log(struct options *options, const struct mailwhy *why, const struct inputs *inputs,
                   const GArray *pieces) {
    struct output output;
    if (!output_open(&output, options->output))
        return STATUS_OUTPUT;
    int *descriptors = inputs_open_all(inputs);
    struct open_keys open = {.keys = NULL};
    struct log_call call = {options,
                            inputs,
                            descriptors,
                            mailwhy_worker_new(why),
                            &output,
                            SLICE_EMPTY,
                            options->stage.open ? &open : NULL,
                            pieces,
                            false};
    int status = read_open_keys(options, &open);
    if (status != STATUS_OK)
        output_drop(&output);
    else if (is_nothing_open(&call))
        status = complain_of_all(&call);
    else
        status = reading_apart(&output, enter_and_report, &call);
    open_keys_free(&open);
    mailwhy_worker_free(call.worker);
    source_close_all(descriptors, inputs->paths->len);
    return output_close(&output) || output.is_dropped || status == STATUS_BUG ? status : STATUS_OUTPUT;
}

int log_check_cause(const struct options *options, const struct mailwhy *why) {
    const char *wanted = options->filters.cause;
    if (!wanted || rulebase_has_cause(&why->rules, wanted))
        return STATUS_OK;
    g_autofree char *near = known_suggestion(&why->rules, slice_of(wanted), true);
    return usage_error(options->command, "there is no cause `%s`%s", wanted, near);
}

static int log_pieces(struct options *options, const struct inputs *inputs, const GArray *pieces) {
    struct mailwhy *why = options_load(options);
    if (!why)
        return STATUS_CONFIG;
    int status = log_check_cause(options, why);
    if (status == STATUS_OK)
        status = run_log(options, why, inputs, pieces);
    mailwhy_free(why);
    return status;
}

int log_inputs(struct options *options, const struct inputs *inputs) {
    return log_pieces(options, inputs, NULL);
}

/* STATUS_OK, or why the file of pieces cannot be used, which was said. */
static int read_pieces(const struct options *options, struct log_pieces *pieces) {
    char *bytes = NULL;
    gsize len = 0;
    if (options->argument_count)
        return usage_error(options->command, "--pieces names what is read: no inputs go with it");
    if (!g_file_get_contents(options->stage.pieces, &bytes, &len, NULL)) {
        complain_of_input_error(options->stage.pieces, errno);
        return STATUS_NO_INPUT;
    }
    if (log_pieces_read(pieces, bytes, len))
        return STATUS_OK;
    return usage_error(options->command, "%s does not say which pieces of logs are read",
                       options->stage.pieces);
}

static int read_and_log_pieces(struct options *options) {
    struct log_pieces pieces = {.pieces = NULL};
    struct inputs inputs;
    inputs_init(&inputs);
    int status = read_pieces(options, &pieces);
    for (guint i = 0; status == STATUS_OK && pieces.pieces && i < pieces.pieces->len; i++)
        g_ptr_array_add(inputs.paths, g_strdup(g_array_index(pieces.pieces, struct log_piece, i).path));
    g_array_set_size(inputs.folders, inputs.paths->len);
    if (status == STATUS_OK)
        status = log_pieces(options, &inputs, pieces.pieces);
    inputs_free(&inputs);
    log_pieces_free(&pieces);
    return status;
}

int command_log(struct options *options) {
    struct inputs inputs;
    if (options->stage.pieces)
        return read_and_log_pieces(options);
    inputs_list(&inputs, options);
    int status = log_inputs(options, &inputs);
    inputs_free(&inputs);
    return status;
}
