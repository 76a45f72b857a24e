/* `mailwhy [FILE|DIR|-]...`: explain every message in the inputs. One input is read by this process, several
 * by a crew of processes; both are in a sandbox by then. */
#include "analyze/commands/explain_inputs.h"

#include "analyze/commands/explain_several.h"
#include "analyze/commands/explain_single.h"
#include "analyze/commands/load.h"
#include "analyze/commands/log.h"
#include "analyze/commands/reading_apart.h"

static int explain_all(struct explain_run *run) {
    const struct options *o = run->options;
    bool is_single = run->inputs.paths->len == 1 && o->argument_count <= 1;
    bool is_mail = is_single && (o->pipe || !inputs_are_mailbox(o, &run->inputs));
    if (!output_open(&run->output, o->output))
        return STATUS_OUTPUT;
    if (o->pipe)
        output_keep_all(&run->output);
    int status = is_mail ? reading_apart(&run->output, explain_single, run) : explain_several(run);
    if (status == STATUS_CONFIG || (status == STATUS_NO_INPUT && output_is_empty(&run->output)))
        output_drop(&run->output);
    return output_close(&run->output) || status == STATUS_BUG || status == STATUS_CONFIG ? status
                                                                                         : STATUS_OUTPUT;
}

static int explain_listed(struct explain_run *run) {
    struct options *options = run->options;
    run->why = options_load_unread(options);
    if (!run->why)
        return STATUS_CONFIG;
    int searched = log_check_cause(options, run->why);
    searched = MAX(searched, run->inputs.status);
    if (searched != STATUS_USAGE && (options->logs->len || options->given_logs)) {
        run->stories = g_string_new(NULL);
        int found = search_logs(options, run->why, &run->inputs, run->stories);
        searched = MAX(searched, found);
    }
    int status = searched == STATUS_USAGE ? searched : explain_all(run);
    if (run->stories)
        g_string_free(run->stories, TRUE);
    mailwhy_free(run->why);
    return status == STATUS_OUTPUT ? status : MAX(status, searched);
}

int command_explain_inputs(struct options *options) {
    struct explain_run run = {.options = options};
    inputs_list(&run.inputs, options);
    bool is_single = run.inputs.paths->len == 1 && options->argument_count <= 1;
    bool are_named = options->argument_count || options->given;
    bool are_logs = are_named && !is_single && inputs_are_logs(options, &run.inputs);
    int status = are_logs ? log_inputs(options, &run.inputs) : explain_listed(&run);
    inputs_free(&run.inputs);
    return status;
}
