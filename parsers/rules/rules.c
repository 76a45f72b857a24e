/* A rulebase: see rules.h. */
#include "parsers/rules/rules.h"

#include <string.h>

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

const struct provider *rulebase_provider(const struct rulebase *base, const char *id) {
    const struct rule_list *list = &base->lists[RULES_PROVIDERS];
    for (size_t i = 0; i < list->count && id; i++)
        if (strcmp(((const struct provider *)list->items[i])->id, id) == 0)
            return list->items[i];
    return NULL;
}

bool cause_is_of(const char *cause, const char *word) {
    size_t length = strlen(word);
    return strncmp(word, cause, length) == 0 && (cause[length] == '\0' || cause[length] == '.');
}

const struct provider_advice *provider_advise(const struct provider *provider, const char *cause) {
    const struct provider_advice *wider = NULL;
    if (!provider)
        return NULL;
    for (const struct provider_advice *const *a = provider->advice; a && *a; a++)
        for (const char *const *word = (*a)->cause; *word; word++) {
            if (strcmp(*word, cause) == 0)
                return *a;
            if (!wider && cause_is_of(cause, *word))
                wider = *a;
        }
    return wider;
}
