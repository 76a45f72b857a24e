/* How long a message was with each host on its way. Each hop's time was written by the clock of its host, so
 * a clock that is off shows as a wait and, at the next hop, as time that runs backwards: the two are taken
 * together, and told. */
#ifndef MAILWHY_WAITS_H
#define MAILWHY_WAITS_H

#include "analyze/verdict/answering.h"

#define CLOCK_SKEW 10 /* seconds by which clocks may always differ */

/* From when the host before had it until this hop's host did. */
struct wait {
    const struct chain_hop *hop, *before;
    int64_t seconds;
    bool is_unknown; /* time ran backwards, and nothing shows whose clock is off */
};

struct waits {
    struct wait *list;
    size_t count;
};

/* Clocks put right where that can be told. `waits` has room for one more than the chain has hops; returns how
 * many. */
size_t waits_find(struct answering *a, struct wait *waits);

/* How many hops stand below the From field and are older than the Date: a mail that was made from one that
 * had arrived, header and all, brings that one's Received fields. */
size_t waits_of_other(const struct answering *a);

/* Is a clock that is off by that many seconds one with the wrong time zone? */
bool waits_is_zone(int64_t off);

#endif
