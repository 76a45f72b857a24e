/* Unpacking entries: see packed.h. */
#include "parsers/rules/packed.h"

#include <glib.h>

static GMutex lock;
static struct arena arena; /* under the lock */

static const char *next_text(const char **at) {
    const char *text = *at;
    *at += strlen(text) + 1;
    return text;
}

static unsigned next_number(const char **at) {
    return (unsigned)g_ascii_strtoull(next_text(at), NULL, 10);
}

static const char *const *unpack_texts(const char **at) {
    size_t count = next_number(at);
    const char **list = arena_alloc(&arena, (count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = next_text(at);
    return list;
}

static const struct rule_pattern *unpack_patterns(const char **at) {
    size_t count = next_number(at);
    struct rule_pattern *list = arena_alloc(&arena, (count + 1) * sizeof *list);
    for (size_t i = 0; i < count; i++) {
        list[i].regex = next_text(at);
        list[i].weight = next_number(at);
    }
    return list;
}

static void unpack_value(const struct rule_key *key, const char **at, void *entry) {
    void *member = (char *)entry + key->offset;
    switch (key->type) {
    case KEY_STRING:
        *(const char **)member = next_text(at);
        break;
    case KEY_STRINGS:
    case KEY_PAIRS:
        *(const char *const **)member = unpack_texts(at);
        break;
    case KEY_PATTERNS:
    case KEY_CHOICES:
        *(const struct rule_pattern **)member = unpack_patterns(at);
        break;
    case KEY_ENTRIES:
        g_assert_not_reached();
    }
}

static const void *unpack(const struct rule_schema *schema, const char *at) {
    void *entry = arena_alloc(&arena, schema->size);
    struct rule_place *place = entry;
    place->file = next_text(&at);
    place->line = next_number(&at);
    place->column = next_number(&at);
    place->is_builtin = true;
    while (*at) {
        const struct rule_key *key = &schema->keys[(unsigned char)*at++ - 1];
        unpack_value(key, &at, entry);
    }
    return entry;
}

static const void *packed_entry(const struct packed_rules *rules, size_t i) {
    const void *entry = g_atomic_pointer_get(&rules->unpacked[i]);
    if (entry)
        return entry;
    g_mutex_lock(&lock);
    entry = rules->unpacked[i];
    if (!entry) {
        entry = unpack(rules->schema, rules->bytes + rules->starts[i]);
        g_atomic_pointer_set(&rules->unpacked[i], (gpointer)entry);
    }
    g_mutex_unlock(&lock);
    return entry;
}

const void *rule_list_entry(const struct rule_list *list, size_t i) {
    return list->packed ? packed_entry(list->packed, i) : list->items[i];
}

size_t rule_list_number(const struct rule_list *list, const void *entry) {
    for (size_t i = 0; i < list->count; i++) {
        const void *each = list->packed ? g_atomic_pointer_get(&list->packed->unpacked[i]) : list->items[i];
        if (each == entry)
            return i + 1;
    }
    return 0;
}
