/* How events are joined, and who hears what came of it. */
#ifndef MAILWHY_JOIN_OPTIONS_H
#define MAILWHY_JOIN_OPTIONS_H

#include "analyze/deliveries/delivery.h"

/* Messages that are open at once, and bytes of what is known of them and their recipients; beyond these the
 * oldest is closed as it stands. */
#define LIMIT_OPEN       500000
#define LIMIT_OPEN_BYTES ((size_t)512 << 20)

struct join_options {
    bool wants_stories;         /* keep addresses of relays, and replies to what was sent */
    bool has_hosts;             /* the logs are of several hosts: see hand_over.h */
    bool keeps_tries;           /* deliveries tell every try, and their lines where events have them */
    size_t limit_open;          /* 0: LIMIT_OPEN */
    size_t limit_open_bytes;    /* 0: LIMIT_OPEN_BYTES */
    size_t limit_awaited;       /* 0: LIMIT_AWAITED, or FEW_AWAITED of one host (hand_over.h) */
    delivery_sink *delivered;   /* gets each recipient's story, and what was refused from others */
    delivery_sink *handed_over; /* gets stories that go on in another queue of these logs; may be NULL */
    delivery_sink *tried;       /* gets each try: recipient, relay, reply, time, outcome; may be NULL */
    void *context;
};

#endif
