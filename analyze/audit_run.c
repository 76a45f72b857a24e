/* The audit of domains: see audit_run.h and mailwhy.h. */
#include "analyze/audit_run.h"

#include "analyze/asked.h"
#include "analyze/worker.h"
#include "parsers/base/ip.h"

#include <time.h>

static struct slice given(const char *text) {
    return text ? slice_of(text) : SLICE_EMPTY;
}

/* The envelope sender: as given, else of the domain. */
static struct transaction transaction_for(const struct mailwhy_audit *asked, const char *domain,
                                          struct arena *arena) {
    struct transaction s = {.ip_source = "as given", .has_sender = true, .time = time(NULL)};
    ip_parse(slice_of(asked->ip), &s.ip);
    s.helo = given(asked->helo);
    s.from_domain = slice_of(domain);
    s.sender = asked->sender ? slice_of(asked->sender) : arena_printf(arena, "postmaster@%s", domain);
    return s;
}

void audit_run(struct audit *audit, const struct mailwhy_audit *asked, const char *domain,
               const struct auth_tools *tools, const struct auth_tools *after, struct arena *arena) {
    struct transaction transaction = transaction_for(asked, domain, arena);
    audit->domain = slice_of(domain);
    auth_open(&audit->auth, tools, arena);
    auth_audit(&audit->auth, &transaction, tools, asked->selectors, asked->selector_count);
    if (!after)
        return;
    audit->after = ARENA_NEW(arena, struct auth);
    auth_open(audit->after, after, arena);
    auth_audit(audit->after, &transaction, after, asked->selectors, asked->selector_count);
}

void audit_close(struct audit *audit) {
    auth_close(&audit->auth);
    if (audit->after)
        auth_close(audit->after);
}

void audit_report(struct mailwhy_worker *worker, const struct mailwhy_audit *asked,
                  const struct mailwhy_format *format, mailwhy_sink *sink, void *context) {
    struct auth_tools after;
    struct auth_tools tools = worker_tools(worker);
    bool has_after = worker_tools_after(worker, &after);
    size_t count = asked->domain_count;
    struct audit *audits = g_new0(struct audit, count);
    struct audit_list list = {audits, count};
    for (size_t i = 0; i < count; i++)
        audit_run(&audits[i], asked, asked->domains[i], &tools, has_after ? &after : NULL, &worker->arena);
    worker_begin(worker, format, count > 1, sink, context);
    worker_write(worker, format, &form_audit, &list, sink, context);
    mailwhy_end(format, count > 1, sink, context);
    for (size_t i = 0; i < count; i++)
        audit_close(&audits[i]);
    g_free(audits);
}

static const char *what_is_missing(const struct mailwhy_worker *worker, const struct mailwhy_audit *asked) {
    struct ip ip;
    if (!asked->domain_count || !asked_list_is_whole(asked->domains, asked->domain_count))
        return "an audit needs a domain";
    if (!asked->ip || !ip_parse(slice_of(asked->ip), &ip))
        return "an audit needs the address of the sending server";
    if (!asked_list_is_whole(asked->selectors, asked->selector_count))
        return "a selector is missing";
    return worker->why->snapshot ? NULL : "an audit needs a DNS snapshot";
}

int mailwhy_report_audit(struct mailwhy_worker *worker, const struct mailwhy_audit *audit,
                         const struct mailwhy_format *format, mailwhy_sink *sink, void *context) {
    struct mailwhy_audit asked;
    if (!worker_takes(worker, &asked, sizeof asked, audit))
        return MAILWHY_USAGE;
    const char *missing = what_is_missing(worker, &asked);
    if (missing) {
        why_complain(worker->why, missing);
        return MAILWHY_USAGE;
    }
    arena_reset(&worker->arena);
    audit_report(worker, &asked, format, sink, context);
    return MAILWHY_OK;
}
