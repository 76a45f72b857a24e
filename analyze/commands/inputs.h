/* The inputs that a command line names. */
#ifndef MAILWHY_INPUTS_H
#define MAILWHY_INPUTS_H

#include "analyze/commands/options.h"
#include "analyze/crew/crew_plan.h"
#include "parsers/base/input.h"

struct inputs {
    GPtrArray *paths;  /* char *, owned; "-" is standard input */
    GArray *kept;      /* int, of each path: a descriptor of its copy, or -1; empty: nothing was kept */
    GArray *folders;   /* size_t, of each path: how much of it names the folder in which it was found */
    GHashTable *piped; /* number + 1 → struct piped_input: what crews read through pipes */
    int held;          /* the first of them, a pipe at which was looked; -1 */
    int status;        /* STATUS_NO_INPUT where a folder could not be read; it has been said */
};

/* All files that the arguments name, with folders opened; standard input, also when nothing is named. A file
 * that is not there is listed too: who opens it says so. Where inputs are given, these. */
void inputs_list(struct inputs *inputs, const struct options *options);

/* The logs of --log. */
void inputs_list_logs(struct inputs *inputs, const struct options *options);
void inputs_init(struct inputs *inputs); /* none */
void inputs_free(struct inputs *inputs);

const size_t *inputs_folders(const struct inputs *inputs);
size_t inputs_folder(const struct inputs *inputs, size_t number);

/* As input_descriptor; of what was kept, from its beginning. */
int inputs_descriptor(const struct inputs *inputs, size_t number);

/* The same of all, for source_close_all (parsers/log/source.h); what cannot be opened is its negated errno.
 */
int *inputs_open_all(const struct inputs *inputs);

/* The same as struct job_plan.open has it (jobs.h). `trouble`: what comes of an input that cannot be opened;
 * NULL: it is just named. */
struct crew_opened inputs_job(const struct inputs *inputs, size_t number, enum crew_reach reach,
                              const char *trouble, int *status);
void inputs_end_job(const struct inputs *inputs, size_t number); /* struct job_plan.ended */

/* All that comes through pipes is read to its end, and kept, so that it can be read again. */
void inputs_keep(const struct options *options, struct inputs *inputs);

/* A copy, in memory, of what a descriptor gives, which is closed; -1 with errno. A process in a sandbox makes
 * it. */
int descriptor_keep(const struct options *options, int fd);

/* Can it be read again? Not what comes through a pipe: standard input, or a FIFO that is named; unless it was
 * kept. */
bool inputs_can_reopen(const struct inputs *inputs, size_t number);

/* Does it begin as a mail log does? */
bool inputs_is_log(const struct options *options, const struct inputs *inputs, size_t number);

/* Does each of them (at least one) begin as a mail log does? Each is looked at by a process in its sandbox.
 */
bool inputs_are_logs(const struct options *options, const struct inputs *inputs);

/* Is the first of them a mailbox, which can be read again? It is looked at by a process in its sandbox, but
 * where its first bytes, which are compared with a few, say that it is none. What comes through a pipe is
 * kept for that. */
bool inputs_are_mailbox(const struct options *options, struct inputs *inputs);

#endif
