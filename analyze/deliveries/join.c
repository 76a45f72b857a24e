/* One story per recipient: see join.h. */
#include "analyze/deliveries/join.h"

#include "analyze/deliveries/conversation.h"
#include "analyze/deliveries/hand_over.h"
#include "analyze/deliveries/made_delivery.h"
#include "analyze/deliveries/open.h"
#include "analyze/deliveries/script_notes.h"
#include "parsers/base/address.h"
#include "parsers/log/line_text.h"

#define MOST_DELAY 31536000 /* seconds that the times of lines may be apart */

struct join {
    struct join_options options;
    struct totals *totals;
    struct open_table open;
    struct hand_overs hand_overs;
    uint64_t forgotten;
    uint64_t opened, closed;   /* messages */
    struct script_note script; /* that is about to hand a message in */
    struct arena scratch;
    struct told told;      /* of conversations, and not joined yet */
    struct open_name name; /* the queue id of the event that is joined, where its hash is known */
};

static void emit(const struct join *j, delivery_sink *sink, const struct delivery *d) {
    sink(j->options.context, d);
}

/* Was nobody tried of those who came from another queue? Then that is all that is known of them. */
static bool is_untried(const struct open_message *m) {
    for (const struct recipient_story *r = m->recipients; r; r = r->next)
        if (r->attempts)
            return false;
    return true;
}

/* A recipient of whom no try is told: it waits for its time, came from another queue of this host, or was
 * refused in a line behind which the log ends. */
static void emit_untried(struct join *j, const struct open_message *m, const struct recipient_story *r) {
    struct recipient_story one = *r;
    if (r->is_expected) {
        one.is_near = true;
        one.attempts = one.tries[LOG_SENT] = 1;
        one.status = LOG_SENT;
    } else {
        bool is_answered = !r->is_waiting && reply_code(r->reply) >= 400;
        one.status = is_answered && reply_code(r->reply) >= 500 ? LOG_BOUNCED : LOG_DEFERRED;
        one.attempts = one.tries[one.status] = is_answered;
    }
    struct delivery d = delivery_of_recipient(&j->open, m, &one, j->closed);
    emit(j, j->options.delivered, &d);
}

static void emit_delivery(struct join *j, const struct open_message *m, const struct recipient_story *r) {
    j->totals->forwarded += r->is_handed_over;
    delivery_sink *sink = r->is_handed_over ? j->options.handed_over : j->options.delivered;
    if (r->is_refused) {
        struct delivery d = delivery_of_refused(&j->open, m, r);
        emit(j, j->options.delivered, &d);
    }
    if (sink && r->attempts) {
        struct delivery d = delivery_of_recipient(&j->open, m, r, j->closed);
        emit(j, sink, &d);
    }
}

/* What a filter decided of mail of which the mail system says nothing. */
static void emit_verdicts(struct join *j, const struct open_message *m, const struct recipient_story *r) {
    struct recipient_story one = *r;
    if (r->is_handed_over)
        return;
    one.attempts = one.tries[r->status] = 1;
    for (unsigned i = 0; i < r->attempts; i++)
        emit_delivery(j, m, &one);
}

static void close_message(struct join *j, struct open_message *m) {
    j->closed++;
    hand_over_end(&j->hand_overs, m);
    bool is_none_tried = is_untried(m);
    for (struct recipient_story *r = m->recipients; r; r = r->next) {
        r->is_handed_over |= m->is_verdict && r->status == LOG_SENT;
        if (m->is_verdict)
            emit_verdicts(j, m, r);
        else if (!r->attempts && (r->is_waiting || reply_code(r->reply) >= 400 ||
                                  ((r->is_expected || r->is_named) && is_none_tried)))
            emit_untried(j, m, r);
        else
            emit_delivery(j, m, r);
    }
    if (m->talk)
        conversation_end(m->talk, &j->told);
    conversation_free(m->talk);
    open_remove(&j->open, m);
}

/* The message left the queue. */
static void finish_message(struct join *j, struct open_message *m) {
    if (!hand_over_waits(&j->hand_overs, m))
        close_message(j, m);
}

static struct open_name name_of(const struct join *j, const struct log_event *e, struct slice queue_id) {
    bool is_known =
        j->name.hash && queue_id.ptr == j->name.queue_id.ptr && queue_id.len == j->name.queue_id.len;
    return is_known ? j->name : open_name_of(queue_id, open_host_hash(e->host));
}

static struct open_message *message_of(struct join *j, const struct log_event *e, struct slice queue_id) {
    struct open_name name = name_of(j, e, queue_id);
    struct open_message *m = open_find(&j->open, name);
    if (m && m->is_done) {
        hand_over_replaced(&j->hand_overs, m);
        m = NULL;
    }
    if (m)
        return m;
    if (j->open.messages.count >= j->options.limit_open) {
        close_message(j, j->open.oldest);
        j->forgotten++;
    }
    m = open_add(&j->open, name, e->host);
    m->mail = ++j->opened;
    hand_over_begin(&j->hand_overs, m);
    return m;
}

static void note_done(struct join *j, const struct log_event *e) {
    struct open_message *m = open_find(&j->open, name_of(j, e, e->queue_id));
    if (!m || m->is_done)
        return;
    for (struct recipient_story *r = m->recipients; r; r = r->next)
        r->is_named = false; /* the lines that tell of it are not here */
    finish_message(j, m);
}

static struct recipient_story *recipient_of(struct join *j, struct open_message *m,
                                            const struct log_event *e) {
    struct recipient_story *r = open_recipient_find(m, e->recipient, e->original);
    if (r)
        return r;
    r = open_recipient_add(m, e->recipient, e->original);
    r->first = e->time;
    r->delay = LOG_NO_DELAY;
    r->domain = totals_domain(j->totals, address_domain(e->recipient));
    return r;
}

/* Where the log does not say how long it took, the times of its lines do. */
static void note_delay(const struct open_message *m, struct recipient_story *r, const struct log_event *e) {
    r->delay = e->delay;
    r->connecting = e->connecting;
    r->sending = e->sending;
    int64_t seconds = m->arrived != -1 && e->time != -1 ? e->time - m->arrived : -1;
    if (r->delay == LOG_NO_DELAY && seconds >= 0 && seconds < MOST_DELAY)
        r->delay = (uint32_t)seconds * 100;
}

/* Was that said already (a hand-over from one server to the next, an event that is posted twice), or does it
 * come late (a list whose newest record stands first)? It ends nothing then; a try that comes late counts. */
static bool note_retold(struct recipient_story *r, const struct log_event *e) {
    if (!e->is_retold || !r->attempts)
        return false;
    bool is_same = r->status == e->status && (e->status == LOG_SENT || e->time == r->last);
    if (!is_same && e->time >= r->last)
        return false;
    r->has_relay |= e->relay_ip.len > 0 || e->is_remote;
    r->first = e->time < r->first ? e->time : r->first;
    r->tries[e->status] += !is_same;
    r->attempts += !is_same;
    return true;
}

/* Does it say why the recipient did not get the mail? That it waits, or is over, does not. */
static bool says_why(const struct reply_class *class) {
    return !cause_is_of(class->cause->id, "notice");
}

/* The cause beneath an expiry is that of the last try; a line without words, or that only waits, adds nothing
 * to what is known. */
static bool is_new_reason(const struct recipient_story *r, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    if (!judged->class || !r->class || !says_why(r->class))
        return judged->class != NULL;
    bool is_over = e->status == LOG_GIVEN_UP && !judged->class->underlying;
    return says_why(judged->class) && !is_over && e->text.len;
}

static void add_attempt(struct join *j, struct open_message *m, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    struct recipient_story *r = recipient_of(j, m, e);
    bool was_final = r->attempts && r->status != LOG_DEFERRED;
    if (!r->attempts && r->is_expected)
        r->first = e->time;
    if (note_retold(r, e))
        return;
    r->tries[e->status]++;
    r->attempts++;
    r->last = e->time;
    r->status = e->status;
    r->file = judged->file;
    r->line = judged->line;
    hand_over_note(&j->hand_overs, m, r, e);
    m->is_held |= e->status == LOG_HELD;
    note_delay(m, r, e);
    r->has_relay |= e->relay_ip.len > 0 || e->is_remote;
    if (e->relay.len)
        open_replace(m, &r->relay, e->relay);
    if (e->local_ip.len)
        open_replace(m, &open_rare_of(m, r)->local_ip, e->local_ip);
    if (j->options.wants_stories)
        open_replace(m, &open_rare_of(m, r)->relay_ip, e->relay_ip);
    bool is_why = is_new_reason(r, judged);
    if (is_why) {
        r->refused = r->class && r->class->cause == judged->class->cause ? r->refused : e->time;
        r->class = judged->class;
    }
    bool is_kept = judged->class && r->class && !is_why; /* the words stay with the cause that they tell */
    if (e->text.len && !is_kept && (j->options.wants_stories || e->status != LOG_SENT))
        open_replace(m, &r->reply, e->text);
    if (j->options.tried) {
        struct delivery d = delivery_of_try(m, e);
        emit(j, j->options.tried, &d);
    }
    if (j->options.keeps_tries)
        open_keep_try(m, r,
                      &(struct delivery_try){.time = e->time,
                                             .relay = e->relay,
                                             .relay_ip = e->relay_ip,
                                             .reply = e->text,
                                             .class = judged->class ? judged->class : r->class,
                                             .status = e->status});
    m->finished += e->status != LOG_DEFERRED && !was_final;
    if (e->is_last && m->expected > 0 && m->finished >= m->expected)
        finish_message(j, m);
}

static bool is_open(const struct recipient_story *r) {
    return !r->attempts || r->status == LOG_DEFERRED;
}

#define LIMIT_RETOLD 100000 /* of one message: so many tries are counted of lines that name nobody */

/* A try that its line tells of without naming anybody. */
static void add_attempt_for_open(struct join *j, struct open_message *m, const struct judged_event *judged) {
    struct log_event own = *judged->event;
    struct judged_event one = *judged;
    uint32_t domain = totals_domain(j->totals, address_domain(own.recipient));
    bool is_known = false;
    one.event = &own;
    own.is_last = false;
    for (struct recipient_story *r = m->retold < LIMIT_RETOLD ? m->recipients : NULL, *next; r; r = next) {
        next = r->next;
        m->retold++;
        is_known |= r->address.len > 0;
        if (!is_open(r) || (own.recipient.len && r->domain != domain))
            continue;
        own.recipient = r->address;
        add_attempt(j, m, &one);
        own.recipient = judged->event->recipient;
    }
    if (!is_known && m->retold < LIMIT_RETOLD && (!m->recipients || m->recipients->address.len))
        add_attempt(j, m, &one);
}

/* A try that has a name of its own stands in the table as if it were a message without recipients, until the
 * line that tells how it ended. */
static void note_try_begins(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e, e->try_id);
    if (e->queue_id.len || !m->is_try)
        m->try_of = open_keep(m, e->queue_id);
    m->try_recipient = open_keep(m, e->recipient);
    m->is_try = true;
}

/* The end of such a try counts for its message and recipient; where its beginning is not in the log, for a
 * message of that name. */
static void note_named_attempt(struct join *j, const struct judged_event *judged) {
    struct open_message *try = message_of(j, judged->event, judged->event->try_id);
    if (!try->is_try) {
        add_attempt(j, try, judged);
        return;
    }
    struct log_event own = *judged->event;
    struct judged_event of_message = *judged;
    of_message.event = &own;
    own.queue_id = arena_copy(&j->scratch, try->try_of);
    own.recipient = arena_copy(&j->scratch, try->try_recipient);
    if (!own.is_for_open)
        close_message(j, try);
    add_attempt(j, message_of(j, &own, own.queue_id), &of_message);
    arena_reset(&j->scratch);
}

/* What a filter decided stands in the table as if it were a message, whose recipients nobody tried, until the
 * mail system's line says that the filter took it; where none does, that is all that is known of it. */
static void note_verdict(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    struct open_message *m = message_of(j, e, e->try_id);
    struct recipient_story *r = recipient_of(j, m, e);
    m->is_verdict = true;
    m->expected++;
    r->attempts++;
    r->status = e->status;
    r->class = judged->class;
    r->last = e->time;
    r->file = judged->file;
    r->line = judged->line;
    open_rare_of(m, r)->awaited = open_keep(m, e->next_queue_id);
    open_replace(m, &r->reply, e->text);
}

static void add_filtered_attempt(struct join *j, const struct judged_event *judged) {
    struct log_event own = *judged->event;
    struct judged_event filtered = *judged;
    struct open_message *v = open_find(&j->open, name_of(j, &own, own.try_id));
    struct recipient_story *r = v ? open_recipient_find(v, own.recipient, SLICE_EMPTY) : NULL;
    if (v && !r && v->count == 1)
        r = v->recipients; /* a store's name for a user has no domain */
    if (r && r->attempts && (own.status == LOG_SENT || own.status == r->status)) {
        filtered.event = &own;
        filtered.class = r->class;
        own.status = r->status;
        own.is_forwarded = r->rare->awaited.len > 0;
        own.next_queue_id = arena_copy(&j->scratch, r->rare->awaited);
        own.text = arena_copy(&j->scratch, r->reply);
    }
    if (r && r->attempts) {
        r->attempts--;
        v->finished++;
    }
    if (v && v->finished >= v->expected)
        close_message(j, v);
    add_attempt(j, message_of(j, &own, own.queue_id), &filtered);
    arena_reset(&j->scratch);
}

static void note_attempt(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    if (e->try_id.len && e->queue_id.len)
        add_filtered_attempt(j, judged);
    else if (e->try_id.len)
        note_named_attempt(j, judged);
    else if (e->is_for_open)
        add_attempt_for_open(j, message_of(j, e, e->queue_id), judged);
    else
        add_attempt(j, message_of(j, e, e->queue_id), judged);
}

/* What was answered comes before the line that says how the try ended. */
static void note_try_reply(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    struct open_message *m = message_of(j, e, e->queue_id);
    struct recipient_story *r = recipient_of(j, m, e);
    open_replace(m, &r->reply, e->text);
    r->class = judged->class;
}

static void note_waits(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    struct open_message *m = message_of(j, e, e->queue_id);
    struct recipient_story *r = recipient_of(j, m, e);
    r->is_named |= e->is_for_open;
    r->is_waiting |= !e->is_for_open;
    if (r->attempts || e->is_for_open)
        return;
    r->last = e->time;
    r->class = judged->class;
    r->file = judged->file;
    r->line = judged->line;
    open_replace(m, &r->reply, e->text);
}

static void note_ended(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e, e->queue_id);
    for (struct recipient_story *r = m->recipients; r; r = r->next)
        if (r->status == LOG_DEFERRED || r->status == LOG_HELD) {
            r->status = e->status;
            r->last = e->time;
        }
    m->is_held = e->status == LOG_HELD;
}

/* What was held goes on: here, where the queue manager takes it, or under another queue id. */
static void release_held(struct open_message *m) {
    for (struct recipient_story *r = m->recipients; m->is_held && r; r = r->next)
        r->is_handed_over |= r->status == LOG_HELD;
    m->is_held = false;
}

static void note_moved(struct join *j, const struct log_event *e) {
    struct open_message *m = open_find(&j->open, name_of(j, e, e->queue_id));
    if (!m)
        return;
    release_held(m);
    close_message(j, m);
}

static void note_queued(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e, e->queue_id);
    if (m->is_held && e->recipients >= 0)
        release_held(m);
    if (m->has_sender && m->size < 0)
        m->size = e->size;
    if (m->has_sender)
        return; /* it is only tried again */
    m->has_sender = true;
    m->arrived = e->time;
    m->sender_domain = totals_domain(j->totals, address_domain(e->sender));
    m->sender = slice_equal(e->sender, m->user) ? m->user : open_keep(m, e->sender);
    m->size = e->size;
    m->expected = e->recipients;
    hand_over_sender(&j->hand_overs, m);
}

static void note_message_id(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e, e->queue_id);
    m->message_id = open_keep(m, e->message_id);
}

static void keep_known(struct open_message *m, struct slice *text, struct slice s) {
    if (s.len)
        *text = open_keep(m, s);
}

static void note_client(struct join *j, const struct log_event *e) {
    struct open_message *m = message_of(j, e, e->queue_id);
    if (j->options.wants_stories || e->is_client_later) {
        keep_known(m, &open_rare(m)->client, e->client);
        keep_known(m, &open_rare(m)->client_ip, e->client_ip);
    }
    keep_known(m, &m->user, e->user);
    m->uid = e->uid >= 0 ? e->uid : m->uid;
    struct slice noted = e->script.len || m->rare->script.len ? SLICE_EMPTY : script_note_take(&j->script, e);
    struct slice script = e->script.len ? slice_upto(e->script, SCRIPT_BYTES) : noted;
    if (script.len)
        open_rare(m)->script = open_keep(m, script);
}

static void note_refused(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    struct open_message *m = message_of(j, e, e->queue_id);
    struct recipient_story *r = recipient_of(j, m, e);
    if (r->is_refused)
        return;
    r->is_refused = true;
    r->class = judged->class;
    r->reply = open_keep(m, e->text);
    r->file = judged->file;
    r->line = judged->line;
}

static void note_reject(struct join *j, const struct judged_event *judged) {
    if (judged->event->is_client_later) {
        note_refused(j, judged);
        return;
    }
    struct delivery d = delivery_of_reject(judged);
    emit(j, j->options.delivered, &d);
}

/* Lines about a message, also those that say nothing new. */
static void note_line(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    bool begins = e->kind == LOG_CLIENT || e->kind == LOG_MESSAGE_ID || e->kind == LOG_QUEUED ||
                  (e->kind == LOG_ATTEMPT && !e->try_id.len);
    struct open_message *m = begins            ? message_of(j, e, e->queue_id)
                             : e->queue_id.len ? open_find(&j->open, name_of(j, e, e->queue_id))
                                               : NULL;
    if (m)
        open_keep_line(
            m, &(struct delivery_line){.text = judged->raw, .file = judged->file, .line = judged->line});
}

static void note_said(struct join *j, const struct judged_event *judged) {
    struct open_message *m = message_of(j, judged->event, judged->event->queue_id);
    if (!m->talk)
        m->talk = conversation_new();
    conversation_hear(m->talk, judged, m->message_id, &j->told);
}

static void join_one(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    if (judged->raw.len)
        note_line(j, judged);
    switch ((enum log_kind)e->kind) {
    case LOG_CLIENT:
        note_client(j, e);
        break;
    case LOG_MESSAGE_ID:
        note_message_id(j, e);
        break;
    case LOG_QUEUED:
        note_queued(j, e);
        break;
    case LOG_ATTEMPT:
        note_attempt(j, judged);
        break;
    case LOG_ENDED:
        note_ended(j, e);
        break;
    case LOG_MOVED:
        note_moved(j, e);
        break;
    case LOG_DONE:
        note_done(j, e);
        break;
    case LOG_REJECT:
        note_reject(j, judged);
        break;
    case LOG_LOGIN:
        totals_count_login(j->totals, e, log_times(e));
        break;
    case LOG_LOST:
        j->totals->lost += log_times(e);
        break;
    case LOG_TLS:
        j->totals->tls += log_times(e);
        break;
    case LOG_TLS_USED:
        totals_count_tls(j->totals, e);
        break;
    case LOG_NOTE:
        break;
    case LOG_SCRIPT:
        script_note_set(&j->script, e);
        break;
    case LOG_TRY_BEGINS:
        note_try_begins(j, e);
        break;
    case LOG_TRY_REPLIED:
        note_try_reply(j, judged);
        break;
    case LOG_WAITS:
        note_waits(j, judged);
        break;
    case LOG_SAID:
        note_said(j, judged);
        break;
    case LOG_VERDICT:
        note_verdict(j, judged);
        break;
    case LOG_KINDS:
        break;
    }
}

/* What conversations told; joining it may end others. */
static void join_told(struct join *j) {
    for (guint i = 0; i < j->told.events->len; i++) {
        struct log_event e = g_array_index(j->told.events, struct log_event, i);
        struct judged_event judged = g_array_index(j->told.judged, struct judged_event, i);
        judged.event = &e;
        join_one(j, &judged);
    }
    g_array_set_size(j->told.events, 0);
    g_array_set_size(j->told.judged, 0);
    arena_reset(&j->told.texts);
}

void join_event(struct join *j, const struct judged_event *judged) {
    for (; j->open.taken > j->options.limit_open_bytes && j->open.oldest; j->forgotten++)
        close_message(j, j->open.oldest);
    j->name = (struct open_name){judged->event->queue_id, judged->hash};
    join_one(j, judged);
    j->name.hash = 0;
    if (j->told.events->len)
        join_told(j);
}

void join_expect(const struct join *j, const uint64_t *hashes, size_t count, bool are_next) {
    for (size_t i = 0; i < count; i++) {
        if (!hashes[i])
            continue;
        if (are_next)
            open_bring(&j->open, hashes[i]);
        else
            open_bring_place(&j->open, hashes[i]);
    }
}

void join_expect_end(const struct join *j, uint64_t hash, bool is_next) {
    const struct open_message *m = open_brought(&j->open, hash);
    if (m && m->recipients)
        totals_expect(j->totals, m->sender_domain, m->recipients->domain, is_next);
}

void join_end(struct join *j) {
    while (j->open.oldest) {
        close_message(j, j->open.oldest);
        join_told(j);
    }
}

static void close_waiting(void *join, struct open_message *m) {
    close_message(join, m);
}

struct join *join_new(struct totals *totals, const struct join_options *options) {
    struct join *j = g_new0(struct join, 1);
    j->options = *options;
    j->totals = totals;
    if (!j->options.limit_open)
        j->options.limit_open = LIMIT_OPEN;
    if (!j->options.limit_open_bytes)
        j->options.limit_open_bytes = LIMIT_OPEN_BYTES;
    open_init(&j->open);
    hand_overs_init(&j->hand_overs, &j->open);
    j->hand_overs.has_hosts = options->has_hosts;
    j->hand_overs.limit = options->limit_awaited;
    j->hand_overs.close = close_waiting;
    j->hand_overs.context = j;
    j->told.events = g_array_new(FALSE, TRUE, sizeof(struct log_event));
    j->told.judged = g_array_new(FALSE, TRUE, sizeof(struct judged_event));
    return j;
}

void join_free(struct join *j) {
    if (!j)
        return;
    hand_overs_free(&j->hand_overs);
    open_free(&j->open);
    arena_free(&j->scratch);
    arena_free(&j->told.texts);
    g_array_free(j->told.events, TRUE);
    g_array_free(j->told.judged, TRUE);
    g_free(j);
}

uint64_t join_forgotten(const struct join *j) {
    return j->forgotten;
}

uint64_t join_late(const struct join *j) {
    return j->hand_overs.late;
}
