/* Kinds of exports made ready: see export_plan.h. */
#include "parsers/log/export_plan.h"

#include "parsers/rules/packed.h"

#include <glib.h>
#include <stddef.h>

static const size_t members[EXPORT_FIELDS] = {
    [EXPORT_RECIPIENT] = offsetof(struct export_kind, recipient),
    [EXPORT_REPLY] = offsetof(struct export_kind, reply),
    [EXPORT_CODE] = offsetof(struct export_kind, code),
    [EXPORT_STATUS] = offsetof(struct export_kind, status),
    [EXPORT_LAST_REPLY] = offsetof(struct export_kind, last_reply),
    [EXPORT_RELAY] = offsetof(struct export_kind, relay),
    [EXPORT_RELAY_IP] = offsetof(struct export_kind, relay_ip),
    [EXPORT_TIME] = offsetof(struct export_kind, time),
    [EXPORT_QUEUED] = offsetof(struct export_kind, queued),
    [EXPORT_SENDER] = offsetof(struct export_kind, sender),
    [EXPORT_CLIENT] = offsetof(struct export_kind, client),
    [EXPORT_CLIENT_IP] = offsetof(struct export_kind, client_ip),
    [EXPORT_USER] = offsetof(struct export_kind, user),
    [EXPORT_QUEUE_ID] = offsetof(struct export_kind, queue_id),
    [EXPORT_MESSAGE_ID] = offsetof(struct export_kind, message_id),
    [EXPORT_SIZE] = offsetof(struct export_kind, size),
    [EXPORT_OF_DOMAIN] = offsetof(struct export_kind, of_domain),
};

const char *const *export_kind_field(const struct export_kind *kind, enum export_field field) {
    return *(const char *const *const *)(const void *)((const char *)kind + members[field]);
}

static size_t count_of(const char *const *list) {
    return list ? g_strv_length((char **)list) : 0;
}

static struct export_names read_names(struct arena *arena, const char *const *list) {
    struct record_name *names = arena_alloc(arena, (2 * count_of(list) + 1) * sizeof *names);
    struct export_names read = {names, 0};
    for (size_t i = 0; i < count_of(list); i++) {
        struct slice text = slice_of(list[i]);
        struct slice first = slice_upto(text, slice_find_char(text, '+'));
        struct record_name *name = &names[read.count];
        if (!record_name_parse(name, arena_string(arena, first)))
            continue;
        name->has_second = first.len < text.len &&
                           record_name_parse(name + 1, arena_string(arena, slice_from(text, first.len + 1)));
        read.count += 1 + name->has_second;
    }
    return read;
}

/* "a|b" */
static struct export_names read_choices(struct arena *arena, const char *text) {
    g_auto(GStrv) words = g_strsplit(text, "|", -1);
    const char **kept = arena_alloc(arena, (g_strv_length(words) + 1) * sizeof *kept);
    for (size_t i = 0; words[i]; i++)
        kept[i] = arena_string(arena, slice_of(words[i]));
    return read_names(arena, kept);
}

static void read_kind(struct export_plan *p, const struct export_kind *kind, size_t number,
                      struct arena *arena) {
    p->kind = kind;
    p->is_line = kind->lines && strcmp(kind->lines, "yes") == 0;
    p->number = number;
    p->known_count = count_of(kind->known_by);
    struct export_names *known = arena_alloc(arena, (p->known_count + 1) * sizeof *known);
    for (size_t i = 0; i < p->known_count; i++)
        known[i] = read_choices(arena, kind->known_by[i]);
    p->known_by = known;
    p->event = read_names(arena, kind->event);
    for (enum export_field f = 0; f < EXPORT_FIELDS; f++)
        p->fields[f] = read_names(arena, export_kind_field(kind, f));
    size_t patterns = 0;
    while (kind->find && kind->find[patterns].regex)
        patterns++;
    p->patterns = arena_alloc(arena, (patterns + 1) * sizeof *p->patterns);
}

/* So that what stands inside of others is gone through once. */
static struct export_names read_inside(struct arena *arena, const struct rule_list *kinds) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < kinds->count; i++) {
        const struct export_kind *kind = rule_list_entry(kinds, i);
        for (const char *const *name = kind->inside; name && *name; name++)
            if (!g_ptr_array_find_with_equal_func(names, *name, g_str_equal, NULL))
                g_ptr_array_add(names, (gpointer)*name);
    }
    g_ptr_array_add(names, NULL);
    return read_names(arena, (const char *const *)names->pdata);
}

void export_plans_build(struct export_plans *plans, const struct rule_list *kinds) {
    size_t most = 0;
    plans->inside = read_inside(&plans->arena, kinds);
    plans->plans = arena_alloc(&plans->arena, (kinds->count + 1) * sizeof *plans->plans);
    for (size_t i = 0; i < kinds->count; i++) {
        const struct export_kind *kind = rule_list_entry(kinds, i);
        most = MAX(most, count_of(kind->known_by));
    }
    for (size_t wanted = most; wanted; wanted--)
        for (size_t i = 0; i < kinds->count; i++) {
            const struct export_kind *kind = rule_list_entry(kinds, i);
            if (count_of(kind->known_by) != wanted)
                continue;
            read_kind(&plans->plans[plans->count], kind, i, &plans->arena);
            plans->has_lines |= plans->plans[plans->count++].is_line;
        }
}

void export_plans_free(struct export_plans *plans) {
    for (size_t i = 0; i < plans->count; i++)
        for (size_t n = 0; plans->plans[i].kind->find && plans->plans[i].kind->find[n].regex; n++)
            pattern_free(&plans->plans[i].patterns[n]);
    arena_free(&plans->arena);
    *plans = (struct export_plans){0};
}

bool export_plan_knows(const struct export_plan *p, const struct json_nodes *nodes, size_t object) {
    for (size_t i = 0; i < p->known_count; i++) {
        bool is_there = false;
        for (size_t n = 0; n < p->known_by[i].count && !is_there; n++)
            is_there = record_find(nodes, object, &p->known_by[i].names[n], 0, p->known_by[i].names[n].count);
        if (!is_there)
            return false;
    }
    return p->known_count > 0;
}
