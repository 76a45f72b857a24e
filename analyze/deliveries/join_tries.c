/* See join_tries.h. */
#include "analyze/deliveries/join_tries.h"

#include "analyze/deliveries/made_delivery.h"
#include "parsers/base/address.h"

#define MOST_DELAY 31536000 /* seconds that the times of lines may be apart */

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
    struct recipient_story *r = join_recipient(j, m, e);
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
    if (log_is_stores(e->try_id))
        store_notes_add(&j->stored, m, r, e->try_id);
    if (e->status != LOG_SENT)
        own_refusals_try(&j->own, e);
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
        join_emit(j, j->options.tried, &d);
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
        join_finish(j, m);
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
    bool is_known = false; /* where others are, as of a recipient that was rewritten: of one more */
    one.event = &own;
    own.is_last = false;
    for (struct recipient_story *r = m->retold < LIMIT_RETOLD ? m->recipients : NULL, *next; r; r = next) {
        next = r->next;
        m->retold++;
        if (own.recipient.len && r->domain != domain)
            continue;
        is_known |= r->address.len > 0;
        if (!is_open(r))
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
void join_note_try_begins(struct join *j, const struct log_event *e) {
    struct open_message *m = join_message(j, e, e->try_id);
    if (e->queue_id.len || !m->is_try)
        m->try_of = open_keep(m, e->queue_id);
    m->try_recipient = open_keep(m, e->recipient);
    m->is_try = true;
}

/* The end of such a try counts for its message and recipient; where its beginning is not in the log, for a
 * message of that name. */
static void note_named_attempt(struct join *j, const struct judged_event *judged) {
    struct open_message *try = join_message(j, judged->event, judged->event->try_id);
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
        join_close(j, try);
    add_attempt(j, join_message(j, &own, own.queue_id), &of_message);
    arena_reset(&j->scratch);
}

/* What a filter decided stands in the table as if it were a message, whose recipients nobody tried, until the
 * mail system's line says that the filter took it; where none does, that is all that is known of it. */
void join_note_verdict(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    struct open_message *m = join_message(j, e, e->try_id);
    struct recipient_story *r = join_recipient(j, m, e);
    m->is_verdict = true;
    m->expected++;
    r->attempts++;
    r->status = e->status;
    r->is_stored = e->is_last;
    r->class = judged->class;
    r->last = e->time;
    r->file = judged->file;
    r->line = judged->line;
    open_rare_of(m, r)->awaited = open_keep(m, e->next_queue_id);
    open_replace(m, &r->reply, e->text);
    if (log_is_stores(e->try_id))
        store_notes_decide(&j->stored, m);
}

/* One that opens a message may tell once more of one that is gone. */
static void add_to_message(struct join *j, const struct judged_event *judged) {
    struct open_message *m = join_message(j, judged->event, judged->event->queue_id);
    if (m->recipients || m->has_sender || !join_is_retold(j, m, judged->event))
        add_attempt(j, m, judged);
    else
        join_close(j, m);
}

static void add_filtered_attempt(struct join *j, const struct judged_event *judged) {
    struct log_event own = *judged->event;
    struct judged_event filtered = *judged;
    struct open_message *v = open_find(&j->open, join_name_of(j, &own, own.try_id));
    struct recipient_story *r = v ? open_verdict_of(v, own.recipient) : NULL;
    filtered.event = &own;
    if (r && r->attempts)
        own.try_id = SLICE_EMPTY;
    if (r && r->attempts && (own.status == LOG_SENT || own.status == r->status)) {
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
        join_close(j, v);
    add_to_message(j, &filtered);
    arena_reset(&j->scratch);
}

void join_note_attempt(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    if (e->try_id.len && e->queue_id.len)
        add_filtered_attempt(j, judged);
    else if (e->try_id.len)
        note_named_attempt(j, judged);
    else if (e->is_for_open)
        add_attempt_for_open(j, join_message(j, e, e->queue_id), judged);
    else
        add_to_message(j, judged);
}

/* What was answered comes before the line that says how the try ended. */
void join_note_try_reply(struct join *j, const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    struct open_message *m = join_message(j, e, e->queue_id);
    struct recipient_story *r = join_recipient(j, m, e);
    open_replace(m, &r->reply, e->text);
    r->class = judged->class;
}
