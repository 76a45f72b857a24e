/* `mailwhy explain [CAUSE]`: a cause's page, or the list of causes. */
#include "analyze/commands/explain.h"

#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/internal.h"
#include "analyze/report/present_cause.h"

static int explain_causes(struct mailwhy_worker *worker, const struct options *options,
                          struct output *output) {
    const struct rulebase *rules = &worker->why->rules;
    int status = STATUS_OK;
    bool is_first = true;
    for (size_t i = 0; i < options->argument_count; i++) {
        const char *id = options->arguments[i];
        const struct cause *cause = rulebase_cause(rules, id);
        if (!cause || strcmp(cause->id, id) != 0) {
            status =
                usage_error(options->command, "there is no cause `%s`; `mailwhy explain` lists them", id);
            continue;
        }
        if (!is_first)
            mailwhy_separate(options->format, output_write, output);
        is_first = false;
        worker_write(worker, options->format, &form_cause, &(struct cause_page){rules, cause}, output_write,
                     output);
    }
    return status;
}

int command_explain(struct options *options) {
    struct mailwhy *why = options_load(options);
    struct output output;
    if (!why)
        return STATUS_CONFIG;
    struct mailwhy_worker *worker = mailwhy_worker_new(why);
    int status = output_open(&output, options->output) ? STATUS_OK : STATUS_OUTPUT;
    if (status == STATUS_OK) {
        bool is_list = options->argument_count != 1;
        mailwhy_begin(options->format, is_list, output_write, &output);
        if (options->argument_count == 0)
            worker_write(worker, options->format, &form_causes, &why->rules, output_write, &output);
        status = explain_causes(worker, options, &output);
        mailwhy_end(options->format, is_list, output_write, &output);
        status = output_close(&output) ? status : STATUS_OUTPUT;
    }
    mailwhy_worker_free(worker);
    mailwhy_free(why);
    return status;
}
