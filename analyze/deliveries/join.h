/* From events to what became of every recipient: events are joined by host and queue id into one story per
 * recipient, which is told when its message has left the queue; a mail system uses a queue id again from then
 * on. Memory is bound by what is open, not by what was read. */
#ifndef MAILWHY_JOIN_H
#define MAILWHY_JOIN_H

#include "analyze/deliveries/delivery.h"
#include "analyze/deliveries/judged_event.h"
#include "analyze/deliveries/totals.h"

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

struct join;

/* Domains are numbered, and failed logins and the like counted, in `totals`. */
struct join *join_new(struct totals *totals, const struct join_options *options);
/* Events will be joined when some others were: what is needed for that is brought near, while memory answers,
 * of the next ones more than of those behind them. The hashes are those of their queue ids and hosts, as
 * open_name has them; 0: it has none. */
void join_expect(const struct join *j, const uint64_t *hashes, size_t count, bool are_next);

/* A message will be closed after few other events, or (`is_next`) after one. */
void join_expect_end(const struct join *j, uint64_t hash, bool is_next);

void join_event(struct join *join, const struct judged_event *event);
void join_end(struct join *join); /* what is still open is deferred, or as its last word says */
uint64_t join_forgotten(const struct join *join); /* messages that were closed because too many were open */
uint64_t
join_late(const struct join *join); /* messages that others may have taken and told of: see LIMIT_AWAITED */
void join_free(struct join *join);

#endif
