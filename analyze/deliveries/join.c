/* One story per recipient: see deliveries.h. Open messages stand in a table by host and queue id, which a
 * mail system uses again as soon as a message has left its queue. */
#include "analyze/deliveries/open.h"

#include "parsers/base/address.h"
#include "parsers/base/hash.h"

#define MOST_RELAYS 64 /* hosts of a log among which a message that went on is looked for */

struct join {
    struct totals *totals;
    struct matcher *matcher;
    bool wants_stories;
    delivery_sink *sink, *tried;
    void *context, *tried_context;
    struct open_table open;
    uint64_t forgotten;
    struct arena scratch;
};

struct join *join_new(struct totals *totals, struct matcher *matcher, bool wants_stories, delivery_sink *sink,
                      void *context) {
    struct join *j = g_new0(struct join, 1);
    *j = (struct join){.totals = totals,
                       .matcher = matcher,
                       .wants_stories = wants_stories,
                       .sink = sink,
                       .context = context};
    open_init(&j->open);
    return j;
}

void join_free(struct join *j) {
    if (!j)
        return;
    open_free(&j->open);
    arena_free(&j->scratch);
    g_free(j);
}

void join_tell_tries(struct join *j, delivery_sink *tried, void *context) {
    j->tried = tried;
    j->tried_context = context;
}

uint64_t join_forgotten(const struct join *j) {
    return j->forgotten;
}

static enum outcome outcome_of(enum log_status status) {
    static const enum outcome outcomes[LOG_STATUSES] = {OUTCOME_SENT, OUTCOME_DEFERRED, OUTCOME_BOUNCED,
                                                        OUTCOME_EXPIRED};
    return outcomes[status];
}

static void tell(struct join *j, const struct open_message *m, const struct recipient_story *r) {
    if (r->is_handed_over || !r->attempts)
        return;
    struct delivery d = {.host = open_host_name(&j->open, m->host),
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
                         .outcome = outcome_of(r->status),
                         .direction = r->has_relay ? DIRECTION_OUT : DIRECTION_LOCAL,
                         .class = r->class,
                         .file = r->file,
                         .line = r->line,
                         .sender_domain = m->sender_domain,
                         .domain = r->domain};
    memcpy(d.tries, r->tries, sizeof d.tries);
    j->sink(j->context, &d);
}

static void close_message(struct join *j, struct open_message *m) {
    for (const struct recipient_story *r = m->recipients; r; r = r->next)
        tell(j, m, r);
    open_remove(&j->open, m);
}

static struct open_message *message_of(struct join *j, const struct log_event *e) {
    uint32_t host = open_host(&j->open, e->host);
    struct open_message *m = open_find(&j->open, e->queue_id, host);
    if (m)
        return m;
    if (j->open.count >= LIMIT_OPEN) {
        close_message(j, j->open.oldest);
        j->forgotten++;
    }
    return open_add(&j->open, e->queue_id, host);
}

static void close_event(struct join *j, const struct log_event *e) {
    struct open_message *m = open_find(&j->open, e->queue_id, open_host(&j->open, e->host));
    if (m)
        close_message(j, m);
}

static guint story_hash(gconstpointer p) {
    const struct recipient_story *r = p;
    uint64_t original = hash_bytes(r->original.ptr, r->original.len, 0);
    return (guint)hash_bytes(r->address.ptr, r->address.len, original);
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
    r = open_room(m, sizeof *r);
    *r = (struct recipient_story){.first = e->time};
    r->address = open_keep(m, e->address);
    r->original = open_keep(m, e->original);
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
        *text = open_keep(m, by);
    }
}

static void tell_try(const struct join *j, const struct open_message *m, const struct log_event *e) {
    struct delivery d = {.host = e->host,
                         .queue_id = m->queue_id,
                         .message_id = m->message_id,
                         .recipient = e->address,
                         .relay = e->relay,
                         .relay_ip = e->relay_ip,
                         .reply = e->text,
                         .first = e->time,
                         .last = e->time,
                         .outcome = outcome_of(e->status)};
    j->tried(j->tried_context, &d);
}

/* The queue id that the next host gave it: "250 2.0.0 Ok: queued as 4Fq2xR6hLmz9rJ". */
static struct slice queued_as(struct slice reply) {
    static const char mark[] = "queued as ";
    size_t at = slice_find(reply, SLICE(mark));
    struct slice id = slice_from(reply, at + sizeof mark - 1);
    size_t n = 0;
    while (n < id.len && ascii_is_alnum(id.ptr[n]))
        n++;
    return at < reply.len ? slice_upto(id, n) : SLICE_EMPTY;
}

/* Did it go on to a queue of which this log tells? A content filter gives it back to this host before the
 * line that says so; another host of the log took it under a queue id of its own, from the same sender. */
static bool is_handed_over(const struct join *j, const struct open_message *m, const struct log_event *e) {
    if (e->message_id.len)
        return open_find(&j->open, e->message_id, m->host) != NULL;
    struct slice id = e->status == LOG_SENT && j->open.host_names->len > 1 ? queued_as(e->text) : SLICE_EMPTY;
    for (guint host = 0; id.len && host < MIN(j->open.host_names->len, MOST_RELAYS); host++) {
        const struct open_message *next = host == m->host ? NULL : open_find(&j->open, id, host);
        if (next && next->has_sender && slice_equal_nocase(next->sender, m->sender))
            return true;
    }
    return false;
}

static void add_attempt(struct join *j, struct open_message *m, const struct log_event *e, unsigned file,
                        uint64_t line) {
    struct recipient_story *r = story_of(j, m, e);
    bool was_final = r->attempts && r->status != LOG_DEFERRED;
    r->tries[e->status]++;
    r->attempts++;
    r->last = e->time;
    r->status = e->status;
    r->is_handed_over = is_handed_over(j, m, e);
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
        close_message(j, m);
}

/* A try that has a name of its own (qmail's "delivery 7") stands in the table as a message without
 * recipients, until the line that tells its end. */
static void start(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e);
    m->message_id = open_keep(m, e->message_id);
    m->sender = open_keep(m, e->address);
    m->is_try = true;
}

/* The end of such a try is told of its message and recipient. */
static void end_try(struct join *j, const struct log_event *e, unsigned file, uint64_t line) {
    struct open_message *try = message_of(j, e);
    if (!try->is_try) {
        add_attempt(j, try, e, file, line);
        return;
    }
    struct log_event own = *e;
    own.queue_id = arena_copy(&j->scratch, try->message_id);
    own.address = arena_copy(&j->scratch, try->sender);
    close_message(j, try);
    add_attempt(j, message_of(j, &own), &own, file, line);
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
    m->sender = open_keep(m, e->address);
    m->size = e->size;
    m->expected = e->recipients;
}

static void introduce(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e);
    if (e->kind == LOG_MESSAGE_ID) {
        m->message_id = open_keep(m, e->message_id);
        return;
    }
    m->client = open_keep(m, e->client);
    m->client_ip = open_keep(m, e->client_ip);
    m->user = open_keep(m, e->user);
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
    while (j->open.oldest)
        close_message(j, j->open.oldest);
}
