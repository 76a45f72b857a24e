/* The table of checks: see check_kinds.h. */
#include "analyze/auth/check_kinds.h"

#include "analyze/auth/arc_check.h"
#include "analyze/auth/bimi_check.h"
#include "analyze/auth/blocklist_check.h"
#include "analyze/auth/dkim_check.h"
#include "analyze/auth/dmarc_check.h"
#include "analyze/auth/helo_check.h"
#include "analyze/auth/mx_check.h"
#include "analyze/auth/ptr_check.h"
#include "analyze/auth/spf_check.h"
#include "analyze/auth/tls_check.h"
#include "analyze/auth/unsubscribe_check.h"
#include "parsers/base/file_errors.h"
#include "parsers/rules/check.h"

const struct check_kind *const check_kinds[] = {
    &ptr_check, &helo_check, &spf_check,  &dkim_check,      &arc_check,         &dmarc_check,
    &mx_check,  &tls_check,  &bimi_check, &blocklist_check, &unsubscribe_check, /* dmarc needs spf and dkim */
};
const size_t check_kind_count = G_N_ELEMENTS(check_kinds);

const struct check_kind *check_kind_find(const char *id) {
    for (size_t i = 0; i < check_kind_count; i++)
        if (strcmp(check_kinds[i]->id, id) == 0)
            return check_kinds[i];
    return NULL;
}

/* NULL where there is such a check; else the ids of all, to be freed with g_free. */
static const char **ids_unless_known(const char *id) {
    if (check_kind_find(id))
        return NULL;
    const char **ids = g_new0(const char *, check_kind_count + 1);
    for (size_t i = 0; i < check_kind_count; i++)
        ids[i] = check_kinds[i]->id;
    return ids;
}

void check_kinds_verify_rules(const struct rulebase *rules, struct file_errors *errors) {
    const struct rule_list *causes = &rules->lists[RULES_CAUSES];
    for (size_t i = 0; i < causes->count; i++) {
        const struct cause *cause = causes->items[i];
        for (const struct cause_check *const *c = cause->checked_by; c && *c; c++) {
            g_autofree const char **ids = ids_unless_known((*c)->check);
            if (ids)
                rule_complain(errors, &(*c)->place, "unknown check", (*c)->check, ids);
        }
    }
}
