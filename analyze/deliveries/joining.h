/* What is open while events are joined: how a message is found, and what it tells of its recipients when it
 * is closed. */
#ifndef MAILWHY_JOINING_H
#define MAILWHY_JOINING_H

#include "analyze/deliveries/conversation.h"
#include "analyze/deliveries/hand_over.h"
#include "analyze/deliveries/join_options.h"
#include "analyze/deliveries/open.h"
#include "analyze/deliveries/own_refusals.h"
#include "analyze/deliveries/script_notes.h"
#include "analyze/deliveries/store_notes.h"
#include "analyze/deliveries/totals.h"

#define LIMIT_LEFT 64 /* tries that are known again once their message has left the queue */

struct join {
    struct join_options options;
    struct totals *totals;
    struct open_table open;
    struct hand_overs hand_overs;
    struct store_notes stored;
    uint64_t forgotten;
    uint64_t opened, closed;   /* messages */
    struct own_refusals own;   /* of this host's server towards its programs */
    struct script_note script; /* that is about to hand a message in */
    struct arena scratch;
    uint64_t left[LIMIT_LEFT]; /* the last ones, each by its message, recipient, time and outcome */
    unsigned left_count;
    struct told told;      /* of conversations, and not joined yet */
    struct open_name name; /* the queue id of the event that is joined, where its hash is known */
};

struct open_name join_name_of(const struct join *j, const struct log_event *e, struct slice queue_id);

/* The open message of a queue id, or of what else names one; it is opened where it is not. */
struct open_message *join_message(struct join *j, const struct log_event *e, struct slice queue_id);

/* The recipient that an event names; it is added where it is not there. */
struct recipient_story *join_recipient(struct join *j, struct open_message *m, const struct log_event *e);

void join_emit(const struct join *j, delivery_sink *sink, const struct delivery *d);
void join_close(struct join *j, struct open_message *m);

/* Is a try that opened the message the last one of a message that just left the queue? A line that a log has
 * twice tells of no other mail. */
bool join_is_retold(const struct join *j, const struct open_message *m, const struct log_event *e);

/* The message left the queue: it is closed, or waits for a hand-over that its recipients may belong to. */
void join_finish(struct join *j, struct open_message *m);

#endif
