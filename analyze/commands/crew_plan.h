/* What a crew (crew.h) is to do. */
#ifndef MAILWHY_CREW_PLAN_H
#define MAILWHY_CREW_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#define CREW_MOST_REPORT   ((size_t)1 << 30) /* bytes of one report that wait for their end */
#define CREW_INPUT_SECONDS 60                /* for one input, and one more for each MiB of it */
#define CREW_QUEUE         16                /* inputs that one process has been handed */

struct crew_desk; /* at which one process works: what it reports with */

/* What the processes do. */
struct crew_plan {
    unsigned size;         /* processes at a time */
    bool is_isolated;      /* a process for each input */
    unsigned milliseconds; /* for one input, without what its size adds */
    const void *context;
    /* In each process: get ready and enter the sandbox. Returns what `run` gets as `self`. */
    void *(*begin)(const void *context);
    /* Read the input that is open as `fd`, and close it. Returns an exit status. */
    int (*run)(void *self, size_t number, int fd, struct crew_desk *desk);
};

#endif
