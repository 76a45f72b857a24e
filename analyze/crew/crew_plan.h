/* What a crew (crew.h) is to do. */
#ifndef MAILWHY_CREW_PLAN_H
#define MAILWHY_CREW_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CREW_MOST_REPORT   ((size_t)1 << 30)  /* bytes of one report that wait for their end */
#define CREW_INPUT_SECONDS 60                 /* for one input, and one more for each MiB of it */
#define CREW_LEAST_MEMORY  ((size_t)64 << 20) /* bytes that arenas may hold of an input, */
#define CREW_MOST_FACTOR   32                 /* and so many for each byte of it, expanded */
#define CREW_QUEUE         16                 /* inputs that one process has been handed */
#define CREW_MOST_AGAIN    100                /* times that a mailbox is taken up behind a message */

/* What a report says of an input that went beyond. */
#define CREW_WAS_LATE                                                                                        \
    "this input took too long to read (60 seconds, and one more for each MiB of it): nothing of it can be "  \
    "reported"
#define CREW_WAS_LARGE                                                                                       \
    "reading this input took more memory than 64 MiB and 32 times its size: nothing of it can be reported"

/* What the arenas may hold of an input of that many bytes. */
static inline size_t crew_memory_for(size_t bytes) {
    return CREW_LEAST_MEMORY + CREW_MOST_FACTOR * bytes;
}

/* An input that is open. What comes through a pipe can be read once: all that was read of it is written to
 * the copy, from which another process can read it again. */
struct crew_opened {
    int fd;   /* -1: it cannot be had */
    int copy; /* -1: none is wanted */
};

/* How far the process that had an input before came with it. */
enum crew_reach {
    CREW_FIRST,  /* there was none */
    CREW_UNREAD, /* not to it */
    CREW_CUT,    /* it was reading it */
    CREW_WHOLE   /* it had read it */
};

/* An input that is handed over. */
struct crew_order {
    size_t number;
    struct crew_opened opened;
    uint64_t done; /* messages of it of which there is a report; it is a mailbox where there are any */
};

struct crew_desk; /* at which one process works: what it reports with */

/* What the processes do. */
struct crew_plan {
    unsigned size;         /* processes at a time */
    bool is_isolated;      /* a process for each input */
    unsigned milliseconds; /* for one input, without what its size adds */
    const void *context;
    /* In each process: get ready and enter the sandbox. Returns what `run` gets as `self`. */
    void *(*begin)(const void *context);
    /* Read the input that is open (crew_read), behind what is done of it, and close it. Returns an exit
     * status. */
    int (*run)(void *self, const struct crew_order *order, struct crew_desk *desk);
};

#endif
