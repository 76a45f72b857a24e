/* `--log FILE`: what do the inputs ask of the logs? See search_logs.h. */
#include "analyze/commands/search_logs.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/log_problems.h"
#include "analyze/commands/status.h"
#include "analyze/internal.h"
#include "parsers/message/mailbox.h"

struct search_inputs {
    struct mailwhy_worker *worker;
    struct log_search *search;
    const char *name;
};

static void want_message(void *context, struct slice message) {
    const struct search_inputs *w = context;
    struct report report;
    struct mailwhy_input input = {.name = w->name, .bytes = message.ptr, .length = message.len};
    worker_report(w->worker, &input, &report);
    struct slice message_id = report.message.message_id;
    if (!report.verdicts)
        search_want(w->search, report.queue_id, message_id, SLICE_EMPTY);
    for (const struct verdict *v = report.verdicts; v; v = v->next)
        search_want(w->search, report.queue_id, message_id, v->recipient);
    report_verification_close(&report);
}

static int want_file(struct mailwhy_worker *worker, struct log_search *search, const struct inputs *inputs,
                     guint number) {
    struct search_inputs w = {worker, search, inputs->paths->pdata[number]};
    struct input file;
    if (!inputs_can_reopen(inputs, number))
        return STATUS_OK;
    int error = inputs_open(inputs, number, &file);
    if (error) { /* when it is explained, it may be there again */
        g_autofree char *what = g_strdup_printf("the logs are not searched for it: %s", g_strerror(error));
        complain_of(w.name, what);
        return STATUS_NO_INPUT;
    }
    mailbox_each(file.bytes, want_message, &w);
    input_close(&file);
    return STATUS_OK;
}

int search_logs(const struct options *options, struct mailwhy *why, const struct inputs *inputs,
                struct log_search *search) {
    struct mailwhy_worker *worker = mailwhy_worker_new(why);
    int status = STATUS_OK;
    search_init(search);
    for (guint i = 0; i < inputs->paths->len; i++)
        status = MAX(status, want_file(worker, search, inputs, i));
    mailwhy_worker_free(worker);
    struct log_problems problems;
    struct log_watcher watcher = {.problem = log_problems_add, .context = &problems};
    log_problems_init(&problems);
    search_run(search, options->logs, options->jobs, &watcher);
    log_problems_add_no_log(&problems, search->lines, search->known_lines);
    log_problems_print(&problems);
    log_problems_free(&problems);
    why->search = search;
    return MAX(status, problems.status);
}
