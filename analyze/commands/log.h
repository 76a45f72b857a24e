/* `mailwhy log FILE...`: what became of every recipient in mail logs. */
#ifndef MAILWHY_COMMAND_LOG_H
#define MAILWHY_COMMAND_LOG_H

#include "analyze/commands/inputs.h"
#include "analyze/commands/output.h"

int command_log(struct options *options);

/* A cause that does not exist would match nothing: STATUS_OK, or STATUS_USAGE, which was said. */
int log_check_cause(const struct options *options, const struct mailwhy *why);

/* The same of inputs that are listed already. Returns an exit status. */
int log_inputs(struct options *options, const struct inputs *inputs);

/* The same by a process that is in its sandbox. */
struct log_call {
    const struct options *options;
    const struct inputs *inputs;
    const int *descriptors; /* of the inputs (parsers/log/source.h) */
    struct mailwhy_worker *worker;
    struct output *output;
    struct slice held;            /* what was read of the only input already; empty: nothing was */
    const struct open_keys *open; /* that are left to other processes (event_keys.h); NULL: none */
    const GArray *pieces;         /* struct log_piece, of the inputs; NULL: all of them */
    bool is_part;                 /* of a document with other reports */
};
int log_call_report(const struct log_call *call);

#endif
