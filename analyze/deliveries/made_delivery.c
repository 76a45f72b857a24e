/* Deliveries as they are handed on: see made_delivery.h. */
#include "analyze/deliveries/made_delivery.h"

/* A message's id as it is shown. */
static struct slice shown_id(struct slice queue_id) {
    return slice_upto(queue_id, slice_find_char(queue_id, LOG_ID_END));
}

unsigned log_times(const struct log_event *e) {
    return e->times > 1 ? (unsigned)e->times : 1;
}

struct delivery delivery_of_recipient(const struct open_table *open, const struct open_message *m,
                                      const struct recipient_story *r, uint64_t number) {
    struct delivery d = {.host = open_host_name(open, m->host),
                         .queue_id = shown_id(m->queue_id),
                         .message_id = m->message_id,
                         .sender = m->sender,
                         .recipient = r->address,
                         .original = r->rare->original,
                         .client = m->rare->client,
                         .client_ip = m->rare->client_ip,
                         .user = m->user,
                         .relay = r->relay,
                         .relay_ip = r->rare->relay_ip,
                         .reply = r->reply,
                         .script = m->rare->script,
                         .local_ip = r->rare->local_ip,
                         .uid = m->uid,
                         .mail = m->mail,
                         .message = number,
                         .delay = r->delay,
                         .connecting = r->connecting,
                         .sending = r->sending,
                         .size = m->size,
                         .first = r->first,
                         .last = r->last,
                         .refused = r->refused,
                         .attempts = r->attempts,
                         .untold = m->rare->untold,
                         .outcome = outcome_of_status(r->status),
                         .lacks_sender = !m->has_sender,
                         .is_handed_on = r->status == LOG_SENT && r->is_near,
                         .direction = r->has_relay ? DIRECTION_OUT : DIRECTION_LOCAL,
                         .class = r->class,
                         .tries_kept = r->rare->kept,
                         .lines = m->rare->lines,
                         .file = r->file,
                         .line = r->line,
                         .sender_domain = m->sender_domain,
                         .domain = r->domain};
    memcpy(d.tries, r->tries, sizeof d.tries);
    return d;
}

struct delivery delivery_of_refused(const struct open_table *open, const struct open_message *m,
                                    const struct recipient_story *r) {
    return (struct delivery){.host = open_host_name(open, m->host),
                             .queue_id = m->queue_id,
                             .sender = m->sender,
                             .recipient = r->address,
                             .client = m->rare->client,
                             .client_ip = m->rare->client_ip,
                             .reply = r->reply,
                             .uid = -1,
                             .delay = LOG_NO_DELAY,
                             .size = -1,
                             .first = r->first,
                             .last = r->first,
                             .attempts = 1,
                             .outcome = OUTCOME_REJECTED,
                             .direction = DIRECTION_IN,
                             .class = r->class,
                             .file = r->file,
                             .line = r->line};
}

struct delivery delivery_of_try(const struct open_message *m, const struct log_event *e) {
    return (struct delivery){.host = e->host,
                             .queue_id = shown_id(m->queue_id),
                             .message_id = m->message_id,
                             .recipient = e->recipient,
                             .relay = e->relay,
                             .relay_ip = e->relay_ip,
                             .reply = e->text,
                             .uid = -1,
                             .size = -1,
                             .first = e->time,
                             .last = e->time,
                             .outcome = outcome_of_status(e->status)};
}

struct delivery delivery_of_reject(const struct judged_event *judged) {
    const struct log_event *e = judged->event;
    return (struct delivery){.host = e->host,
                             .queue_id = e->queue_id,
                             .sender = e->sender,
                             .lacks_sender = !e->sender.ptr, /* refused before it was said */
                             .recipient = e->recipient,
                             .client = e->client,
                             .client_ip = e->client_ip,
                             .reply = e->text,
                             .uid = -1,
                             .delay = LOG_NO_DELAY,
                             .size = -1,
                             .first = e->time,
                             .last = e->time,
                             .attempts = log_times(e),
                             .outcome = OUTCOME_REJECTED,
                             .direction = DIRECTION_IN,
                             .class = judged->class,
                             .file = judged->file,
                             .line = judged->line};
}
