/* `--log FILE`: what do the inputs ask of the logs, and what do these say? See search_logs.h. */
#include "analyze/commands/search_logs.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/commands/survey.h"
#include "analyze/deliveries/story_bytes.h"
#include "analyze/log_problems.h"
#include "analyze/worker.h"
#include "parsers/log/source.h"

/* --- the inputs --- */

struct wanting {
    struct mailwhy_worker *worker;
    const char *name;
    GString *wants;
};

static void want_message(const struct wanting *w, struct slice message) {
    struct report report;
    struct mailwhy_input input = {
        .size = sizeof(struct mailwhy_input), .name = w->name, .bytes = message.ptr, .length = message.len};
    worker_report(w->worker, &input, &report);
    struct slice message_id = report.message.message_id;
    if (report.feedback && report.feedback->kind == FEEDBACK_DMARC)
        want_sent_write(w->wants, report.feedback->policy.domain, report.feedback->begin,
                        report.feedback->end);
    else if (!report.verdicts)
        want_write(w->wants, report.queue_id, message_id, SLICE_EMPTY);
    for (const struct verdict *v = report.verdicts; v; v = v->next)
        want_write(w->wants, report.queue_id, message_id, v->recipient);
    report_verification_close(&report);
}

static void want_file(void *context, struct mailwhy_worker *worker, const char *name,
                      const struct input *file, GString *found) {
    struct wanting w = {worker, name, found};
    (void)context;
    want_message(&w, file->bytes);
}

/* --- the logs --- */

struct searching {
    const struct options *options;
    struct inputs logs;
    struct slice wants;
    const int *descriptors; /* of the logs */
    const struct redaction *redaction;
    struct output output;
};

static int search_apart(void *context) {
    struct searching *s = context;
    struct log_search search;
    struct log_problems problems;
    struct log_watcher watcher = {
        .problem = log_problems_add, .context = &problems, .repeated = log_problems_add_repeat};
    g_autoptr(GString) found = g_string_new(NULL);
    reading_begin(s->options, SANDBOX_READER);
    search_init(&search);
    wants_read(&search, s->wants);
    log_problems_init(&problems, &log_complaints, s->redaction);
    search_run(&search, s->logs.paths, s->descriptors, s->options->jobs, &s->options->clock, &watcher);
    log_problems_add_no_log(&problems, search.lines, search.known_lines, NULL);
    log_problems_print(&problems);
    stories_write(&search, found);
    output_write(&s->output, found->str, found->len);
    return problems.status;
}

/* Standard input gives either an input or a log. */
static bool is_named_twice(const struct options *options, const struct inputs *inputs) {
    unsigned count = 0;
    for (guint i = 0; i < inputs->paths->len; i++)
        count += strcmp(inputs->paths->pdata[i], "-") == 0;
    unsigned of_inputs = MIN(count, 1);
    for (guint i = 0; i < options->logs->len; i++)
        of_inputs += strcmp(options->logs->pdata[i], "-") == 0;
    return of_inputs > 1;
}

int search_logs(const struct options *options, struct mailwhy *why, struct inputs *inputs, GString *stories) {
    g_autoptr(GString) wants = g_string_new(NULL);
    struct searching s = {.options = options, .output = OUTPUT_CLOSED};
    if (is_named_twice(options, inputs))
        return usage_error(options->command,
                           "standard input cannot be read both as an input and as a log (--log -)");
    inputs_keep(options, inputs);
    struct survey survey = {.options = options,
                            .why = why,
                            .inputs = inputs,
                            .read = want_file,
                            .take = output_append,
                            .context = wants,
                            .trouble = "the logs are not searched for it"};
    int surveyed = survey_run(&survey);
    inputs_list_logs(&s.logs, options);
    inputs_keep(options, &s.logs); /* they are read twice */
    int *descriptors = inputs_open_all(&s.logs);
    s.descriptors = descriptors;
    s.wants = (struct slice){wants->str, wants->len};
    s.redaction = why->options.redact ? &why->redaction : NULL;
    int status = reading_collect(&s.output, search_apart, &s, output_append, stories);
    source_close_all(descriptors, s.logs.paths->len);
    inputs_free(&s.logs);
    return MAX(status, surveyed);
}
