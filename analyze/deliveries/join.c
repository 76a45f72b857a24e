/* One story per recipient: see join.h. */
#include "analyze/deliveries/join.h"

#include "analyze/deliveries/counting.h"
#include "analyze/deliveries/join_tries.h"
#include "analyze/deliveries/made_delivery.h"
#include "parsers/base/address.h"
#include "parsers/log/line_text.h"

/* More recipients than are told of: the lines of the others were lost, or are in another file. Of a mail
 * whose lines tell of nobody, which may be no mail but a probe, nothing is said. */
static void note_untold(struct join *j, struct open_message *m, int told) {
    if (!told || m->expected <= told)
        return;
    open_rare(m)->untold = (unsigned)(m->expected - told);
    j->totals->untold += (unsigned)(m->expected - told);
}

static void note_done(struct join *j, const struct log_event *e) {
    struct open_message *m = open_find(&j->open, join_name_of(j, e, e->queue_id));
    int told = 0;
    if (!m || m->is_done)
        return;
    j->totals->done++;
    for (struct recipient_story *r = m->recipients; r; r = r->next) {
        r->is_named = false; /* the lines that tell of it are not here */
        told += r->attempts || r->is_waiting;
    }
    note_untold(j, m, told);
    join_finish(j, m);
}

static void note_waiting(struct open_message *m, struct recipient_story *r,
                         const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    r->is_named |= e->is_for_open;
    r->is_waiting |= !e->is_for_open;
    r->has_relay |= e->is_remote;
    if (r->attempts || (e->is_for_open && !e->text.len))
        return;
    r->last = e->time;
    r->class = judged->class;
    r->file = judged->file;
    r->line = judged->line;
    open_replace(m, &r->reply, e->text);
}

static bool is_untried(const struct recipient_story *r) {
    return !r->attempts && (r->is_waiting || r->is_named);
}

#define LIMIT_WAITING 1000 /* recipients that wait, who may be meant where nobody is named */

static void note_waits(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    struct open_message *m = join_message(j, e, e->queue_id);
    bool is_of_somebody = e->is_for_open && !e->recipient.len;
    if (!is_of_somebody || !m->recipients || !m->recipients->address.len) {
        note_waiting(m, join_recipient(j, m, e), judged);
        return;
    }
    struct recipient_story *r = m->recipients->attempts ? NULL : m->recipients;
    for (; r && m->retold < LIMIT_WAITING; r = r->next, m->retold++)
        note_waiting(m, r, judged);
}

/* The tries stand in lines that are not here: somebody did not get it. */
static void add_unnamed(struct join *j, struct open_message *m, const struct log_event *e) {
    struct recipient_story *r = join_recipient(j, m, e);
    r->is_waiting = true;
}

/* Also of those who were not tried: an untried one is LOG_SENT, as all are in the beginning. */
static void note_ended(struct join *j, const struct log_event *e) {
    struct open_message *m = join_message(j, e, e->queue_id);
    if (!m->count && e->status == LOG_GIVEN_UP)
        add_unnamed(j, m, e);
    for (struct recipient_story *r = m->recipients; r; r = r->next)
        if (r->status == LOG_DEFERRED || r->status == LOG_HELD || is_untried(r)) {
            r->is_waiting |= is_untried(r);
            if (r->class && cause_is_of(r->class->cause->id, "notice")) { /* "it waits" is over */
                r->class = NULL;
                open_replace(m, &r->reply, e->text);
            }
            r->status = e->status;
            r->last = e->time;
        }
    m->is_held = e->status == LOG_HELD;
}

/* What was held goes on: here, where the queue manager takes it. */
static void release_held(struct open_message *m) {
    for (struct recipient_story *r = m->recipients; m->is_held && r; r = r->next)
        r->is_handed_over |= r->status == LOG_HELD;
    m->is_held = false;
}

/* What is open of it goes on in another queue. */
static void hand_over_open(struct open_message *m) {
    for (struct recipient_story *r = m->recipients; r; r = r->next)
        r->is_handed_over |= r->status == LOG_HELD || r->status == LOG_DEFERRED || is_untried(r);
}

static void note_moved(struct join *j, const struct log_event *e) {
    struct open_message *m = open_find(&j->open, join_name_of(j, e, e->queue_id));
    if (!m)
        return;
    hand_over_open(m);
    if (e->next_queue_id.len)
        join_message(j, e, e->next_queue_id)->mail = m->mail;
    join_close(j, m);
}

static void note_queued(struct join *j, const struct log_event *e) {
    struct open_message *m = join_message(j, e, e->queue_id);
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
    struct open_message *m = join_message(j, e, e->queue_id);
    m->message_id = open_keep(m, e->message_id);
    if (m->uid >= 0)
        hand_over_given_back(&j->hand_overs, m);
}

static void keep_known(struct open_message *m, struct slice *text, struct slice s) {
    if (s.len)
        *text = open_keep(m, s);
}

static void note_client(struct join *j, const struct log_event *e) {
    struct open_message *m = join_message(j, e, e->queue_id);
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
    struct open_message *m = join_message(j, e, e->queue_id);
    struct recipient_story *r = join_recipient(j, m, e);
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
    own_refusals_reject(&j->own, &d);
}

/* Lines about a message, also those that say nothing new. */
static void note_line(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    bool begins = e->kind == LOG_CLIENT || e->kind == LOG_MESSAGE_ID || e->kind == LOG_QUEUED ||
                  (e->kind == LOG_ATTEMPT && !e->try_id.len);
    struct open_message *m = begins            ? join_message(j, e, e->queue_id)
                             : e->queue_id.len ? open_find(&j->open, join_name_of(j, e, e->queue_id))
                                               : NULL;
    if (m)
        open_keep_line(
            m, &(struct delivery_line){.text = judged->raw, .file = judged->file, .line = judged->line});
}

static void note_said(struct join *j, const struct judged_event *judged) {
    struct open_message *m = join_message(j, judged->event, judged->event->queue_id);
    if (!m->talk) {
        m->talk = conversation_new();
        open_note_taken(m, CONVERSATION_TAKES);
    }
    conversation_hear(m->talk, judged, m->message_id, &j->told);
}

/* Lines that are about no message. */
static void count(struct join *j, const struct log_event *e) {
    if (e->kind == LOG_LOGIN)
        totals_count_login(j->totals, e, log_times(e));
    else if (e->kind == LOG_TLS_USED)
        totals_count_tls(j->totals, e);
    else if (e->kind == LOG_LOST)
        j->totals->lost += log_times(e);
    else
        j->totals->tls += log_times(e);
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
        join_note_attempt(j, judged);
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
    case LOG_LOST:
    case LOG_TLS:
    case LOG_TLS_USED:
        count(j, e);
        break;
    case LOG_NOTE:
        break;
    case LOG_SCRIPT:
        script_note_set(&j->script, e);
        break;
    case LOG_TRY_BEGINS:
        join_note_try_begins(j, e);
        break;
    case LOG_TRY_REPLIED:
        join_note_try_reply(j, judged);
        break;
    case LOG_WAITS:
        note_waits(j, judged);
        break;
    case LOG_SAID:
        note_said(j, judged);
        break;
    case LOG_VERDICT:
        join_note_verdict(j, judged);
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
        join_close(j, j->open.oldest);
    if (j->own.waiting)
        own_refusals_pass(&j->own, judged->event->time);
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

/* It came in, and that is all. */
static bool is_untold(const struct open_message *m) {
    return m->has_sender && !m->count && !m->is_done && !m->talk && !m->is_verdict && !m->is_try;
}

void join_end(struct join *j) {
    while (j->open.oldest) {
        j->totals->open += is_untold(j->open.oldest);
        join_close(j, j->open.oldest);
        join_told(j);
    }
    own_refusals_end(&j->own);
}

static void close_waiting(void *join, struct open_message *m) {
    join_close(join, m);
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
    j->own.sink = options->delivered;
    j->own.context = options->context;
    hand_overs_init(&j->hand_overs, &j->open);
    j->hand_overs.has_hosts = options->has_hosts;
    j->hand_overs.limit = options->limit_awaited;
    j->hand_overs.close = close_waiting;
    j->hand_overs.context = j;
    j->stored.close = close_waiting;
    j->stored.context = j;
    j->told.events = g_array_new(FALSE, TRUE, sizeof(struct log_event));
    j->told.judged = g_array_new(FALSE, TRUE, sizeof(struct judged_event));
    return j;
}

void join_free(struct join *j) {
    if (!j)
        return;
    j->own.sink = NULL;
    own_refusals_end(&j->own);
    hand_overs_free(&j->hand_overs);
    open_free(&j->open);
    arena_free(&j->scratch);
    arena_free(&j->told.texts);
    g_array_free(j->told.events, TRUE);
    g_array_free(j->told.judged, TRUE);
    g_free(j);
}

uint64_t join_mixed(const struct join *j) {
    return j->told.mixed;
}

uint64_t join_forgotten(const struct join *j) {
    return j->forgotten;
}

uint64_t join_late(const struct join *j) {
    return j->hand_overs.late;
}
