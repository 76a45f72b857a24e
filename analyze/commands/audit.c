/* `mailwhy audit --domain D --ip IP --dns FILE`: would mail from D, sent from IP, be trusted? */
#include "analyze/commands/audit.h"

#include "analyze/commands/audit_run.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/internal.h"

static int write_audits(const struct options *o, const struct audit *audits, size_t count,
                        struct mailwhy_worker *worker) {
    struct output output;
    struct audit_list list = {audits, count};
    if (!output_open(&output, o->output))
        return STATUS_OUTPUT;
    mailwhy_begin(o->format, count > 1, output_write, &output);
    worker_write(worker, o->format, &form_audit, &list, output_write, &output);
    mailwhy_end(o->format, count > 1, output_write, &output);
    return output_close(&output) ? STATUS_OK : STATUS_OUTPUT;
}

int command_audit(struct options *o) {
    int status = audit_check_options(o);
    if (status == STATUS_OK && o->argument_count)
        status = usage_error(o->command, "takes no input, but was given `%s`", o->arguments[0]);
    if (status == STATUS_OK && !o->dns_files->len)
        status = usage_error(o->command, "needs a DNS snapshot: --dns FILE; `mailwhy dns capture --domain … "
                                         "--ip … -o FILE` makes one");
    if (status)
        return status;
    struct mailwhy *why = options_load(o);
    if (!why)
        return STATUS_CONFIG;
    struct mailwhy_worker *worker = mailwhy_worker_new(why);
    struct auth_tools tools = worker_tools(worker);
    struct audit *audits = g_new0(struct audit, o->domains->len);
    for (guint i = 0; i < o->domains->len; i++)
        audit_run(&audits[i], o, o->domains->pdata[i], &tools, &worker->arena);
    status = write_audits(o, audits, o->domains->len, worker);
    for (guint i = 0; i < o->domains->len; i++)
        auth_close(&audits[i].auth);
    g_free(audits);
    mailwhy_worker_free(worker);
    mailwhy_free(why);
    return status;
}
