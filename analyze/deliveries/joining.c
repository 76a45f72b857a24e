/* See joining.h. */
#include "analyze/deliveries/joining.h"

#include "analyze/deliveries/made_delivery.h"
#include "parsers/base/address.h"
#include "parsers/base/hash.h"
#include "parsers/base/smtp_reply.h"

/* --- closing --- */

void join_emit(const struct join *j, delivery_sink *sink, const struct delivery *d) {
    sink(j->options.context, d);
}

/* Was nobody tried of those who came from another queue? Then that is all that is known of them. */
static bool is_untried(const struct open_message *m) {
    for (const struct recipient_story *r = m->recipients; r; r = r->next)
        if (r->attempts)
            return false;
    return true;
}

#define LIMIT_NAMED                                                                                          \
    200 /* recipients of a message, of whom it is found out who was tried under another name */

/* Was somebody tried who stands for this one, for whom the mail came in? It counts as tried where that is not
 * found out. */
static bool is_tried_as_another(const struct open_message *m, const struct recipient_story *named) {
    if (m->count > LIMIT_NAMED)
        return !is_untried(m);
    for (const struct recipient_story *r = m->recipients; r; r = r->next)
        if (r->attempts && (slice_equal_nocase(r->address, named->address) ||
                            slice_equal_nocase(r->rare->original, named->address)))
            return true;
    return false;
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
        one.status = is_answered && reply_code(r->reply) >= 500 ? LOG_BOUNCED
                     : r->status == LOG_SENT                    ? LOG_DEFERRED
                                                                : r->status; /* all came to an end */
        one.attempts = one.tries[one.status] = is_answered;
    }
    struct delivery d = delivery_of_recipient(&j->open, m, &one, j->closed);
    join_emit(j, j->options.delivered, &d);
}

static void emit_delivery(struct join *j, const struct open_message *m, const struct recipient_story *r) {
    j->totals->forwarded += r->is_handed_over;
    delivery_sink *sink = r->is_handed_over ? j->options.handed_over : j->options.delivered;
    if (r->is_refused) {
        struct delivery d = delivery_of_refused(&j->open, m, r);
        own_refusals_reject(&j->own, &d);
    }
    if (sink && r->attempts) {
        struct delivery d = delivery_of_recipient(&j->open, m, r, j->closed);
        join_emit(j, sink, &d);
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

void join_close(struct join *j, struct open_message *m) {
    j->closed++;
    hand_over_end(&j->hand_overs, m);
    store_notes_end(&j->stored, m);
    bool is_none_tried = is_untried(m);
    for (struct recipient_story *r = m->recipients; r; r = r->next) {
        r->is_handed_over |= m->is_verdict && r->status == LOG_SENT && !r->is_stored;
        if (m->is_verdict)
            emit_verdicts(j, m, r);
        else if (!r->attempts && !r->is_refused && !r->is_handed_over &&
                 (r->is_waiting || reply_code(r->reply) >= 400 || (r->is_expected && is_none_tried) ||
                  (r->is_named && !is_tried_as_another(m, r))))
            emit_untried(j, m, r);
        else
            emit_delivery(j, m, r);
    }
    if (m->talk)
        conversation_end(m->talk, &j->told);
    conversation_free(m->talk);
    open_remove(&j->open, m);
}

static uint64_t try_key(const struct open_message *m, struct slice recipient, unsigned status, int64_t time) {
    return hash_bytes(recipient.ptr, recipient.len, m->hash + (uint64_t)time * LOG_STATUSES + status);
}

bool join_is_retold(const struct join *j, const struct open_message *m, const struct log_event *e) {
    uint64_t key = try_key(m, e->recipient, e->status, e->time);
    for (unsigned i = 0; i < LIMIT_LEFT; i++)
        if (j->left[i] == key)
            return true;
    return false;
}

/* The message left the queue. */
void join_finish(struct join *j, struct open_message *m) {
    unsigned kept = 0;
    for (const struct recipient_story *r = m->recipients; r && kept < LIMIT_LEFT; r = r->next, kept++)
        if (r->attempts)
            j->left[j->left_count++ % LIMIT_LEFT] = try_key(m, r->address, r->status, r->last);
    m->is_done |= m->stored > 0;
    if (!hand_over_waits(&j->hand_overs, m) && !m->stored)
        join_close(j, m);
}

/* --- finding --- */

struct open_name join_name_of(const struct join *j, const struct log_event *e, struct slice queue_id) {
    bool is_known =
        j->name.hash && queue_id.ptr == j->name.queue_id.ptr && queue_id.len == j->name.queue_id.len;
    return is_known ? j->name : open_name_of(queue_id, open_host_hash(e->host));
}

struct open_message *join_message(struct join *j, const struct log_event *e, struct slice queue_id) {
    struct open_name name = join_name_of(j, e, queue_id);
    struct open_message *m = open_find(&j->open, name);
    if (m && m->is_done) {
        hand_over_replaced(&j->hand_overs, m);
        m = NULL;
    }
    if (m)
        return m;
    if (j->open.messages.count >= j->options.limit_open) {
        join_close(j, j->open.oldest);
        j->forgotten++;
    }
    m = open_add(&j->open, name, e->host);
    m->mail = ++j->opened;
    hand_over_begin(&j->hand_overs, m);
    return m;
}

struct recipient_story *join_recipient(struct join *j, struct open_message *m, const struct log_event *e) {
    struct recipient_story *r = open_recipient_find(m, e->recipient, e->original);
    if (r)
        return r;
    r = open_recipient_add(m, e->recipient, e->original);
    r->first = e->time;
    r->delay = LOG_NO_DELAY;
    r->domain = totals_domain(j->totals, address_domain(e->recipient));
    return r;
}
