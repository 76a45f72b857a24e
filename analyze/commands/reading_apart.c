/* Reading in a process of its own: see reading_apart.h. */
#define _GNU_SOURCE
#include "analyze/commands/reading_apart.h"

#include "analyze/commands/complain.h"
#include "analyze/status.h"
#include "parsers/sandbox/process_limits.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define PART 65536
#define READ "read the input"

static void __attribute__((noreturn))
be_reader(struct output *output, int fd, int (*run)(void *context), void *context) {
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
    const char *deed; /* what the process did, in words */
    gint64 deadline;  /* as g_get_monotonic_time counts; 0: none */
    gsize most;       /* bytes; 0: any */
    bool has_come;    /* anything */
    bool is_late, is_too_much;
    int error; /* of reading it */
};

/* Is there something to read, or an end? */
static bool comes_in_time(int fd, const struct taking *taking) {
    struct pollfd one = {.fd = fd, .events = POLLIN};
    for (gint64 left; (left = taking->deadline - g_get_monotonic_time()) > 0;) {
        int ready = poll(&one, 1, (int)(left / 1000 + 1));
        if (ready > 0 || (ready < 0 && errno != EINTR)) /* what is wrong, reading tells */
            return true;
    }
    return false;
}

static void pass_on(int fd, struct taking *taking) {
    static char part[PART];
    gsize all = 0;
    for (ssize_t got;;) {
        taking->is_late = taking->deadline && !comes_in_time(fd, taking);
        if (taking->is_late || (got = read(fd, part, sizeof part)) == 0)
            break;
        taking->has_come = taking->has_come || got > 0;
        all += (gsize)MAX(got, 0);
        taking->is_too_much = taking->most && all > taking->most;
        if (taking->is_too_much)
            break;
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
    pid_t child = process_fork(SIGKILL);
    if (child == 0) {
        close(pair[0]); /* it would wait for itself to read on */
        be_reader(output, pair[1], run, context);
    }
    close(pair[1]);
    if (child > 0)
        pass_on(pair[0], taking);
    close(pair[0]);
    if (taking->is_late || taking->is_too_much)
        kill(child, SIGKILL);
    int status = child > 0 ? end_of(child) : STATUS_BUG;
    if (status == STATUS_BUG) {
        g_autofree char *what = g_strdup_printf("the process that %s %s", taking->deed,
                                                taking->is_late       ? "took too long"
                                                : taking->is_too_much ? "had too much to say"
                                                                      : "died");
        complain(what);
    }
    return status;
}

static int collected(struct output *output, int (*run)(void *context), void *context, struct taking taking) {
    int status = collect(output, run, context, &taking);
    if (!taking.error)
        return status;
    complain_of_error("what a process had to say", taking.error);
    return STATUS_BUG;
}

int reading_collect(struct output *output, int (*run)(void *context), void *context, mailwhy_sink *take,
                    void *take_context) {
    return collected(output, run, context,
                     (struct taking){.take = take, .context = take_context, .deed = READ});
}

int asking_collect(struct output *output, int (*run)(void *context), void *context, gint64 deadline,
                   gsize most, GString *text) {
    struct taking taking = {
        .take = output_append, .context = text, .deed = "asked the DNS", .deadline = deadline, .most = most};
    gsize before = text->len;
    int status = collected(output, run, context, taking);
    if (status == STATUS_BUG)
        g_string_truncate(text, before);
    return status;
}

int reading_apart(struct output *output, int (*run)(void *context), void *context) {
    struct taking taking = {.take = output_write, .context = output, .deed = READ};
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
