/* Keys of events: see event_keys.h. */
#include "analyze/deliveries/event_keys.h"

#include "analyze/deliveries/event_lines.h"
#include "analyze/version.h"
#include "parsers/base/hash.h"

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

static uint32_t number_of(struct event_keys *keys, uint64_t key) {
    struct numbered wanted = {keys->nodes, key};
    uint64_t hash = hash_of(key);
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

void event_keys_add(struct event_keys *keys, const struct log_event *e, int64_t time) {
    uint64_t of_event[EVENT_MOST_KEYS];
    if (!keys->nodes)
        keys->nodes = g_array_new(FALSE, FALSE, sizeof(struct key_node));
    if (!keys->has_events)
        keys->first = time;
    keys->has_events = true;
    keys->is_full |= keys->nodes->len > LIMIT_KEYS - EVENT_MOST_KEYS;
    if (event_stands_alone(e) || keys->is_full)
        return;
    unsigned count = event_keys_of(e, of_event);
    uint32_t first = number_of(keys, of_event[0]);
    node_at(keys, first)->has_events = true;
    for (unsigned i = 1; i < count; i++) {
        uint32_t linked = top_of(keys, number_of(keys, of_event[i]));
        node_at(keys, linked)->above = top_of(keys, first);
    }
}

/* A group is called after the first of its keys that was met, from which the others lead. */
void event_keys_write(struct event_keys *keys, uint64_t head, uint64_t bytes, GString *out) {
    g_string_append_printf(out,
                           KEYS_MAGIC MAILWHY_VERSION " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                                                      " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n",
                           keys->first, MAX(keys->first, keys->last), head, bytes);
    for (guint i = 0; keys->nodes && i < keys->nodes->len; i++) {
        const struct key_node *node = node_at(keys, i);
        uint64_t group = node_at(keys, top_of(keys, i))->key;
        g_string_append_printf(out, "%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\t%d\n", node->key, group,
                               node->has_events);
    }
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

static bool take_number(struct slice digits, uint64_t *number) {
    *number = 0;
    for (size_t i = 0; i < digits.len; i++) {
        unsigned digit = (unsigned)(unsigned char)digits.ptr[i] - '0';
        if (digit > 9 || __builtin_mul_overflow(*number, (uint64_t)10, number) ||
            __builtin_add_overflow(*number, (uint64_t)digit, number))
            return false;
    }
    return digits.len > 0;
}

static bool take_open_key(struct slice line, struct open_key *open) {
    size_t len = slice_find_char(line, '\t');
    open->share = 0;
    return take_number(slice_upto(line, len), &open->key) &&
           (len == line.len || take_number(slice_from(line, len + 1), &open->share));
}

bool open_keys_read(struct open_keys *open, struct slice lines) {
    open->keys = g_array_new(FALSE, FALSE, sizeof(struct open_key));
    while (lines.len) {
        size_t len = slice_find_char(lines, '\n');
        struct open_key one;
        if (!take_open_key(slice_upto(lines, len), &one) || open->keys->len == LIMIT_KEYS)
            return false;
        lines = slice_from(lines, len + 1);
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
