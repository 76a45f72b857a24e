/* The table of checks: see check_kinds.h. */
#include "analyze/auth/check_kinds.h"

#define POINT_TO_CHECK_KIND(name) &name##_check,
const struct check_kind *const check_kinds[] = {CHECK_KINDS(POINT_TO_CHECK_KIND)};
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

void check_kinds_verify_rules(const struct rulebase *rules, struct rule_errors *errors) {
    const struct rule_list *causes = &rules->lists[RULES_CAUSES];
    for (size_t i = 0; i < causes->count; i++) {
        const struct cause *cause = causes->items[i];
        for (const struct cause_check *const *c = cause->checked_by; c && *c; c++) {
            g_autofree const char **ids = ids_unless_known((*c)->check);
            if (ids)
                rule_complain(errors, &(*c)->source, "unknown check", (*c)->check, ids);
        }
    }
}
