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
    int status = run(context);
    _exit(output_close(output) ? status : STATUS_OUTPUT);
}

/* Whether anything came. */
static bool pass_on(int fd, struct output *output) {
    static char part[PART];
    bool has_come = false;
    for (ssize_t got; (got = read(fd, part, sizeof part)) != 0;) {
        has_come = has_come || got > 0;
        if (got > 0)
            output_write(output, part, (size_t)got);
        else if (errno != EINTR) {
            output_fail(output, errno);
            break;
        }
    }
    return has_come;
}

static int end_of(pid_t child) {
    int ended = -1;
    while (waitpid(child, &ended, 0) < 0)
        if (errno != EINTR)
            return STATUS_BUG;
    int status = WIFEXITED(ended) ? WEXITSTATUS(ended) : STATUS_BUG;
    bool is_known = status == STATUS_OK || status == STATUS_DATA || status == STATUS_NO_INPUT ||
                    status == STATUS_CONFIG || status == STATUS_USAGE;
    return is_known ? status : STATUS_BUG;
}

int reading_apart(struct output *output, int (*run)(void *context), void *context) {
    int pair[2];
    if (!output->path)
        return run(context);
    if (pipe2(pair, O_CLOEXEC) != 0)
        return output_fail(output, errno), STATUS_OUTPUT;
    pid_t child = fork();
    if (child == 0)
        be_reader(output, pair[1], run, context);
    close(pair[1]);
    bool has_report = child > 0 && pass_on(pair[0], output);
    close(pair[0]);
    int status = child > 0 ? end_of(child) : STATUS_BUG;
    if (status == STATUS_BUG)
        complain("the process that read the input died");
    if (status == STATUS_BUG || !has_report)
        output_drop(output);
    return status;
}
