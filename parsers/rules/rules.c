/* A rulebase: see rules.h. */
#include "parsers/rules/rules.h"

void rulebase_free(struct rulebase *base) {
    arena_free(&base->arena);
    *base = (struct rulebase){0};
}

const struct cause *rulebase_cause(const struct rulebase *base, const char *id) {
    const struct rule_list *list = &base->lists[RULES_CAUSES];
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(((const struct cause *)list->items[i])->id, id) == 0)
            return list->items[i];
    return NULL;
}
