/* `mailwhy audit --domain D --ip IP --dns FILE`: would mail from D, sent from IP, be trusted? */
#include "analyze/commands/audit.h"

#include "analyze/audit_run.h"
#include "analyze/commands/audit_ask.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"

struct auditing {
    const struct options *options;
    struct mailwhy *why;
    struct mailwhy_worker *worker;
    struct output output;
};

/* What the records of a domain say is its owner's: they are evaluated in the sandbox. */
static int write_audits(void *context) {
    struct auditing *a = context;
    struct mailwhy_audit asked = audit_asked(a->options);
    reading_begin_aloud(a->options);
    if (!why_read_dns(a->why, true))
        return STATUS_CONFIG;
    audit_report(a->worker, &asked, a->options->format, output_write, &a->output);
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

/* Say how to make the snapshot that is wanting, for the domains and the address that are known. */
static int needs_snapshot(const struct options *o) {
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < o->domains->len; i++)
        g_string_append_printf(names, "--domain %s ", (const char *)o->domains->pdata[i]);
    return usage_error(o->command,
                       "needs a DNS snapshot: --dns FILE; `mailwhy dns capture %s--ip %s -o FILE` makes one",
                       names->str, o->ip);
}

int command_audit(struct options *o) {
    audit_take_own(o);
    int status = audit_check_options(o);
    if (status == STATUS_OK && o->argument_count)
        status = usage_error(o->command, "takes no input, but was given `%s`", o->arguments[0]);
    if (status == STATUS_OK && !o->dns_files->len)
        status = needs_snapshot(o);
    if (status)
        return status;
    struct mailwhy *why = options_load_unread(o);
    if (!why)
        return STATUS_CONFIG;
    status = audit(o, why);
    mailwhy_free(why);
    return status;
}
