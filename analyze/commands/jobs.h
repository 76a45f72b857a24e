/* Numbered jobs on several threads: whatever the order in which they end, what they write comes out in the
 * order of their numbers. */
#ifndef MAILWHY_JOBS_H
#define MAILWHY_JOBS_H

#include "analyze/mailwhy.h"

struct job; /* the handle with which a job writes; valid while it runs */

struct job_plan {
    size_t count;
    unsigned threads;
    bool shows_progress;                 /* a bar on standard error */
    const struct mailwhy_format *format; /* separates two reports */
    mailwhy_sink *sink;                  /* gets the bytes, from one thread at a time */
    void *sink_context;
    const struct mailwhy *why; /* each thread has a worker of its own */
    /* Do one job. Returns an exit status. */
    int (*run)(void *context, struct mailwhy_worker *worker, size_t number, struct job *job);
    void *context;
};

/* Run all jobs. Returns the highest of their statuses. */
int jobs_run(const struct job_plan *plan);

/* A report begins: to be called before its bytes are written. A job may write several. */
void job_begin_report(struct job *job);

void job_write(void *job, const char *bytes, size_t length); /* a mailwhy_sink */

#endif
