/* One story per recipient: see deliveries.h. Open messages stand in a table by host and queue id, which a
 * mail system uses again as soon as a message has left its queue. */
#include "analyze/deliveries/deliveries.h"

#include "parsers/base/address.h"

#define ROOM 256 /* bytes for the texts of a message, before it takes more */
#define MORE 128 /* bytes that it takes at least, or as much again as it has */

struct recipient_story {
    struct recipient_story *next;
    struct slice address, original, relay, relay_ip, reply;
    const struct reply_class *class;
    int64_t first, last;
    unsigned attempts, tries[LOG_STATUSES];
    uint32_t domain;
    unsigned char status;
    bool has_relay, is_handed_over;
    unsigned file;
    uint64_t line;
};

struct texts { /* more room for the texts and recipients of a message */
    struct texts *next;
    size_t size;
    char bytes[];
};

struct open_message {
    struct open_message *free_next;     /* among the unused */
    struct open_message *older, *newer; /* in the order of their beginning */
    uint64_t hash;
    uint32_t host;
    struct slice queue_id, sender, message_id, client, client_ip, user;
    uint32_t sender_domain;
    bool has_sender, is_try;
    int expected, finished; /* recipients, where their number is known */
    int64_t size;
    struct recipient_story *recipients, *last;
    size_t count;
    GHashTable *index; /* of many recipients; NULL: they are few */
    struct texts *more;
    size_t used, room;
    char *at;
    char bytes[ROOM];
};

struct slot { /* the hash stands here too: most look-ups need no other memory */
    uint64_t hash;
    struct open_message *message; /* NULL: free */
};

struct join {
    struct totals *totals;
    struct matcher *matcher;
    bool wants_stories;
    delivery_sink *sink, *tried;
    void *context, *tried_context;
    struct slot *slots;
    size_t count, size;
    struct open_message *unused, *oldest, *newest;
    GPtrArray *blocks;
    struct slice hosts[256]; /* names; those beyond share the last number */
    uint32_t host_count, last_host;
    uint64_t seed, forgotten;
    struct arena arena, scratch;
};

struct join *join_new(struct totals *totals, struct matcher *matcher, bool wants_stories, delivery_sink *sink,
                      void *context) {
    struct join *j = g_new0(struct join, 1);
    *j = (struct join){.totals = totals,
                       .matcher = matcher,
                       .wants_stories = wants_stories,
                       .sink = sink,
                       .context = context};
    j->size = 4096;
    j->slots = g_new0(struct slot, j->size);
    j->blocks = g_ptr_array_new_with_free_func(g_free);
    j->seed = (uint64_t)g_random_int() << 32 | g_random_int();
    return j;
}

void join_tell_tries(struct join *j, delivery_sink *tried, void *context) {
    j->tried = tried;
    j->tried_context = context;
}

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

void join_free(struct join *j) {
    if (!j)
        return;
    for (size_t i = 0; i < j->size; i++)
        if (j->slots[i].message)
            free_texts(j->slots[i].message);
    g_ptr_array_free(j->blocks, TRUE);
    g_free(j->slots);
    arena_free(&j->arena);
    arena_free(&j->scratch);
    g_free(j);
}

uint64_t join_forgotten(const struct join *j) {
    return j->forgotten;
}

static void *take_room(struct open_message *m, size_t size) {
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

static struct slice keep(struct open_message *m, struct slice s) {
    if (!s.len)
        return SLICE_EMPTY;
    return (struct slice){memcpy(take_room(m, s.len), s.ptr, s.len), s.len};
}

static uint32_t host_number(struct join *j, struct slice host) {
    if (j->host_count && slice_equal(j->hosts[j->last_host], host))
        return j->last_host;
    for (uint32_t i = 0; i < j->host_count; i++)
        if (slice_equal(j->hosts[i], host))
            return j->last_host = i;
    if (j->host_count < 256)
        j->hosts[j->host_count++] = arena_copy(&j->arena, host);
    return j->last_host = j->host_count - 1;
}

static uint64_t hash_id(const struct join *j, struct slice id, uint32_t host) {
    uint64_t h = j->seed ^ host * 0x9e3779b97f4a7c15u ^ id.len;
    for (; id.len >= 8; id = slice_from(id, 8)) {
        uint64_t w;
        memcpy(&w, id.ptr, 8);
        h = (h ^ w) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    uint64_t w = 0;
    memcpy(&w, id.ptr, id.len);
    h = (h ^ w) * 0xc4ceb9fe1a85ec53u;
    return h ^ h >> 32;
}

/* The slot of a message, or the free one where it would stand. */
static size_t find_slot(const struct join *j, struct slice id, uint32_t host, uint64_t hash) {
    size_t slot = hash & (j->size - 1);
    for (const struct open_message *m; (m = j->slots[slot].message) != NULL;
         slot = (slot + 1) & (j->size - 1))
        if (j->slots[slot].hash == hash && m->host == host && slice_equal(m->queue_id, id))
            break;
    return slot;
}

static void grow(struct join *j) {
    struct slot *old = j->slots;
    size_t size = j->size;
    j->size *= 2;
    j->slots = g_new0(struct slot, j->size);
    for (size_t i = 0; i < size; i++) {
        if (!old[i].message)
            continue;
        size_t slot = old[i].hash & (j->size - 1);
        while (j->slots[slot].message)
            slot = (slot + 1) & (j->size - 1);
        j->slots[slot] = old[i];
    }
    g_free(old);
}

static struct open_message *take_message(struct join *j) {
    if (!j->unused) {
        struct open_message *block = g_new(struct open_message, 256);
        g_ptr_array_add(j->blocks, block);
        for (size_t i = 0; i < 256; i++) {
            block[i].free_next = j->unused;
            j->unused = &block[i];
        }
    }
    struct open_message *m = j->unused;
    j->unused = m->free_next;
    memset(m, 0, offsetof(struct open_message, bytes));
    m->at = m->bytes;
    m->room = ROOM;
    m->size = -1;
    return m;
}

/* Take it out of the table; what stood behind it moves up. */
static void remove_slot(struct join *j, size_t slot) {
    size_t mask = j->size - 1;
    size_t next = slot;
    for (;;) {
        next = (next + 1) & mask;
        if (!j->slots[next].message)
            break;
        size_t home = j->slots[next].hash & mask;
        if (((next - home) & mask) >= ((next - slot) & mask)) {
            j->slots[slot] = j->slots[next];
            slot = next;
        }
    }
    j->slots[slot].message = NULL;
}

static enum outcome outcome_of(const struct recipient_story *r) {
    static const enum outcome outcomes[LOG_STATUSES] = {OUTCOME_SENT, OUTCOME_DEFERRED, OUTCOME_BOUNCED,
                                                        OUTCOME_EXPIRED};
    return outcomes[r->status];
}

static void tell(struct join *j, const struct open_message *m, const struct recipient_story *r) {
    if (r->is_handed_over || !r->attempts)
        return;
    struct delivery d = {.host = j->hosts[m->host],
                         .queue_id = m->queue_id,
                         .message_id = m->message_id,
                         .sender = m->sender,
                         .recipient = r->address,
                         .original = r->original,
                         .client = m->client,
                         .client_ip = m->client_ip,
                         .user = m->user,
                         .relay = r->relay,
                         .relay_ip = r->relay_ip,
                         .reply = r->reply,
                         .size = m->size,
                         .first = r->first,
                         .last = r->last,
                         .attempts = r->attempts,
                         .outcome = outcome_of(r),
                         .direction = r->has_relay ? DIRECTION_OUT : DIRECTION_LOCAL,
                         .class = r->class,
                         .file = r->file,
                         .line = r->line,
                         .sender_domain = m->sender_domain,
                         .domain = r->domain};
    memcpy(d.tries, r->tries, sizeof d.tries);
    j->sink(j->context, &d);
}

static void close_message(struct join *j, size_t slot) {
    struct open_message *m = j->slots[slot].message;
    if (!m)
        return;
    for (const struct recipient_story *r = m->recipients; r; r = r->next)
        tell(j, m, r);
    free_texts(m);
    *(m->older ? &m->older->newer : &j->oldest) = m->newer;
    *(m->newer ? &m->newer->older : &j->newest) = m->older;
    remove_slot(j, slot);
    j->count--;
    m->free_next = j->unused;
    j->unused = m;
}

static void forget_oldest(struct join *j) {
    const struct open_message *m = j->oldest;
    close_message(j, find_slot(j, m->queue_id, m->host, m->hash));
    j->forgotten++;
}

static struct open_message *message_of(struct join *j, const struct log_event *e) {
    uint32_t host = host_number(j, e->host);
    uint64_t hash = hash_id(j, e->queue_id, host);
    size_t slot = find_slot(j, e->queue_id, host, hash);
    if (j->slots[slot].message)
        return j->slots[slot].message;
    if (j->count >= LIMIT_OPEN) {
        forget_oldest(j);
        slot = find_slot(j, e->queue_id, host, hash);
    }
    struct open_message *m = take_message(j);
    m->hash = hash;
    m->host = host;
    m->queue_id = keep(m, e->queue_id);
    m->older = j->newest;
    *(j->newest ? &j->newest->newer : &j->oldest) = m;
    j->newest = m;
    j->slots[slot] = (struct slot){hash, m};
    if (++j->count * 2 > j->size)
        grow(j);
    return m;
}

static void close_event(struct join *j, const struct log_event *e) {
    uint32_t host = host_number(j, e->host);
    size_t slot = find_slot(j, e->queue_id, host, hash_id(j, e->queue_id, host));
    close_message(j, slot);
}

static guint story_hash(gconstpointer p) {
    const struct recipient_story *r = p;
    guint h = 5381;
    for (size_t i = 0; i < r->address.len; i++)
        h = h * 33 + (guchar)r->address.ptr[i];
    for (size_t i = 0; i < r->original.len; i++)
        h = h * 33 + (guchar)r->original.ptr[i];
    return h;
}

static gboolean is_same_story(gconstpointer a, gconstpointer b) {
    const struct recipient_story *x = a;
    const struct recipient_story *y = b;
    return slice_equal(x->address, y->address) && slice_equal(x->original, y->original);
}

#define MANY 32 /* recipients, from which they are looked up instead of gone through */

static struct recipient_story *find_story(const struct open_message *m, const struct log_event *e) {
    struct recipient_story wanted = {.address = e->address, .original = e->original};
    if (m->index)
        return g_hash_table_lookup(m->index, &wanted);
    struct recipient_story *r = m->recipients;
    while (r && !is_same_story(r, &wanted))
        r = r->next;
    return r;
}

static void index_stories(struct open_message *m) {
    if (!m->index) {
        m->index = g_hash_table_new(story_hash, is_same_story);
        for (struct recipient_story *r = m->recipients; r; r = r->next)
            g_hash_table_add(m->index, r);
    }
    g_hash_table_add(m->index, m->last);
}

static struct recipient_story *story_of(struct join *j, struct open_message *m, const struct log_event *e) {
    struct recipient_story *r = find_story(m, e);
    if (r)
        return r;
    r = take_room(m, sizeof *r);
    *r = (struct recipient_story){.first = e->time};
    r->address = keep(m, e->address);
    r->original = keep(m, e->original);
    r->domain = totals_domain(j->totals, address_domain(e->address));
    *(m->last ? &m->last->next : &m->recipients) = r;
    m->last = r;
    if (++m->count > MANY)
        index_stories(m);
    return r;
}

/* A text that replaces the last one: in its place where it fits, for a message may be tried very often. */
static void replace(struct open_message *m, struct slice *text, struct slice by) {
    if (by.len && by.len <= text->len) {
        memmove((char *)text->ptr, by.ptr, by.len);
        text->len = by.len;
    } else if (!slice_equal(*text, by)) {
        *text = keep(m, by);
    }
}

static void tell_try(const struct join *j, const struct open_message *m, const struct log_event *e) {
    static const enum outcome outcomes[LOG_STATUSES] = {OUTCOME_SENT, OUTCOME_DEFERRED, OUTCOME_BOUNCED,
                                                        OUTCOME_EXPIRED};
    struct delivery d = {.host = e->host,
                         .queue_id = m->queue_id,
                         .message_id = m->message_id,
                         .recipient = e->address,
                         .relay = e->relay,
                         .relay_ip = e->relay_ip,
                         .reply = e->text,
                         .first = e->time,
                         .last = e->time,
                         .outcome = outcomes[e->status]};
    j->tried(j->tried_context, &d);
}

/* A content filter gave it back to this host before its sender logs that it was sent. */
static bool is_open(const struct join *j, uint32_t host, struct slice id) {
    return j->slots[find_slot(j, id, host, hash_id(j, id, host))].message != NULL;
}

static void add_attempt(struct join *j, const struct log_event *e, unsigned file, uint64_t line) {
    struct open_message *m = message_of(j, e);
    struct recipient_story *r = story_of(j, m, e);
    bool was_final = r->attempts && r->status != LOG_DEFERRED;
    r->tries[e->status]++;
    r->attempts++;
    r->last = e->time;
    r->status = e->status;
    r->is_handed_over = e->message_id.len && is_open(j, m->host, e->message_id);
    r->file = file;
    r->line = line;
    r->has_relay |= e->relay_ip.len > 0 || e->is_remote;
    if (e->relay.len)
        replace(m, &r->relay, e->relay);
    if (j->wants_stories)
        replace(m, &r->relay_ip, e->relay_ip);
    /* The cause beneath an expiry is that of the last try; a line without words adds nothing. */
    if (e->reply && !(r->class && (e->status == LOG_GIVEN_UP || !e->text.len)))
        r->class = e->reply;
    if (e->text.len && (j->wants_stories || e->status != LOG_SENT))
        replace(m, &r->reply, e->text);
    if (j->tried)
        tell_try(j, m, e);
    m->finished += e->status != LOG_DEFERRED && !was_final;
    if (e->is_last && m->expected > 0 && m->finished >= m->expected)
        close_event(j, e);
}

/* A try that has a name of its own (qmail's "delivery 7") stands in the table as a message without
 * recipients, until the line that tells its end. */
static void start(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e);
    m->message_id = keep(m, e->message_id);
    m->sender = keep(m, e->address);
    m->is_try = true;
}

/* The end of such a try is told of its message and recipient. */
static void end_try(struct join *j, const struct log_event *e, unsigned file, uint64_t line) {
    uint32_t host = host_number(j, e->host);
    size_t slot = find_slot(j, e->queue_id, host, hash_id(j, e->queue_id, host));
    struct open_message *try = j->slots[slot].message;
    if (!try || !try->is_try) {
        add_attempt(j, e, file, line);
        return;
    }
    struct log_event own = *e;
    own.queue_id = arena_copy(&j->scratch, try->message_id);
    own.address = arena_copy(&j->scratch, try->sender);
    close_message(j, slot);
    add_attempt(j, &own, file, line);
    arena_reset(&j->scratch);
}

/* What was said comes before the line that says how it ended. */
static void hear(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e);
    struct recipient_story *r = story_of(j, m, e);
    replace(m, &r->reply, e->text);
    r->class = e->reply;
}

static void expire(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e);
    for (struct recipient_story *r = m->recipients; r; r = r->next)
        if (r->status == LOG_DEFERRED) {
            r->status = LOG_GIVEN_UP;
            r->last = e->time;
        }
}

static void queue(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e);
    if (m->has_sender)
        return; /* it is only tried again */
    m->has_sender = true;
    m->sender_domain = totals_domain(j->totals, address_domain(e->address));
    m->sender = keep(m, e->address);
    m->size = e->size;
    m->expected = e->recipients;
}

static void introduce(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e);
    if (e->kind == LOG_MESSAGE_ID) {
        m->message_id = keep(m, e->message_id);
        return;
    }
    m->client = keep(m, e->client);
    m->client_ip = keep(m, e->client_ip);
    m->user = keep(m, e->user);
}

static unsigned times_of(const struct log_event *e) {
    return e->recipients > 1 ? (unsigned)e->recipients : 1;
}

static void reject(struct join *j, const struct log_event *e, unsigned file, uint64_t line) {
    struct delivery d = {.host = e->host,
                         .queue_id = e->queue_id,
                         .sender = e->sender,
                         .recipient = e->address,
                         .client = e->client,
                         .client_ip = e->client_ip,
                         .reply = e->text,
                         .size = -1,
                         .first = e->time,
                         .last = e->time,
                         .attempts = times_of(e),
                         .outcome = OUTCOME_REJECTED,
                         .direction = DIRECTION_IN,
                         .class = e->reply,
                         .file = file,
                         .line = line};
    j->sink(j->context, &d);
}

void join_event(struct join *j, const struct log_event *e, unsigned file, uint64_t line) {
    switch ((enum log_kind)e->kind) {
    case LOG_CLIENT:
    case LOG_MESSAGE_ID:
        introduce(j, e);
        break;
    case LOG_QUEUED:
        queue(j, e);
        break;
    case LOG_ATTEMPT:
        end_try(j, e, file, line);
        break;
    case LOG_EXPIRED:
        expire(j, e);
        break;
    case LOG_DONE:
        close_event(j, e);
        break;
    case LOG_REJECT:
        reject(j, e, file, line);
        break;
    case LOG_LOGIN:
        j->totals->logins += times_of(e);
        break;
    case LOG_LOST:
        j->totals->lost += times_of(e);
        break;
    case LOG_TLS:
        j->totals->tls += times_of(e);
        break;
    case LOG_START:
        start(j, e);
        break;
    case LOG_REPLY:
        hear(j, e);
        break;
    case LOG_NOTICE:
        break;
    }
}

void join_end(struct join *j) {
    while (j->oldest)
        close_message(j, find_slot(j, j->oldest->queue_id, j->oldest->host, j->oldest->hash));
}
