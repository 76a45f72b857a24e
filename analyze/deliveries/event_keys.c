/* Keys of events: see event_keys.h. */
#include "analyze/deliveries/event_keys.h"

#include "analyze/version.h"
#include "parsers/base/hash.h"

#include <string.h>

struct key_node {
    uint64_t key;
    uint32_t above; /* its number, or that of another one of its group */
    bool has_events;
};

/* The keys are the same in all processes, so a stranger may choose them: the table has its own hash. */
static uint64_t hash_of(uint64_t key) {
    return hash_bytes((const char *)&key, sizeof key, 0);
}

/* Entries are numbers + 1. */
struct numbered {
    const GArray *nodes;
    uint64_t key;
};

static bool is_node(const void *entry, const void *wanted) {
    const struct numbered *n = wanted;
    return g_array_index(n->nodes, struct key_node, GPOINTER_TO_UINT(entry) - 1).key == n->key;
}

static struct key_node *node_at(struct event_keys *keys, uint32_t number) {
    return &g_array_index(keys->nodes, struct key_node, number);
}

static uint32_t number_of(struct event_keys *keys, uint64_t key, uint64_t hash) {
    struct numbered wanted = {keys->nodes, key};
    void *entry = hash_table_find(&keys->numbers, hash, is_node, &wanted);
    if (entry)
        return GPOINTER_TO_UINT(entry) - 1;
    struct key_node node = {key, keys->nodes->len, false};
    g_array_append_val(keys->nodes, node);
    hash_table_add(&keys->numbers, hash, GUINT_TO_POINTER(keys->nodes->len));
    return node.above;
}

static uint32_t top_of(struct event_keys *keys, uint32_t number) {
    while (node_at(keys, number)->above != number) {
        uint32_t above = node_at(keys, number)->above;
        node_at(keys, number)->above = node_at(keys, above)->above;
        number = above;
    }
    return number;
}

/* Look up the oldest of the events that are ahead. */
static void take_next(struct event_keys *keys) {
    unsigned at = keys->next++ % KEYS_AHEAD;
    unsigned count = keys->ahead[at].count;
    keys->ahead[at].count = 0;
    keys->is_full |= keys->nodes->len > LIMIT_KEYS - EVENT_MOST_KEYS;
    if (!count || keys->is_full)
        return;
    uint32_t first = number_of(keys, keys->ahead[at].keys[0], keys->ahead[at].hashes[0]);
    node_at(keys, first)->has_events = true;
    for (unsigned i = 1; i < count; i++) {
        uint32_t linked = top_of(keys, number_of(keys, keys->ahead[at].keys[i], keys->ahead[at].hashes[i]));
        node_at(keys, linked)->above = top_of(keys, first);
    }
}

static const struct hash_slot *place_of(const struct event_keys *keys, uint64_t hash) {
    return &keys->numbers.slots[hash & (keys->numbers.size - 1)];
}

/* Of an event whose place in the table was asked for. */
static void bring_nodes(struct event_keys *keys, unsigned at) {
    for (unsigned i = 0; keys->numbers.size && i < keys->ahead[at].count; i++) {
        const struct hash_slot *slot = place_of(keys, keys->ahead[at].hashes[i]);
        if (slot->entry)
            __builtin_prefetch(node_at(keys, GPOINTER_TO_UINT(slot->entry) - 1));
    }
}

/* Most of the time is spent waiting for the table, so its places are asked for some events before. */
void event_keys_add(struct event_keys *keys, const struct log_event *e, int64_t time) {
    if (!keys->nodes)
        keys->nodes = g_array_new(FALSE, FALSE, sizeof(struct key_node));
    if (!keys->first)
        keys->first = time;
    if (event_stands_alone(e))
        return;
    unsigned at = keys->next % KEYS_AHEAD;
    take_next(keys);
    unsigned count = keys->ahead[at].count = event_keys_of(e, keys->ahead[at].keys);
    for (unsigned i = 0; i < count; i++) {
        uint64_t hash = keys->ahead[at].hashes[i] = hash_of(keys->ahead[at].keys[i]);
        if (keys->numbers.size)
            __builtin_prefetch(place_of(keys, hash));
    }
    bring_nodes(keys, (at + KEYS_AHEAD / 2) % KEYS_AHEAD);
}

/* A group is called after the first of its keys that was met, from which the others lead. */
void event_keys_write(struct event_keys *keys, const struct log_identity *log, GString *out) {
    for (unsigned i = 0; keys->nodes && i < KEYS_AHEAD; i++)
        take_next(keys);
    guint count = keys->nodes ? keys->nodes->len : 0;
    g_string_append_printf(out,
                           KEYS_MAGIC MAILWHY_VERSION " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                                                      " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %u\n",
                           keys->first, MAX(keys->first, keys->last), log->begin, log->bytes, count);
    for (guint i = 0; i < count; i++)
        g_string_append_len(out, (const char *)&node_at(keys, i)->key, sizeof(uint64_t));
    for (guint i = 0; i < count; i++) {
        uint32_t group = top_of(keys, i);
        g_string_append_len(out, (const char *)&group, sizeof group);
    }
    for (guint i = 0; i < count; i++)
        g_string_append_c(out, (char)node_at(keys, i)->has_events);
}

void event_keys_free(struct event_keys *keys) {
    if (keys->nodes)
        g_array_free(keys->nodes, TRUE);
    hash_table_free(&keys->numbers);
}

/* --- those that are open --- */

struct opened {
    const GArray *keys;
    uint64_t key;
};

static const struct open_key *open_key_at(const GArray *keys, const void *entry) {
    return &g_array_index(keys, struct open_key, GPOINTER_TO_UINT(entry) - 1);
}

static bool is_open(const void *entry, const void *wanted) {
    const struct opened *o = wanted;
    return open_key_at(o->keys, entry)->key == o->key;
}

bool open_keys_read(struct open_keys *open, struct slice bytes) {
    open->keys = g_array_new(FALSE, FALSE, sizeof(struct open_key));
    if (bytes.len % sizeof(struct open_key) || bytes.len / sizeof(struct open_key) > LIMIT_KEYS)
        return false;
    for (struct open_key one; bytes.len; bytes = slice_from(bytes, sizeof one)) {
        memcpy(&one, bytes.ptr, sizeof one);
        struct opened wanted = {open->keys, one.key};
        uint64_t hash = hash_of(one.key);
        if (hash_table_find(&open->table, hash, is_open, &wanted))
            continue;
        g_array_append_val(open->keys, one);
        hash_table_add(&open->table, hash, GUINT_TO_POINTER(open->keys->len));
    }
    return true;
}

const struct open_key *open_key_find(const struct open_keys *open, const struct log_event *e) {
    uint64_t of_event[EVENT_MOST_KEYS];
    if (!open->table.count)
        return NULL;
    event_keys_of(e, of_event);
    struct opened wanted = {open->keys, of_event[0]};
    const void *entry = hash_table_find(&open->table, hash_of(of_event[0]), is_open, &wanted);
    return entry ? open_key_at(open->keys, entry) : NULL;
}

void open_keys_free(struct open_keys *open) {
    if (open->keys)
        g_array_free(open->keys, TRUE);
    hash_table_free(&open->table);
}
