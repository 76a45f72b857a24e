/* Mail that programs of a host hand to the server on that host, and that it refuses: its log tells it twice,
 * as a try that failed and as mail from others that was refused. It counts once, as the try. */
#ifndef MAILWHY_OWN_REFUSALS_H
#define MAILWHY_OWN_REFUSALS_H

#include "analyze/deliveries/delivery.h"

#include <glib.h>

#define OWN_REFUSALS 16 /* of each side that wait for the other one */

/* One side; the other is waited for, some seconds long. */
struct own_refusal {
    uint64_t host;  /* hash; 0: the place is free */
    GString *texts; /* of `rejected`, and the recipient; owned */
    struct slice recipient;
    int64_t time;
    struct delivery rejected;
};

struct own_refusals { /* all zero: none */
    struct own_refusal tries[OWN_REFUSALS], rejects[OWN_REFUSALS];
    unsigned next_try, next_reject;
    unsigned waiting;    /* rejects that were not told yet */
    delivery_sink *sink; /* takes the other rejects; NULL: nobody */
    void *context;
};

/* A try ended without success; what is not at this host's own address changes nothing. */
void own_refusals_try(struct own_refusals *own, const struct log_event *event);

/* Mail was refused from others: told now or later, or not at all. */
void own_refusals_reject(struct own_refusals *own, const struct delivery *rejected);

/* Tell those for which it is too late at that time. */
void own_refusals_pass(struct own_refusals *own, int64_t time);

void own_refusals_end(struct own_refusals *own); /* tell all, and free what they take */

#endif
