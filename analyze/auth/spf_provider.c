/* What a provider has its customers include: see spf_provider.h. */
#include "analyze/auth/spf_provider.h"

#include "parsers/base/nearest.h"

#define MOST_WRONG_LETTERS 2

/* Without the last label. */
static struct slice stem(struct slice name) {
    size_t dot = slice_find_last(name, SLICE("."));
    return dot < name.len ? slice_upto(name, dot) : SLICE_EMPTY;
}

/* Is it the end or the start of the other, cut between labels? */
static bool is_part(struct slice part, struct slice whole) {
    size_t more = whole.len > part.len ? whole.len - part.len : 0;
    if (!more || slice_find_char(part, '.') == part.len)
        return false;
    return (slice_ends_nocase(whole, part) && whole.ptr[more - 1] == '.') ||
           (slice_starts_nocase(whole, part) && whole.ptr[part.len] == '.');
}

static bool is_near(struct slice name, struct slice known) {
    const char *found[1];
    struct nearest n = {.word = name, .names = found, .most = 1};
    if (slice_find_nocase(known, name) < known.len && known.len > name.len + MOST_WRONG_LETTERS)
        return false;
    if (slice_find_nocase(name, known) < name.len && name.len > known.len + MOST_WRONG_LETTERS)
        return false;
    nearest_offer(&n, known, known.ptr);
    return n.count && n.distances[0] <= MOST_WRONG_LETTERS;
}

static bool is_meant(struct slice name, struct slice known) {
    return is_part(name, known) || is_part(known, name) || is_near(name, known) ||
           (stem(name).len && slice_equal_nocase(stem(name), stem(known)));
}

const char *spf_provider_meant(const struct rulebase *rules, struct slice name) {
    const struct rule_list *all = rules ? &rules->lists[RULES_PROVIDERS] : NULL;
    const char *meant = NULL;
    if (name.len && name.ptr[name.len - 1] == '.')
        name.len--;
    for (size_t i = 0; all && i < all->count; i++) {
        const struct provider *p = all->items[i];
        for (const char *const *known = p->spf; known && *known; known++) {
            if (slice_is_nocase(name, *known))
                return NULL;
            if (!meant && is_meant(name, slice_of(*known)))
                meant = *known;
        }
    }
    return meant;
}
