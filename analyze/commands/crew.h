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

#include "analyze/commands/crew_plan.h"

/* A report that there is not. */
struct crew_loss {
    uint64_t place;  /* of the message in its mailbox, from 1; 0: it is in none */
    uint64_t line;   /* with which the message begins; 0: that is not known */
    const char *why; /* static text */
};

/* What the parent hears of an input. A report that is begun is whole when the next one begins, or the input
 * has ended. */
struct crew_events {
    void (*report)(void *context, size_t number);
    void (*bytes)(void *context, size_t number, const char *bytes, size_t length);
    void (*facts)(void *context, size_t number, const char *bytes, size_t length); /* of the last report */
    void (*log)(void *context, size_t number); /* it is a log, of which nothing is reported here */
    void (*ended)(void *context, size_t number, int status);
    void (*dropped)(void *context, size_t number); /* the report that was begun, which another begins anew */
    void (*lost)(void *context, size_t number, const struct crew_loss *loss);   /* the same; others follow */
    void (*failed)(void *context, size_t number, const struct crew_loss *loss); /* and it has ended */
    /* Open input `number` anew, for another process. */
    struct crew_opened (*open)(void *context, size_t number, enum crew_reach reach);
    void *context;
};

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
