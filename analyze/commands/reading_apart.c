/* Reading in a process of its own: see reading_apart.h. */
#define _GNU_SOURCE
#include "analyze/commands/reading_apart.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/status.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PART 65536

static void __attribute__((noreturn))
be_reader(struct output *output, int fd, int (*run)(void *context), void *context) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    output_leave(output); /* it is the parent's */
    if (dup2(fd, STDOUT_FILENO) < 0 || !output_open(output, NULL))
        _exit(STATUS_OUTPUT);
    close(fd);
    output->is_for_parent = true;
    int status = run(context);
    _exit(output_close(output) ? status : STATUS_OUTPUT);
}

struct taking {
    mailwhy_sink *take;
    void *context;
    bool has_come; /* anything */
    int error;     /* of reading it */
};

static void pass_on(int fd, struct taking *taking) {
    static char part[PART];
    for (ssize_t got; (got = read(fd, part, sizeof part)) != 0;) {
        taking->has_come = taking->has_come || got > 0;
        if (got > 0) {
            taking->take(taking->context, part, (size_t)got);
        } else if (errno != EINTR) {
            taking->error = errno;
            break;
        }
    }
}

static int end_of(pid_t child) {
    int ended = -1;
    while (waitpid(child, &ended, 0) < 0)
        if (errno != EINTR)
            return STATUS_BUG;
    int status = WIFEXITED(ended) ? WEXITSTATUS(ended) : STATUS_BUG;
    bool is_known = status == STATUS_OK || status == STATUS_DATA || status == STATUS_NO_INPUT ||
                    status == STATUS_CONFIG || status == STATUS_USAGE || status == STATUS_UNFINISHED;
    return is_known ? status : STATUS_BUG;
}

static int collect(struct output *output, int (*run)(void *context), void *context, struct taking *taking) {
    int pair[2];
    if (pipe2(pair, O_CLOEXEC) != 0) {
        taking->error = errno;
        return STATUS_OUTPUT;
    }
    pid_t child = fork();
    if (child == 0)
        be_reader(output, pair[1], run, context);
    close(pair[1]);
    if (child > 0)
        pass_on(pair[0], taking);
    close(pair[0]);
    int status = child > 0 ? end_of(child) : STATUS_BUG;
    if (status == STATUS_BUG)
        complain("the process that read the input died");
    return status;
}

int reading_collect(struct output *output, int (*run)(void *context), void *context, mailwhy_sink *take,
                    void *take_context) {
    struct taking taking = {.take = take, .context = take_context};
    int status = collect(output, run, context, &taking);
    if (!taking.error)
        return status;
    complain_of_error("what a process had read", taking.error);
    return STATUS_BUG;
}

int reading_apart(struct output *output, int (*run)(void *context), void *context) {
    struct taking taking = {.take = output_write, .context = output};
    if (!output->path)
        return run(context);
    int status = collect(output, run, context, &taking);
    if (taking.error)
        output_fail(output, taking.error);
    bool is_whole = status != STATUS_BUG && !(status == STATUS_UNFINISHED && output->keeps_all);
    if ((!is_whole || !taking.has_come) && !taking.error)
        output_drop(output);
    return status == STATUS_UNFINISHED ? STATUS_BUG : status;
}
