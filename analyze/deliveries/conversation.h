/* SMTP conversations as protocol logs tell of them, line by line (LOG_SAID): who commands and who answers is
 * found out, replies belong to commands in their order (RFC 2920, pipelining), and each recipient gets the
 * reply to its own RCPT, else that to the message. Where this side commands, each recipient is a try; where
 * the other does, what is refused is a refusal.
 *
 * Some logs name no session, but whom it is with (its name begins with LOG_ID_END then). Another greeting
 * before the last one's QUIT says that two overlap: of what is said until both are over nothing is told but
 * how many recipients it is about. */
#ifndef MAILWHY_CONVERSATION_H
#define MAILWHY_CONVERSATION_H

#include "analyze/deliveries/judged_event.h"
#include "parsers/base/arena.h"

#include <glib.h>

/* What conversations say: events that a dialect could have written, each with its judgement. */
struct told {
    GArray *events; /* struct log_event */
    GArray *judged; /* struct judged_event, without the event */
    struct arena texts;
    uint64_t mixed; /* recipients of conversations that overlap: whose reply is whose is not told */
};

struct conversation; /* one session */

#define CONVERSATION_TAKES 2048 /* bytes that one needs, with few and short texts */

struct conversation *conversation_new(void);
void conversation_free(struct conversation *conversation);

/* Hear a line; its event is a LOG_SAID. `message_id` is that of the message that is being sent; empty: not
 * known. */
void conversation_hear(struct conversation *conversation, const struct judged_event *said,
                       struct slice message_id, struct told *told);

/* It is over: recipients that were not answered are deferred. */
void conversation_end(struct conversation *conversation, struct told *told);

#endif
