/* Open messages: see open.h. */
#include "analyze/deliveries/open.h"

#include "parsers/base/hash.h"

#define FEW_HOSTS 8 /* are compared before names are looked up */

static const struct message_rare no_message_rare;
static const struct recipient_rare no_recipient_rare;

struct texts {
    struct texts *next;
    char bytes[];
};

static void free_texts(struct open_message *m) {
    if (m->count > FEW_RECIPIENTS)
        hash_table_free(&open_rare(m)->index);
    for (struct texts *t = m->more, *next; t; t = next) {
        next = t->next;
        g_free(t);
    }
    m->more = NULL;
}

void open_init(struct open_table *t) {
    *t = (struct open_table){.unused = NULL};
    t->blocks = g_ptr_array_new_with_free_func(g_free);
    t->host_ids = g_hash_table_new_full(hash_string, g_str_equal, g_free, NULL);
    t->host_names = g_ptr_array_new();
}

void open_free(struct open_table *t) {
    for (struct open_message *m = t->oldest; m; m = m->newer)
        free_texts(m);
    g_ptr_array_free(t->blocks, TRUE);
    g_hash_table_destroy(t->host_ids);
    g_ptr_array_free(t->host_names, TRUE);
    hash_table_free(&t->messages);
    arena_free(&t->arena);
}

struct host_name {
    struct slice name;
    uint64_t hash;
};

static const struct host_name *host_at(const struct open_table *t, uint32_t host) {
    return t->host_names->pdata[host];
}

struct slice open_host_name(const struct open_table *t, uint32_t host) {
    return host_at(t, host)->name;
}

static uint32_t add_host(struct open_table *t, char *key, struct slice host) {
    if (t->host_names->len >= LIMIT_HOSTS) {
        g_free(key);
        return t->host_names->len - 1;
    }
    struct host_name *name = ARENA_NEW(&t->arena, struct host_name);
    *name = (struct host_name){arena_copy(&t->arena, host), open_host_hash(host)};
    g_ptr_array_add(t->host_names, name);
    g_hash_table_insert(t->host_ids, key, GUINT_TO_POINTER(t->host_names->len));
    return t->host_names->len - 1;
}

/* One of the few that are compared; LIMIT_HOSTS: it is none. */
static uint32_t few_host(const struct open_table *t, struct slice host) {
    if (t->host_names->len && slice_equal(open_host_name(t, t->last_host), host))
        return t->last_host;
    for (guint i = 0; i < MIN(t->host_names->len, FEW_HOSTS); i++)
        if (slice_equal(open_host_name(t, i), host))
            return i;
    return LIMIT_HOSTS;
}

uint32_t open_host(struct open_table *t, struct slice host) {
    uint32_t few = few_host(t, host);
    if (few != LIMIT_HOSTS)
        return t->last_host = few;
    char *key = g_strndup(host.ptr ? host.ptr : "", host.len);
    gpointer found = g_hash_table_lookup(t->host_ids, key);
    if (!found)
        return t->last_host = add_host(t, key, host);
    g_free(key);
    return t->last_host = GPOINTER_TO_UINT(found) - 1;
}

void open_note_taken(struct open_message *m, size_t bytes) {
    m->taken += bytes;
    m->table->taken += bytes;
}

void *open_room(struct open_message *m, size_t size) {
    size = (size + 7) & ~(size_t)7;
    if (m->used + size > m->room) {
        size_t room = MAX(MAX(size, (size_t)MORE), m->more ? m->room : 0);
        room = MIN(room + (m->more ? m->room : 0), MAX(size, (size_t)65536));
        struct texts *t = g_malloc(sizeof *t + room);
        open_note_taken(m, sizeof *t + room);
        t->next = m->more;
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

static bool has_id(const void *entry, const void *queue_id) {
    return slice_equal(((const struct open_message *)entry)->queue_id, *(const struct slice *)queue_id);
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
    m->table = t;
    m->at = m->bytes;
    m->room = ROOM;
    m->rare = &no_message_rare;
    m->size = m->arrived = -1;
    m->uid = -1;
    return m;
}

uint64_t open_host_hash(struct slice host) {
    return hash_bytes(host.ptr, host.len, 0);
}

struct open_name open_name_of(struct slice queue_id, uint64_t host_hash) {
    return (struct open_name){
        queue_id, hash_bytes(queue_id.ptr, queue_id.len, log_is_stores(queue_id) ? 0 : host_hash)};
}

struct open_name open_name_at(const struct open_table *t, struct slice queue_id, uint32_t host) {
    return open_name_of(queue_id, host_at(t, host)->hash);
}

struct open_message *open_find(const struct open_table *t, struct open_name name) {
    return hash_table_find(&t->messages, name.hash, has_id, &name.queue_id);
}

struct open_message *open_add(struct open_table *t, struct open_name name, struct slice host) {
    struct open_message *m = take_message(t);
    m->hash = name.hash;
    m->host = open_host(t, host);
    m->queue_id = open_keep(m, name.queue_id);
    m->older = t->newest;
    *(t->newest ? &t->newest->newer : &t->oldest) = m;
    t->newest = m;
    hash_table_add(&t->messages, m->hash, m);
    return m;
}

void open_hide(struct open_table *t, struct open_message *m) {
    if (!m->is_hidden)
        hash_table_remove(&t->messages, m->hash, m);
    m->is_hidden = true;
}

void open_remove(struct open_table *t, struct open_message *m) {
    free_texts(m);
    t->taken -= m->taken;
    *(m->older ? &m->older->newer : &t->oldest) = m->newer;
    *(m->newer ? &m->newer->older : &t->newest) = m->older;
    open_hide(t, m);
    m->free_next = t->unused;
    t->unused = m;
}

void open_replace(struct open_message *m, struct slice *text, struct slice by) {
    if (by.len && by.len <= text->len) {
        memmove((char *)text->ptr, by.ptr, by.len);
        text->len = by.len;
    } else if (!slice_equal(*text, by)) {
        *text = open_keep(m, by);
    }
}

struct message_rare *open_rare(struct open_message *m) {
    if (m->rare == &no_message_rare)
        m->rare = memset(open_room(m, sizeof *m->rare), 0, sizeof *m->rare);
    return (struct message_rare *)m->rare;
}

struct recipient_rare *open_rare_of(struct open_message *m, struct recipient_story *r) {
    if (r->rare == &no_recipient_rare)
        r->rare = memset(open_room(m, sizeof *r->rare), 0, sizeof *r->rare);
    return (struct recipient_rare *)r->rare;
}

struct recipient_key {
    struct slice address, original;
};

static bool is_recipient(const void *entry, const void *key) {
    const struct recipient_story *r = entry;
    const struct recipient_key *k = key;
    return slice_equal(r->address, k->address) && slice_equal(r->rare->original, k->original);
}

static uint64_t hash_of(struct slice address, struct slice original) {
    return hash_bytes(address.ptr, address.len, hash_bytes(original.ptr, original.len, 0));
}

struct recipient_story *open_recipient_find(const struct open_message *m, struct slice address,
                                            struct slice original) {
    struct recipient_key key = {address, original};
    if (m->count > FEW_RECIPIENTS)
        return hash_table_find(&m->rare->index, hash_of(address, original), is_recipient, &key);
    struct recipient_story *r = m->recipients;
    while (r && !is_recipient(r, &key))
        r = r->next;
    return r;
}

static void add_to_index(struct open_message *m, struct recipient_story *r) {
    hash_table_add(&open_rare(m)->index, hash_of(r->address, r->rare->original), r);
    open_note_taken(m, INDEXED);
}

struct recipient_story *open_recipient_add(struct open_message *m, struct slice address,
                                           struct slice original) {
    struct recipient_story *r = open_room(m, sizeof *r);
    *r = (struct recipient_story){.rare = &no_recipient_rare};
    r->address = open_keep(m, address);
    if (original.len)
        open_rare_of(m, r)->original = open_keep(m, original);
    *(m->last ? &m->last->next : &m->recipients) = r;
    m->last = r;
    m->count++;
    if (m->count == FEW_RECIPIENTS + 1)
        for (struct recipient_story *each = m->recipients; each; each = each->next)
            add_to_index(m, each);
    else if (m->count > FEW_RECIPIENTS)
        add_to_index(m, r);
    return r;
}

struct recipient_story *open_verdict_of(const struct open_message *verdict, struct slice address) {
    struct recipient_story *said = open_recipient_find(verdict, address, SLICE_EMPTY);
    return said || verdict->count != 1 ? said : verdict->recipients;
}

void open_keep_try(struct open_message *m, struct recipient_story *r, const struct delivery_try *try) {
    struct recipient_rare *of = open_rare_of(m, r);
    struct delivery_try *kept;
    if (of->kept_count == MOST_TRIES) { /* the oldest behind the first ones gives its room */
        kept = of->last_of_first->next;
        of->last_of_first->next = kept->next;
    } else {
        kept = open_room(m, sizeof *kept);
        *kept = (struct delivery_try){.next = NULL};
        of->kept_count++;
    }
    open_replace(m, &kept->relay, try->relay);
    open_replace(m, &kept->relay_ip, try->relay_ip);
    open_replace(m, &kept->reply, slice_upto(try->reply, MOST_TRY_REPLY));
    kept->time = try->time;
    kept->class = try->class;
    kept->status = try->status;
    kept->next = NULL;
    *(of->kept_last ? &of->kept_last->next : &of->kept) = kept;
    of->kept_last = kept;
    if (of->kept_count == FIRST_TRIES)
        of->last_of_first = kept;
}

void open_keep_line(struct open_message *m, const struct delivery_line *line) {
    struct message_rare *of = open_rare(m);
    const struct delivery_line *last = of->last_line;
    if (of->line_count == MOST_LINES || (last && last->file == line->file && last->line == line->line))
        return;
    struct delivery_line *kept = open_room(m, sizeof *kept);
    *kept = *line;
    kept->next = NULL;
    kept->text = open_keep(m, line->text);
    *(of->last_line ? &of->last_line->next : &of->lines) = kept;
    of->last_line = kept;
    of->line_count++;
}
