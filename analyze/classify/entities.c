/* Entities of a verdict: see contest.h. */
#include "analyze/classify/contest.h"

#include "parsers/base/address.h"

struct collecting {
    struct entity **end;
    struct arena *arena;
};

static void add_entity(struct collecting *c, const char *name, struct slice value) {
    struct entity *e = ARENA_NEW(c->arena, struct entity);
    e->name = name;
    e->value = slice_trim(value);
    *c->end = e;
    c->end = &e->next;
}

static void take_entity(void *context, const char *name, struct slice text) {
    struct collecting *c = context;
    if (text.len)
        add_entity(c, arena_string(c->arena, slice_of(name)), text);
}

static bool has_entity(const struct entity *e, const char *name) {
    while (e && strcmp(e->name, name) != 0)
        e = e->next;
    return e != NULL;
}

/* Addresses and pages that a reply names are worth showing whatever the rule. */
static void add_general_entities(struct collecting *c, const struct entity *known, struct slice words) {
    struct slice ip = address_ip_in_text(words);
    if (ip.len && !has_entity(known, "ip"))
        add_entity(c, "ip", ip);
    size_t http = slice_find_nocase(words, SLICE("http"));
    while (http < words.len && !has_entity(known, "url")) {
        struct slice url = slice_from(words, http);
        size_t end = 0;
        while (end < url.len && !ascii_is_space(url.ptr[end]) && !strchr("<>\"'()[]", url.ptr[end]))
            end++;
        while (end && strchr(".,;:", url.ptr[end - 1]))
            end--;
        if (end > 10 &&
            (slice_starts_nocase(url, SLICE("http://")) || slice_starts_nocase(url, SLICE("https://"))))
            add_entity(c, "url", slice_upto(url, end));
        words = slice_from(url, end ? end : 4);
        http = slice_find_nocase(words, SLICE("http"));
    }
}

struct entity *entities_collect(const struct contender *claim, struct slice words, struct arena *arena) {
    struct entity *first = NULL;
    struct collecting c = {&first, arena};
    if (claim->has_match)
        pattern_each_group(&claim->match, take_entity, &c);
    for (const char *const *set = claim->rule ? claim->rule->set : NULL; set && *set; set += 2)
        if (!has_entity(first, set[0]))
            add_entity(&c, set[0], slice_of(set[1]));
    add_general_entities(&c, first, words);
    return first;
}
