/* Inputs read by a crew of processes: whatever the order in which they end, the reports come out in the order
 * of the inputs. */
#ifndef MAILWHY_JOBS_H
#define MAILWHY_JOBS_H

#include "analyze/crew/crew.h"
#include "analyze/mailwhy.h"

#include <glib.h>

struct job_plan {
    size_t count;
    struct crew_plan crew;               /* it gets the number of a job as that of its input */
    bool shows_progress;                 /* a bar on standard error */
    const struct mailwhy_format *format; /* separates two reports; NULL: nothing does */
    mailwhy_sink *sink;                  /* gets the bytes */
    void *sink_context;
    size_t most_bytes; /* of all reports: the first that goes beyond it, and all behind it, are left out, but
                        * never the first of all; 0: none is */
    /* Gets what a job says for a summary, in the order of their numbers and in one or more pieces, each of
     * which ends with a report; NULL: nobody asks for it. */
    void (*take_facts)(void *context, size_t number, const char *bytes, size_t length);
    void (*take_log)(void *context, size_t number); /* its input is a log; NULL: the same */
    void *facts_context;                            /* of both */
    /* Open an input; where it cannot be had, nothing is reported of it, but for *status. Where another
     * process had it before, what is wrong has been said then. */
    struct crew_opened (*open)(const void *context, size_t number, enum crew_reach reach, int *status);
    void (*ended)(const void *context, size_t number); /* it is opened no more; may be NULL */
    /* Write a report that says why there is none on an input, or on a message of it, and append what it says
     * for a summary. */
    void (*fail)(const void *context, size_t number, const struct crew_loss *loss, mailwhy_sink *sink,
                 void *sink_context, GString *facts);
    const void *context;
};

struct job_counts {
    size_t reports;
    size_t left_out; /* of these */
};

/* Run all jobs. Returns the highest of their statuses; STATUS_BUG where a report could not be made. `counts`
 * may be NULL. */
int jobs_run(const struct job_plan *plan, struct job_counts *counts);

#endif
