/* One call of `mailwhy [FILE|DIR|-]...`: what the reading of one input and that of several share. */
#ifndef MAILWHY_EXPLAIN_RUN_H
#define MAILWHY_EXPLAIN_RUN_H

#include "analyze/commands/inputs.h"
#include "analyze/commands/options.h"
#include "analyze/commands/output.h"
#include "analyze/commands/search_logs.h"
#include "analyze/commands/summing.h"
#include "analyze/worker.h"

struct explain_run {
    struct options *options;
    struct inputs inputs;
    struct output output;
    struct mailwhy *why;
    struct mailwhy_worker *worker; /* of this process */
    struct summing sum;
    GString *stories;         /* that were found in logs, as bytes; NULL: none are looked up */
    struct log_search search; /* the same, where they are read */
};

static inline const char *run_path(const struct explain_run *run, size_t number) {
    return run->inputs.paths->pdata[number];
}

/* What was found in logs is read where the inputs are, and as they are: in the sandbox. */
void run_read_stories(struct explain_run *run);

/* The format of the reports; NULL: none are wanted. */
const struct mailwhy_format *run_format(const struct explain_run *run);

#endif
