/* The time that the members of a crew are measured by. It stands still while the parent is stopped, and while
 * it waits for whoever reads what they said. */
#ifndef MAILWHY_CREW_CLOCK_H
#define MAILWHY_CREW_CLOCK_H

#include <glib.h>

struct crew_clock {
    gint64 passed;         /* microseconds of the rounds that are over */
    gint64 begun, written; /* when this round began (monotonic), and how long of it it waited to write */
};

/* A round is one look at all members. All zeroes are a clock before its first. */
void clock_begin_round(struct crew_clock *clock);
gint64 clock_milliseconds(const struct crew_clock *clock);

/* Around what writes reports: the time in between counts only as far as this process was busy. */
gint64 clock_begin_writing(void);
void clock_end_writing(struct crew_clock *clock, gint64 begun);

#endif
