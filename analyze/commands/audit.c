/* `mailwhy audit --domain D --ip IP --dns FILE`: would mail from D, sent from IP, be trusted? */
#define _GNU_SOURCE
#include "analyze/commands/audit.h"

#include "analyze/auth/selector_check.h"
#include "analyze/commands/options.h"
#include "analyze/commands/output.h"
#include "analyze/internal.h"
#include "parsers/base/address.h"

#include <time.h>

static int complain(const char *what) {
    fprintf(stderr, "mailwhy: audit: %s (mailwhy --help)\n", what);
    return STATUS_USAGE;
}

int audit_check_options(const struct options *o) {
    struct ip ip;
    if (!o->domains->len || !o->ip)
        return complain("it needs --domain and --ip");
    if (!ip_parse(slice_of(o->ip), &ip))
        return complain("--ip takes an IPv4 or IPv6 address");
    if (o->argument_count)
        return complain("it takes no input");
    return STATUS_OK;
}

/* The envelope sender: as given, else of the domain. */
static struct transaction transaction_for(const struct options *o, const char *domain, struct arena *arena) {
    struct transaction s = {.ip_source = "as given", .has_sender = true, .time = time(NULL)};
    ip_parse(slice_of(o->ip), &s.ip);
    s.helo = slice_of(o->helo);
    s.from_domain = slice_of(domain);
    s.sender = o->filters.sender ? slice_of(o->filters.sender) : arena_printf(arena, "postmaster@%s", domain);
    return s;
}

void audit_run(struct audit *audit, const struct options *o, const char *domain,
               const struct auth_tools *tools, struct arena *arena) {
    struct transaction transaction = transaction_for(o, domain, arena);
    audit->domain = slice_of(domain);
    auth_open(&audit->auth, tools, arena);
    auth_run(&audit->auth, &transaction, NULL, tools);
    auth_check_selectors(&audit->auth, (const char *const *)o->selectors->pdata, o->selectors->len);
}

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
    if (status == STATUS_OK && !o->dns_files->len)
        status = complain("it needs a DNS snapshot (--dns FILE; `mailwhy dns capture --domain … --ip … -o "
                          "FILE` makes one)");
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
