/* What the parent of a crew knows of its processes (crew.h). */
#ifndef MAILWHY_CREW_STATE_H
#define MAILWHY_CREW_STATE_H

#include "analyze/crew/crew_clock.h"
#include "analyze/crew/crew_events.h"
#include "analyze/crew/crew_frame.h"

#include <poll.h>

/* An input in the hands of a member. */
struct handed {
    uint64_t number;
    int64_t milliseconds; /* that it may take; -1: from when it was read, for it may have to be waited for */
    uint64_t done;        /* messages of a mailbox that were there before this process got it */
    uint64_t begun;       /* the same with those whose report this one began */
    uint64_t line;        /* of the mailbox, with which the last of these begins; 0: it is none */
    unsigned again;       /* processes that had it before */
    int status;           /* the highest of its reports' */
};

struct member {
    int fd, handle; /* -1: there is no process; it cannot be ended */
    struct handed queue[CREW_QUEUE];
    unsigned queued;
    size_t report; /* bytes of its report so far */
    uint64_t seen; /* crew_place.number when it was last looked at */
    bool has_read; /* the same, whether it was read */
    gint64 since;  /* since when it has been at that (crew_milliseconds) */
};

struct crew {
    const struct crew_plan *plan;
    const struct crew_events *events;
    struct member *members;
    struct pollfd *waits;
    char *places; /* a page for each */
    size_t page;
    pid_t nursery;
    int control;
    struct crew_clock clock;
    char packet[CREW_PACKET];
};

static inline struct crew_place *crew_place_of(const struct crew *crew, const struct member *m) {
    return (struct crew_place *)(void *)(crew->places + (size_t)(m - crew->members) * crew->page);
}

/* Has its process begun a report on it? */
static inline bool crew_has_begun(const struct handed *h) {
    return h->begun > h->done;
}

#endif
