/* The audit that the options ask for: see audit_ask.h. */
#include "analyze/commands/audit_ask.h"

#include <string.h>

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
