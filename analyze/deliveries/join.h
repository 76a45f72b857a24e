/* From events to what became of every recipient: events are joined by host and queue id into one story per
 * recipient, which is told when its message has left the queue; a mail system uses a queue id again from then
 * on. Memory is bound by what is open, not by what was read. */
#ifndef MAILWHY_JOIN_H
#define MAILWHY_JOIN_H

#include "analyze/deliveries/join_options.h"
#include "analyze/deliveries/judged_event.h"
#include "analyze/deliveries/totals.h"

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
uint64_t join_mixed(const struct join *join); /* recipients of sessions that overlap: see conversation.h */
uint64_t
join_late(const struct join *join); /* messages that others may have taken and told of: see LIMIT_AWAITED */
void join_free(struct join *join);

#endif
