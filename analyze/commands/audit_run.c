/* The audit of a domain: see audit_run.h. */
#include "analyze/commands/audit_run.h"

#include "parsers/base/ip.h"

#include <string.h>
#include <time.h>

void audit_take_own(struct options *o) {
    bool takes = o->ip && !o->argument_count && !o->domains->len;
    for (guint i = 0; takes && i < o->own->len; i++)
        if (!strpbrk(o->own->pdata[i], "@") && *(const char *)o->own->pdata[i] != '.')
            g_ptr_array_add(o->domains, o->own->pdata[i]);
}

int audit_check_options(const struct options *o) {
    return o->domains->len && o->ip
               ? STATUS_OK
               : usage_error(o->command,
                             "an audit needs --domain and --ip, or `own` and `ip` in the configuration");
}

/* The envelope sender: as given, else of the domain. */
static struct transaction transaction_for(const struct options *o, const char *domain, struct arena *arena) {
    struct transaction s = {.ip_source = "as given", .has_sender = true, .time = time(NULL)};
    ip_parse(slice_of(o->ip), &s.ip);
    s.helo = slice_of(o->helo);
    s.from_domain = slice_of(domain);
    s.sender = o->audited_sender ? slice_of(o->audited_sender) : arena_printf(arena, "postmaster@%s", domain);
    return s;
}

void audit_run(struct audit *audit, const struct options *o, const char *domain,
               const struct auth_tools *tools, const struct auth_tools *after, struct arena *arena) {
    struct transaction transaction = transaction_for(o, domain, arena);
    audit->domain = slice_of(domain);
    auth_open(&audit->auth, tools, arena);
    auth_audit(&audit->auth, &transaction, tools, (const char *const *)o->selectors->pdata,
               o->selectors->len);
    if (!after)
        return;
    audit->after = ARENA_NEW(arena, struct auth);
    auth_open(audit->after, after, arena);
    auth_audit(audit->after, &transaction, after, (const char *const *)o->selectors->pdata,
               o->selectors->len);
}

void audit_close(struct audit *audit) {
    auth_close(&audit->auth);
    if (audit->after)
        auth_close(audit->after);
}
