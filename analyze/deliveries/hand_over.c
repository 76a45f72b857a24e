/* Where mail goes on: see hand_over.h. */
#include "analyze/deliveries/hand_over.h"

#include "parsers/base/hash.h"
#include "parsers/log/line_text.h"

#define MOST_RELAYS 64 /* hosts of a log among which a message that went on is looked for */
#define MOST_APART                                                                                           \
    86400 /* seconds between two hosts' lines about a mail, where one's clock or zone is another */

void hand_overs_init(struct hand_overs *h, struct open_table *open) {
    *h = (struct hand_overs){.open = open};
}

static void forget(struct memory *half) {
    hash_table_free(&half->table);
    arena_free(&half->arena);
}

void hand_overs_free(struct hand_overs *h) {
    hash_table_free(&h->here);
    hash_table_free(&h->elsewhere);
    for (int i = 0; i < 2; i++) {
        forget(&h->arrived[i]);
        forget(&h->given_up[i]);
    }
}

static uint64_t hash_here(const struct hand_overs *h, struct slice queue_id, uint32_t host) {
    return open_name_at(h->open, queue_id, host).hash;
}

static uint64_t hash_elsewhere(struct slice queue_id, struct slice sender) {
    return hash_bytes(queue_id.ptr, queue_id.len, hash_bytes_nocase(sender.ptr, sender.len));
}

static bool has_several_hosts(const struct hand_overs *h) {
    return h->has_hosts || h->open->host_names->len > 1;
}

static bool is_near_in_time(int64_t a, int64_t b) {
    return a == -1 || b == -1 || (a - b <= MOST_APART && b - a <= MOST_APART);
}

/* --- what was there --- */

static bool has_hash(const void *entry, const void *key) {
    return ((const struct remembered *)entry)->hash == *(const uint64_t *)key;
}

/* Of two with the same names the later one. Two halves: where one is full, the other one is forgotten. */
static void remember(struct memory halves[2], struct remembered what) {
    struct remembered *r = hash_table_find(&halves[0].table, what.hash, has_hash, &what.hash);
    if (!r && halves[0].table.count >= LIMIT_REMEMBERED) {
        forget(&halves[1]);
        halves[1] = halves[0];
        memset(&halves[0], 0, sizeof halves[0]);
    }
    if (!r) {
        r = ARENA_NEW(&halves[0].arena, struct remembered);
        hash_table_add(&halves[0].table, what.hash, r);
    }
    *r = what;
}

static const struct remembered *recall(const struct memory halves[2], uint64_t hash, int64_t time) {
    for (int i = 0; i < 2; i++) {
        const struct remembered *r = hash_table_find(&halves[i].table, hash, has_hash, &hash);
        if (r && is_near_in_time(r->time, time))
            return r;
    }
    return NULL;
}

/* Of the same names the one that came last. */
static const struct remembered *recall_last(const struct remembered few[FEW_ENDED], size_t noted,
                                            uint64_t hash, int64_t time) {
    size_t count = MIN(noted, (size_t)FEW_ENDED);
    for (size_t i = 1; i <= count; i++) {
        const struct remembered *r = &few[(noted - i) % FEW_ENDED];
        if (r->hash == hash && is_near_in_time(r->time, time))
            return r;
    }
    return NULL;
}

/* The message that took it, where it is open: a content filter gives it back to this host, mostly before the
 * line that says so; another host of the logs took it under a queue id of its own, from the same sender. */
static struct open_message *find_open(const struct hand_overs *h, const struct open_message *m,
                                      struct slice queue_id) {
    const GPtrArray *hosts = h->open->host_names;
    struct open_message *next = open_find(h->open, open_name_at(h->open, queue_id, m->host));
    if (next && next != m)
        return next;
    for (guint host = 0; hosts->len > 1 && host < MIN(hosts->len, MOST_RELAYS); host++) {
        next = host == m->host ? NULL : open_find(h->open, open_name_at(h->open, queue_id, host));
        if (next && next->has_sender && slice_equal_nocase(next->sender, m->sender))
            return next;
    }
    return NULL;
}

/* Until the next queue tells of a recipient, those who came to it are all that is known of it. */
static void expect(struct open_message *next, const struct recipient_story *r) {
    if (next->is_try || next->is_verdict || next->talk || (next->count && next->recipients->attempts) ||
        open_recipient_find(next, r->address, r->rare->original))
        return;
    struct recipient_story *x = open_recipient_add(next, r->address, r->rare->original);
    x->is_expected = true;
    x->delay = LOG_NO_DELAY;
    x->first = r->last;
    x->last = r->last;
    x->domain = r->domain;
    x->file = r->file;
    x->line = r->line;
}

/* In place of a queue id, which never begins so: where only the Message-ID tells which mail came back. */
#define BY_MESSAGE_ID '\n'

static bool is_by_message_id(struct slice queue_id) {
    return queue_id.len && queue_id.ptr[0] == BY_MESSAGE_ID;
}

/* Where it has none, or one that is no line of a mail: empty. */
static struct slice message_id_name(struct hand_overs *h, const struct open_message *m) {
    if (m->is_try || m->is_verdict || !m->message_id.len || m->message_id.len > MOST_MESSAGE_ID)
        return SLICE_EMPTY;
    h->name[0] = BY_MESSAGE_ID;
    memcpy(h->name + 1, m->message_id.ptr, m->message_id.len);
    return (struct slice){h->name, m->message_id.len + 1};
}

/* Did a message of these logs take it? `is_near`: this host may have. */
static bool find_next(const struct hand_overs *h, struct open_message *m, const struct recipient_story *r,
                      struct slice queue_id, bool is_near) {
    struct open_message *next = find_open(h, m, queue_id);
    if (next) {
        next->mail = m->mail;
        expect(next, r);
        return true;
    }
    const struct remembered *past = NULL;
    if (is_near && is_by_message_id(queue_id))
        past = recall_last(h->given_back, h->given_back_count, hash_here(h, queue_id, m->host), m->arrived);
    else if (is_near)
        past = recall_last(h->ended, h->ended_count, hash_here(h, queue_id, m->host), m->arrived);
    if (!past && m->has_sender && has_several_hosts(h))
        past = recall(h->arrived, hash_elsewhere(queue_id, m->sender), m->arrived);
    if (past)
        m->mail = past->mail;
    return past != NULL;
}

void hand_over_note(struct hand_overs *h, struct open_message *m, struct recipient_story *r,
                    const struct log_event *e) {
    struct slice queue_id = e->status == LOG_SENT ? e->next_queue_id : SLICE_EMPTY;
    if (e->is_forwarded && !queue_id.len && !e->relay_ip.len) /* by a pipe */
        queue_id = message_id_name(h, m);
    bool is_near = queue_id.len && (e->is_forwarded || log_is_near(e->relay_ip));
    bool is_found = queue_id.len && find_next(h, m, r, queue_id, is_near);
    r->is_handed_over = is_found || (e->is_forwarded && !queue_id.len);
    if (r->rare->awaited.len)
        open_rare_of(m, r)->awaited = SLICE_EMPTY;
    r->is_near = (is_near || e->is_relayed) && !is_found;
    if (queue_id.len && !is_found && (is_near || has_several_hosts(h))) {
        open_rare_of(m, r)->awaited = open_keep(m, queue_id);
        m->has_awaited = true;
    }
}

/* --- what is waited for --- */

/* A queue id for which a message waits, and the recipients that go on under it. */
struct awaited {
    struct awaited *next; /* of the message */
    struct slice queue_id;
    struct open_message *of;
    struct recipient_story *first;
    bool is_here, is_elsewhere; /* in these tables */
};

struct awaited_key {
    struct slice queue_id, sender;
    uint32_t host;
};

static struct awaited_key key_of(struct slice queue_id, const struct open_message *m) {
    return (struct awaited_key){queue_id, m->sender, m->host};
}

static bool is_here(const void *entry, const void *key) {
    const struct awaited *a = entry;
    const struct awaited_key *k = key;
    return a->of->host == k->host && slice_equal(a->queue_id, k->queue_id);
}

static bool is_elsewhere(const void *entry, const void *key) {
    const struct awaited *a = entry;
    const struct awaited_key *k = key;
    return slice_equal(a->queue_id, k->queue_id) && slice_equal_nocase(a->of->sender, k->sender);
}

static struct awaited *find_here(const struct hand_overs *h, struct awaited_key key) {
    uint64_t hash = h->here.count ? hash_here(h, key.queue_id, key.host) : 0;
    return h->here.count ? hash_table_find(&h->here, hash, is_here, &key) : NULL;
}

static struct awaited *find_elsewhere(const struct hand_overs *h, struct awaited_key key) {
    uint64_t hash = h->elsewhere.count ? hash_elsewhere(key.queue_id, key.sender) : 0;
    return h->elsewhere.count ? hash_table_find(&h->elsewhere, hash, is_elsewhere, &key) : NULL;
}

/* It is not looked for any longer. */
static void drop_awaited(struct hand_overs *h, struct awaited *a) {
    if (a->is_here)
        hash_table_remove(&h->here, hash_here(h, a->queue_id, a->of->host), a);
    if (a->is_elsewhere)
        hash_table_remove(&h->elsewhere, hash_elsewhere(a->queue_id, a->of->sender), a);
    a->of->awaited_count -= a->is_here || a->is_elsewhere;
    a->is_here = a->is_elsewhere = false;
}

/* Only one message can have gone on under a queue id: one that waited for it before waits in vain. */
static void take_place(struct hand_overs *h, const struct awaited *before, const struct open_message *by) {
    if (before && before->of != by)
        h->close(h->context, before->of);
}

static void wait_for(struct hand_overs *h, struct open_message *m, struct recipient_story *r) {
    struct awaited_key key = key_of(r->rare->awaited, m);
    struct awaited *a = m->has_sender ? find_elsewhere(h, key) : find_here(h, key);
    if (!m->has_sender && !r->is_near)
        return;
    if (!a || a->of != m) {
        take_place(h, a, m);
        take_place(h, r->is_near ? find_here(h, key) : NULL, m);
        a = open_room(m, sizeof *a);
        *a = (struct awaited){m->awaited, r->rare->awaited, m, NULL, r->is_near, m->has_sender};
        m->awaited = a;
        m->awaited_count++;
        if (a->is_here)
            hash_table_add(&h->here, hash_here(h, key.queue_id, key.host), a);
        if (a->is_elsewhere)
            hash_table_add(&h->elsewhere, hash_elsewhere(key.queue_id, key.sender), a);
    }
    open_rare_of(m, r)->awaited_next = a->first;
    a->first = r;
}

static void link_waiting(struct hand_overs *h, struct open_message *m) {
    m->waits_behind = h->newest;
    *(h->newest ? &h->newest->waits_before : &h->oldest) = m;
    h->newest = m;
    h->waiting++;
    m->is_done = m->is_waiting = true;
}

static void unlink_waiting(struct hand_overs *h, struct open_message *m) {
    *(m->waits_behind ? &m->waits_behind->waits_before : &h->oldest) = m->waits_before;
    *(m->waits_before ? &m->waits_before->waits_behind : &h->newest) = m->waits_behind;
    h->waiting--;
}

/* Another queue may have begun since the try. */
static void look_again(const struct hand_overs *h, struct open_message *m, struct recipient_story *r) {
    if (!r->rare->awaited.len || !find_next(h, m, r, r->rare->awaited, r->is_near))
        return;
    r->is_handed_over = true;
    open_rare_of(m, r)->awaited = SLICE_EMPTY;
}

/* It counts as delivered by what it says. Should what it waited for still come, it is known. */
static void give_up(struct hand_overs *h, struct open_message *m) {
    for (const struct awaited *a = m->awaited; a && has_several_hosts(h); a = a->next)
        if (a->is_elsewhere)
            remember(h->given_up,
                     (struct remembered){hash_elsewhere(a->queue_id, m->sender), m->mail, m->arrived});
    h->close(h->context, m);
}

static void remember_arrived(struct hand_overs *h, const struct open_message *m) {
    if (!m->is_try && !m->is_verdict && !m->talk)
        h->ended[h->ended_count++ % FEW_ENDED] = (struct remembered){m->hash, m->mail, m->arrived};
    if (m->has_sender && !m->is_try && !m->talk && has_several_hosts(h))
        remember(h->arrived,
                 (struct remembered){hash_elsewhere(m->queue_id, m->sender), m->mail, m->arrived});
}

void hand_over_replaced(struct hand_overs *h, struct open_message *m) {
    remember_arrived(h, m);
    open_hide(h->open, m);
}

bool hand_over_waits(struct hand_overs *h, struct open_message *m) {
    if (!m->has_awaited)
        return false;
    for (struct recipient_story *r = m->recipients; r; r = r->next) {
        look_again(h, m, r);
        if (r->rare->awaited.len)
            wait_for(h, m, r);
    }
    if (!m->awaited_count)
        return false;
    size_t most = h->limit ? h->limit : has_several_hosts(h) ? LIMIT_AWAITED : FEW_AWAITED;
    if (h->waiting >= most)
        give_up(h, h->oldest);
    link_waiting(h, m);
    return true;
}

/* A message that came is the one that was waited for. */
static void meet(struct hand_overs *h, struct awaited *a, struct open_message *next) {
    struct open_message *m = a->of;
    next->mail = m->mail;
    for (struct recipient_story *r = a->first; r; r = r->rare->awaited_next) {
        r->is_handed_over = true;
        open_rare_of(m, r)->awaited = SLICE_EMPTY;
        expect(next, r);
    }
    drop_awaited(h, a);
    if (!m->awaited_count)
        h->close(h->context, m);
}

void hand_over_begin(struct hand_overs *h, struct open_message *m) {
    struct awaited *a = find_here(h, key_of(m->queue_id, m));
    if (a)
        meet(h, a, m);
}

void hand_over_sender(struct hand_overs *h, struct open_message *m) {
    struct awaited *a = find_elsewhere(h, key_of(m->queue_id, m));
    if (a)
        meet(h, a, m);
    else if (h->given_up[0].table.count)
        h->late += recall(h->given_up, hash_elsewhere(m->queue_id, m->sender), m->arrived) != NULL;
}

void hand_over_given_back(struct hand_overs *h, struct open_message *m) {
    struct slice id = message_id_name(h, m);
    if (!id.len)
        return;
    struct awaited *a = find_here(h, (struct awaited_key){id, SLICE_EMPTY, m->host});
    if (a && a->of != m)
        meet(h, a, m);
    h->given_back[h->given_back_count++ % FEW_ENDED] =
        (struct remembered){hash_here(h, id, m->host), m->mail, m->arrived};
}

void hand_over_end(struct hand_overs *h, struct open_message *m) {
    for (struct awaited *a = m->awaited; a; a = a->next)
        drop_awaited(h, a);
    for (struct recipient_story *r = m->recipients; r && !m->is_verdict; r = r->next)
        look_again(h, m, r);
    if (m->is_waiting)
        unlink_waiting(h, m);
    if (!m->is_hidden)
        remember_arrived(h, m);
}
