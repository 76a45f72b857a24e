/* The audit that the options ask for: see audit_ask.h. */
#include "analyze/commands/audit_ask.h"

#include <string.h>

static bool is_taken(const struct options *o, const char *domain) {
    for (guint i = 0; i < o->domains->len; i++)
        if (g_ascii_strcasecmp(o->domains->pdata[i], domain) == 0)
            return true;
    return false;
}

/* ".example.org", as --trust has it, is that domain too; an address is a mailbox at somebody's domain. */
void audit_take_own(struct options *o) {
    bool takes = o->ip && !o->argument_count && !o->domains->len;
    for (guint i = 0; takes && i < o->own->len; i++) {
        char *domain = (char *)o->own->pdata[i] + (*(const char *)o->own->pdata[i] == '.');
        if (!strchr(domain, '@') && *domain && !is_taken(o, domain))
            g_ptr_array_add(o->domains, domain);
    }
}

int audit_check_options(const struct options *o) {
    if (o->domains->len && o->ip)
        return STATUS_OK;
    bool has_own = o->ip && o->own->len && !o->argument_count;
    return usage_error(o->command,
                       has_own ? "`own` names addresses and no domain: an audit needs one, there or with "
                                 "--domain"
                               : "an audit needs --domain and --ip, or `own` and `ip` in the configuration");
}

struct mailwhy_audit audit_asked(const struct options *o) {
    return (struct mailwhy_audit){.size = sizeof(struct mailwhy_audit),
                                  .domains = (const char *const *)o->domains->pdata,
                                  .domain_count = o->domains->len,
                                  .ip = o->ip,
                                  .helo = o->helo,
                                  .sender = o->audited_sender,
                                  .selectors = (const char *const *)o->selectors->pdata,
                                  .selector_count = o->selectors->len};
}
