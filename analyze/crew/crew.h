/* A crew: processes that read inputs, so that an input which breaks its process costs only its own report.
 * Each enters the sandbox before it gets its first input, and is handed inputs that are open already. What it
 * writes is as hostile as what it reads: frames of bounded length, each about the input whose turn it is.
 *
 *     parent ── control ── nursery         start a process; the answer is its socket and a handle to end it
 *       └────── socket ─── process         orders there, frames back
 *
 * A mailbox, of which there are many reports, is read on behind the message that broke a process.
 *
 * The nursery is a process that has read no input and no report: what it starts knows nothing of what others
 * read. The parent has no threads, and is never waited for by whoever reads hostile bytes. */
#ifndef MAILWHY_CREW_H
#define MAILWHY_CREW_H

#include "analyze/crew/crew_events.h"

/* To be called by a process without threads, which has loaded what every process needs. */
struct crew;
struct crew *crew_new(const struct crew_plan *plan, const struct crew_events *events);
void crew_free(struct crew *crew);

/* How many inputs member `member` can be handed now. */
unsigned crew_room(const struct crew *crew, unsigned member);

/* Hand over inputs, by rising numbers; the descriptors are closed. */
void crew_hand(struct crew *crew, unsigned member, const struct crew_order *orders, unsigned count);

/* Wait for what the members have to say. `first`: the input whose report is written next; where `is_full`,
 * only the member that has it is heard. */
void crew_hear(struct crew *crew, size_t first, bool is_full);

#endif
