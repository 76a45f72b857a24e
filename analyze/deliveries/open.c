/* Open messages: see open.h. Open addressing; what is removed leaves no mark. */
#include "analyze/deliveries/open.h"

#include "parsers/base/hash.h"

#define FEW_HOSTS 8 /* are compared before names are looked up */

static void free_texts(struct open_message *m) {
    for (struct texts *t = m->more, *next; t; t = next) {
        next = t->next;
        g_free(t);
    }
    m->more = NULL;
    if (m->index)
        g_hash_table_destroy(m->index);
    m->index = NULL;
}

void open_init(struct open_table *t) {
    *t = (struct open_table){.size = 4096};
    t->slots = g_new0(struct slot, t->size);
    t->blocks = g_ptr_array_new_with_free_func(g_free);
    t->host_ids = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    t->host_names = g_ptr_array_new();
}

void open_free(struct open_table *t) {
    for (size_t i = 0; i < t->size; i++)
        if (t->slots[i].message)
            free_texts(t->slots[i].message);
    g_ptr_array_free(t->blocks, TRUE);
    g_hash_table_destroy(t->host_ids);
    g_ptr_array_free(t->host_names, TRUE);
    g_free(t->slots);
    arena_free(&t->arena);
}

struct slice open_host_name(const struct open_table *t, uint32_t host) {
    return *(const struct slice *)t->host_names->pdata[host];
}

static uint32_t add_host(struct open_table *t, char *key, struct slice host) {
    if (t->host_names->len >= LIMIT_HOSTS) {
        g_free(key);
        return t->host_names->len - 1;
    }
    struct slice *name = ARENA_NEW(&t->arena, struct slice);
    *name = arena_copy(&t->arena, host);
    g_ptr_array_add(t->host_names, name);
    g_hash_table_insert(t->host_ids, key, GUINT_TO_POINTER(t->host_names->len));
    return t->host_names->len - 1;
}

uint32_t open_host(struct open_table *t, struct slice host) {
    if (t->host_names->len && slice_equal(open_host_name(t, t->last_host), host))
        return t->last_host;
    for (guint i = 0; i < MIN(t->host_names->len, FEW_HOSTS); i++)
        if (slice_equal(open_host_name(t, i), host))
            return t->last_host = i;
    char *key = g_strndup(host.ptr ? host.ptr : "", host.len);
    gpointer found = g_hash_table_lookup(t->host_ids, key);
    if (!found)
        return t->last_host = add_host(t, key, host);
    g_free(key);
    return t->last_host = GPOINTER_TO_UINT(found) - 1;
}

void *open_room(struct open_message *m, size_t size) {
    size = (size + 7) & ~(size_t)7;
    if (m->used + size > m->room) {
        size_t room = MAX(MAX(size, (size_t)MORE), m->more ? m->room : 0);
        room = MIN(room + (m->more ? m->room : 0), MAX(size, (size_t)65536));
        struct texts *t = g_malloc(sizeof *t + room);
        *t = (struct texts){m->more, room};
        m->more = t;
        m->at = t->bytes;
        m->used = 0;
        m->room = room;
    }
    void *p = m->at + m->used;
    m->used += size;
    return p;
}

struct slice open_keep(struct open_message *m, struct slice s) {
    if (!s.len)
        return SLICE_EMPTY;
    return (struct slice){memcpy(open_room(m, s.len), s.ptr, s.len), s.len};
}

/* The slot of a message, or the free one where it would stand. */
static size_t find_slot(const struct open_table *t, struct slice id, uint32_t host, uint64_t hash) {
    size_t slot = hash & (t->size - 1);
    for (const struct open_message *m; (m = t->slots[slot].message) != NULL;
         slot = (slot + 1) & (t->size - 1))
        if (t->slots[slot].hash == hash && m->host == host && slice_equal(m->queue_id, id))
            break;
    return slot;
}

static void grow(struct open_table *t) {
    struct slot *old = t->slots;
    size_t size = t->size;
    t->size *= 2;
    t->slots = g_new0(struct slot, t->size);
    for (size_t i = 0; i < size; i++) {
        if (!old[i].message)
            continue;
        size_t slot = old[i].hash & (t->size - 1);
        while (t->slots[slot].message)
            slot = (slot + 1) & (t->size - 1);
        t->slots[slot] = old[i];
    }
    g_free(old);
}

static struct open_message *take_message(struct open_table *t) {
    if (!t->unused) {
        struct open_message *block = g_new(struct open_message, 256);
        g_ptr_array_add(t->blocks, block);
        for (size_t i = 0; i < 256; i++) {
            block[i].free_next = t->unused;
            t->unused = &block[i];
        }
    }
    struct open_message *m = t->unused;
    t->unused = m->free_next;
    memset(m, 0, offsetof(struct open_message, bytes));
    m->at = m->bytes;
    m->room = ROOM;
    m->size = -1;
    return m;
}

/* Take it out of the table; what stood behind it moves up. */
static void remove_slot(struct open_table *t, size_t slot) {
    size_t mask = t->size - 1;
    size_t next = slot;
    for (;;) {
        next = (next + 1) & mask;
        if (!t->slots[next].message)
            break;
        size_t home = t->slots[next].hash & mask;
        if (((next - home) & mask) >= ((next - slot) & mask)) {
            t->slots[slot] = t->slots[next];
            slot = next;
        }
    }
    t->slots[slot].message = NULL;
}

struct open_message *open_find(const struct open_table *t, struct slice queue_id, uint32_t host) {
    return t->slots[find_slot(t, queue_id, host, hash_bytes(queue_id.ptr, queue_id.len, host))].message;
}

struct open_message *open_add(struct open_table *t, struct slice queue_id, uint32_t host) {
    uint64_t hash = hash_bytes(queue_id.ptr, queue_id.len, host);
    struct open_message *m = take_message(t);
    m->hash = hash;
    m->host = host;
    m->queue_id = open_keep(m, queue_id);
    m->older = t->newest;
    *(t->newest ? &t->newest->newer : &t->oldest) = m;
    t->newest = m;
    t->slots[find_slot(t, queue_id, host, hash)] = (struct slot){hash, m};
    if (++t->count * 2 > t->size)
        grow(t);
    return m;
}

void open_remove(struct open_table *t, struct open_message *m) {
    size_t slot = find_slot(t, m->queue_id, m->host, m->hash);
    free_texts(m);
    *(m->older ? &m->older->newer : &t->oldest) = m->newer;
    *(m->newer ? &m->newer->older : &t->newest) = m->older;
    remove_slot(t, slot);
    t->count--;
    m->free_next = t->unused;
    t->unused = m;
}
