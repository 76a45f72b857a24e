/* Entities: see entity.h. */
#include "analyze/classify/entity.h"

#include "parsers/base/address.h"

#include <glib.h>

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

const struct entity *entity_find(const struct entity *e, struct slice name) {
    while (e && !slice_equal(slice_of(e->name), name))
        e = e->next;
    return e;
}

struct slice entity_value(const struct entity *list, struct slice name) {
    const struct entity *e = entity_find(list, name);
    return e ? e->value : SLICE_EMPTY;
}

/* Words behind which a reply names whom to write to, and local parts that are nobody's own. */
static const struct slice contact_words[] = {
    SLICE("contact"),       SLICE("mailto:"),       SLICE("write to"),  SLICE("please email"),
    SLICE("please e-mail"), SLICE("contact us at"), SLICE("contact us")};
static const struct slice contact_names[] = {SLICE("postmaster"), SLICE("abuse"),      SLICE("delist"),
                                             SLICE("unblock"),    SLICE("removal"),    SLICE("support"),
                                             SLICE("noc"),        SLICE("hostmaster"), SLICE("helpdesk")};

static bool is_contact(struct slice address, struct slice before) {
    while (before.len && strchr(" <(\"'", before.ptr[before.len - 1]))
        before.len--;
    for (size_t i = 0; i < G_N_ELEMENTS(contact_words); i++)
        if (slice_ends_nocase(before, contact_words[i]))
            return true;
    for (size_t i = 0; i < G_N_ELEMENTS(contact_names); i++)
        if (slice_starts_nocase(address, contact_names[i]))
            return true;
    return false;
}

/* The address that the reply tells the sender to write to. */
static void add_contact(struct collecting *c, struct slice words) {
    struct slice rest = words;
    for (struct slice address; (address = address_in_text(rest)).len;) {
        struct slice before = {rest.ptr, (size_t)(address.ptr - rest.ptr)};
        if (is_contact(address, before)) {
            add_entity(c, "contact", address);
            return;
        }
        rest = slice_from(rest, before.len + address.len);
    }
}

/* Addresses and pages that a reply names are worth showing whatever the rule. */
static void add_general_entities(struct collecting *c, const struct entity *known, struct slice words) {
    struct slice ip = address_ip_in_text(words);
    if (ip.len && !entity_find(known, SLICE("ip")))
        add_entity(c, "ip", ip);
    if (!entity_find(known, SLICE("contact")))
        add_contact(c, words);
    size_t http = slice_find_nocase(words, SLICE("http"));
    while (http < words.len && !entity_find(known, SLICE("url"))) {
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

struct entity *entities_collect(const struct reply_rule *rule, const struct pattern_match *match,
                                struct slice words, struct arena *arena) {
    struct entity *first = NULL;
    struct collecting c = {&first, arena};
    if (match)
        pattern_each_group(match, take_entity, &c);
    for (const char *const *set = rule ? rule->set : NULL; set && *set; set += 2)
        if (!entity_find(first, slice_of(set[0])))
            add_entity(&c, set[0], slice_of(set[1]));
    add_general_entities(&c, first, words);
    return first;
}
