/* Mail that programs of a host hand to the server on that host, and that it refuses: its log tells it twice,
 * as a try that failed and as mail from others that was refused. It counts once, as the try. What is refused
 * before a recipient is named cannot be told apart, and counts twice. */
#ifndef MAILWHY_OWN_REFUSALS_H
#define MAILWHY_OWN_REFUSALS_H

#include "analyze/deliveries/delivery.h"

#include <glib.h>

#define OWN_REFUSALS 256 /* of each side that wait for the other one */

/* One side; the other is waited for, some seconds long. */
struct own_refusal {
    GString *texts; /* of `rejected`, and the recipient; owned */
    struct slice recipient;
    int64_t time;
    struct delivery rejected;
};

struct own_side {
    uint64_t keys[OWN_REFUSALS]; /* of host and local part; 0: the place is free */
    struct own_refusal of[OWN_REFUSALS];
    unsigned next;
};

struct own_refusals { /* all zero: none */
    struct own_side tries, rejects;
    unsigned waiting;    /* rejects that were not told yet */
    int64_t passed;      /* the time at which it was last looked for those that waited too long */
    delivery_sink *sink; /* takes the other rejects; NULL: nobody */
    void *context;
};

/* By which both sides belong together, beside the host: the local part of the recipient. Empty: the event is
 * neither side. */
struct slice own_refusals_recipient(const struct log_event *event);

/* A try ended without success; what is not at this host's own address changes nothing. */
void own_refusals_try(struct own_refusals *own, const struct log_event *event);

/* Mail was refused from others: told now or later, or not at all. */
void own_refusals_reject(struct own_refusals *own, const struct delivery *rejected);

/* Tell those for which it is too late at that time. */
void own_refusals_pass(struct own_refusals *own, int64_t time);

void own_refusals_end(struct own_refusals *own); /* tell all, and free what they take */

#endif
