/* `mailwhy audit --domain D --ip IP --dns FILE`: would mail from D, sent from IP, be trusted? */
#include "analyze/commands/audit.h"

#include "analyze/commands/audit_run.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/internal.h"

struct auditing {
    const struct options *options;
    struct mailwhy *why;
    struct mailwhy_worker *worker;
    struct output output;
};

/* What the records of a domain say is its owner's: they are evaluated in the sandbox. */
static int write_audits(void *context) {
    struct auditing *a = context;
    const struct options *o = a->options;
    struct mailwhy_worker *worker = a->worker;
    size_t count = o->domains->len;
    struct auth_tools after;
    reading_begin_aloud(o);
    if (!mailwhy_read_dns(a->why, stderr))
        return STATUS_CONFIG;
    struct auth_tools tools = worker_tools(worker);
    bool has_after = worker_tools_after(worker, &after);
    struct audit *audits = g_new0(struct audit, count);
    struct audit_list list = {audits, count};
    for (size_t i = 0; i < count; i++)
        audit_run(&audits[i], o, o->domains->pdata[i], &tools, has_after ? &after : NULL, &worker->arena);
    mailwhy_begin(o->format, count > 1, output_write, &a->output);
    worker_write(worker, o->format, &form_audit, &list, output_write, &a->output);
    mailwhy_end(o->format, count > 1, output_write, &a->output);
    for (size_t i = 0; i < count; i++)
        audit_close(&audits[i]);
    g_free(audits);
    return STATUS_OK;
}

static int audit(const struct options *o, struct mailwhy *why) {
    struct auditing a = {.options = o, .why = why};
    if (!output_open(&a.output, o->output))
        return STATUS_OUTPUT;
    reading_prepare();
    a.worker = mailwhy_worker_new(why);
    int status = reading_apart(&a.output, write_audits, &a);
    mailwhy_worker_free(a.worker);
    if (status == STATUS_CONFIG)
        output_drop(&a.output);
    return output_close(&a.output) || status != STATUS_OK ? status : STATUS_OUTPUT;
}

int command_audit(struct options *o) {
    audit_take_own(o);
    int status = audit_check_options(o);
    if (status == STATUS_OK && o->argument_count)
        status = usage_error(o->command, "takes no input, but was given `%s`", o->arguments[0]);
    if (status == STATUS_OK && !o->dns_files->len)
        status = usage_error(o->command, "needs a DNS snapshot: --dns FILE; `mailwhy dns capture --domain … "
                                         "--ip … -o FILE` makes one");
    if (status)
        return status;
    struct mailwhy *why = options_load_unread(o);
    if (!why)
        return STATUS_CONFIG;
    status = audit(o, why);
    mailwhy_free(why);
    return status;
}
