/* What the parent of a crew hears of the inputs that its processes read (crew.h). */
#ifndef MAILWHY_CREW_EVENTS_H
#define MAILWHY_CREW_EVENTS_H

#include "analyze/crew/crew_plan.h"

/* A report that there is not. */
struct crew_loss {
    uint64_t place;  /* of the message in its mailbox, from 1; 0: it is in none */
    uint64_t line;   /* with which the message begins; 0: that is not known */
    const char *why; /* static text */
};

/* A report that is begun is whole when the next one begins, or the input
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

#endif
