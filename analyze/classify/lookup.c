/* Providers and block lists by what names them: see lookup.h. */
#include "analyze/classify/lookup.h"

#include "parsers/base/visible.h"

/* One that stands for several comes behind each that does not. */
static void take_provider(void *context, const void *entry, const struct rule_pattern *pattern,
                          const struct pattern_match *match) {
    (void)pattern;
    (void)match;
    const struct provider **best = context;
    const struct provider *p = entry;
    bool is_first = *best && strcmp(p->id, (*best)->id) < 0;
    if (!*best || (!p->one_of && (*best)->one_of) || (is_first && !p->one_of == !(*best)->one_of))
        *best = p;
}

const struct provider *provider_of_words(struct matcher *matcher, struct slice words, struct arena *arena) {
    const struct provider *provider = NULL;
    matcher_scan(matcher, RULES_PROVIDERS, match_text(arena, text_seen(arena, words)), take_provider,
                 &provider);
    return provider;
}

const struct blocklist *blocklist_find(const struct rulebase *rules, struct slice name) {
    const struct rule_list *list = &rules->lists[RULES_BLOCKLISTS];
    for (size_t i = 0; i < list->count && name.len; i++) {
        const struct blocklist *b = list->items[i];
        if (slice_equal_nocase(name, slice_of(b->id)) || slice_equal_nocase(name, slice_of(b->name)))
            return b;
        for (const char *const *zone = b->zones; zone && *zone; zone++)
            if (slice_equal_nocase(name, slice_of(*zone)))
                return b;
    }
    return NULL;
}
