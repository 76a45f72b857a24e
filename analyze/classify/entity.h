/* Entities: what a reply names, as an address, a list, a page. */
#ifndef MAILWHY_ENTITY_H
#define MAILWHY_ENTITY_H

#include "parsers/rules/pattern.h"
#include "parsers/rules/rules.h"

struct entity {
    struct entity *next;
    const char *name; /* ip, domain, list, url, limit, level, host, … */
    struct slice value;
};

/* The first of that name in a list, or in the rest of one; NULL: there is none. */
const struct entity *entity_find(const struct entity *list, struct slice name);

/* Its value; empty: there is none. */
struct slice entity_value(const struct entity *list, struct slice name);

/* What the rule's match captured and the rule itself sets, and what is worth showing whatever the rule: the
 * first address of a network and the first page in `words`. `rule` and `match` may be NULL. */
struct entity *entities_collect(const struct reply_rule *rule, const struct pattern_match *match,
                                struct slice words, struct arena *arena);

#endif
