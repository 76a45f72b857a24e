/* The summary of many inputs, which stands before the reports that it sums up: these wait in a spool, and so
 * does what they say for it. */
#ifndef MAILWHY_SUMMING_H
#define MAILWHY_SUMMING_H

#include "analyze/commands/inputs.h"
#include "analyze/commands/output.h"
#include "analyze/commands/spool.h"

struct summing {
    const struct options *options;
    const struct inputs *inputs;
    bool is_wanted;
    struct spool reports, facts;
    GArray *logs; /* size_t: numbers of the inputs that are logs */
};

/* Before the sandbox is entered. A summary is wanted by --summary, and for people: JSON is an object for each
 * input. */
void summing_begin(struct summing *sum, const struct options *options, const struct inputs *inputs);
void summing_end(struct summing *sum);

/* As struct job_plan (jobs.h) has them; `sum` is a struct summing. */
void summing_take_facts(void *sum, size_t number, const char *bytes, size_t length);
void summing_take_log(void *sum, size_t number);

/* Write the summary, unless `has_many` is false and nobody asked for it, and the reports behind it. In this
 * process, which is in its sandbox; or the summary in another one, which reads the logs, too. Return an exit
 * status. */
struct mailwhy_worker;
int summing_finish(struct summing *sum, struct mailwhy_worker *worker, bool has_many, struct output *output);
int summing_finish_apart(struct summing *sum, struct mailwhy_worker *worker, bool has_many,
                         struct output *output);

/* Where no summary is wanted: one report on all logs among the inputs, as of `mailwhy log`, behind the
 * others, if there are any. */
int summing_report_logs(struct summing *sum, struct mailwhy_worker *worker, bool has_reports,
                        struct output *output);

#endif
