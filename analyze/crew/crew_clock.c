/* The time of a crew: see crew_clock.h. */
#include "analyze/crew/crew_clock.h"

#include <time.h>

#define MOST_ROUND 2000 /* milliseconds that count of a round: it is longer where the parent was stopped */

static gint64 microseconds(const struct crew_clock *clock) {
    gint64 round = clock->begun ? g_get_monotonic_time() - clock->begun - clock->written : 0;
    return clock->passed + CLAMP(round, 0, MOST_ROUND * 1000);
}

gint64 clock_milliseconds(const struct crew_clock *clock) {
    return microseconds(clock) / 1000;
}

void clock_begin_round(struct crew_clock *clock) {
    *clock = (struct crew_clock){.passed = microseconds(clock), .begun = g_get_monotonic_time()};
}

static gint64 processor_time(void) { /* microseconds */
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (gint64)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

gint64 clock_begin_writing(void) {
    return g_get_monotonic_time() - processor_time();
}

void clock_end_writing(struct crew_clock *clock, gint64 begun) {
    clock->written += MAX(0, clock_begin_writing() - begun);
}
