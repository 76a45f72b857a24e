/* The keeper, the process that it keeps, and what is said between them: see opinion_process.h.
 *
 *     asker ── control ── keeper          "next": start one; "kill": it is late
 *       └──── questions ──── process      keeper to asker, "died" or "not started"; the keeper only throws
 *                                         away what is left there
 */
#define _GNU_SOURCE
#include "analyze/auth/opinion_process.h"

#include "parsers/sandbox/process_limits.h"
#include "parsers/sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define FRAME       ((size_t)64 << 10) /* bytes of a question that are sent at once */
#define MOST_MEMORY ((rlim_t)1 << 30)  /* that it may map beside what it has */
#define MOST_LIFE   100                /* seconds of processor time; then another is started */
#define MOST_DYING  3000               /* milliseconds from the order to end until the keeper has seen it */
#define MOST_ASKED  10000              /* questions of one process: libraries leak */

enum { ASKER, OTHER }; /* ends of a pair */
enum word { NEXT = 'n', KILL = 'k', DIED = 'd', NOT_STARTED = 'x' };

/* The asker keeps the other ends open too: writing then cannot end it, whoever is gone. */
struct opinion_process {
    int control[2], questions[2];
    opinion_answerer *const *answerers;
    size_t answerer_count;
    void (*begin)(void *context); /* in the process, before the first question; NULL: nothing */
    void *context;
    pid_t keeper;
    bool is_running, is_lost;
    bool has_failed;       /* the last question was not asked */
    unsigned milliseconds; /* for one question */
    gint64 deadline;
};

/* Without padding: nothing else of this process is sent. */
struct heading {
    size_t kind;
    size_t size;
};

/* --- the process --- */

static bool read_question(int fd, struct heading *heading, char **bytes, size_t *room) {
    if (read(fd, heading, sizeof *heading) != (ssize_t)sizeof *heading ||
        heading->size > OPINION_MOST_QUESTION)
        return false;
    if (heading->size > *room)
        *bytes = g_realloc(*bytes, *room = heading->size);
    for (size_t used = 0; used < heading->size;) {
        ssize_t got = read(fd, *bytes + used, heading->size - used);
        if (got <= 0)
            return false;
        used += (size_t)got;
    }
    return true;
}

static void __attribute__((noreturn)) answer_questions(const struct opinion_process *p) {
    unsigned char answer[OPINION_MOST_ANSWER];
    struct heading heading;
    char *bytes = NULL;
    size_t room = 0;
    for (unsigned asked = 0; asked < MOST_ASKED; asked++) {
        if (!read_question(p->questions[OTHER], &heading, &bytes, &room) || heading.kind >= p->answerer_count)
            _exit(1);
        size_t size = p->answerers[heading.kind](p->context, (struct slice){bytes, heading.size}, answer);
        if (write(p->questions[OTHER], answer, size) != (ssize_t)size)
            _exit(1);
    }
    _exit(0);
}

static void __attribute__((noreturn)) be_process(const struct opinion_process *p) {
    sigset_t none;
    sigemptyset(&none);
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    process_limit_memory(MOST_MEMORY);
    process_limit(RLIMIT_CPU, MOST_LIFE);
    process_limit(RLIMIT_CORE, 0);
    process_limit(RLIMIT_FSIZE, 0);
    process_limit(RLIMIT_NPROC, 0);
    close(p->control[OTHER]);
    if (!sandbox_enter(SANDBOX_OPINION, NULL).is_filtered)
        process_limit(RLIMIT_NOFILE, 0);
    if (p->begin)
        p->begin(p->context);
    answer_questions(p);
}

/* --- the keeper --- */

static void note_death(int signal_number) {
    (void)signal_number; /* it interrupts the keeper's wait */
}

static void close_all_but(int one, int other) {
    int low = MIN(one, other), high = MAX(one, other);
    if (low > 0)
        close_range(0, (unsigned)low - 1, 0);
    if (high > low + 1)
        close_range((unsigned)low + 1, (unsigned)high - 1, 0);
    close_range((unsigned)high + 1, ~0U, 0);
}

static pid_t start(const struct opinion_process *p) {
    pid_t child = fork();
    if (child == 0)
        be_process(p);
    return child;
}

static void say(int control, enum word word) {
    char byte = (char)word;
    while (write(control, &byte, 1) < 0 && errno == EINTR)
        ;
}

/* Until the asker is gone. */
static void keep(const struct opinion_process *p, const sigset_t *while_waiting) {
    int control = p->control[OTHER];
    pid_t child = 0;
    for (;;) {
        struct pollfd wait = {.fd = control, .events = POLLIN};
        char word = 0;
        bool is_told = ppoll(&wait, 1, NULL, while_waiting) == 1;
        if (child > 0 && waitpid(child, NULL, WNOHANG) == child) {
            child = 0;
            say(control, DIED);
        }
        if (!is_told)
            continue;
        ssize_t got = read(control, &word, 1);
        if (child > 0 && (got <= 0 || word == KILL))
            kill(child, SIGKILL);
        if (got <= 0)
            return;
        if (word == NEXT && child <= 0 && (child = start(p)) < 0)
            say(control, NOT_STARTED);
    }
}

static void __attribute__((noreturn)) be_keeper(const struct opinion_process *p) {
    struct sigaction action = {.sa_handler = note_death};
    sigset_t blocked, before;
    prctl(PR_SET_NAME, "mailwhy-opinion");
    clearenv();
    close_all_but(p->control[OTHER], p->questions[OTHER]);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    sigdelset(&before, SIGCHLD);
    sigaction(SIGCHLD, &action, NULL);
    keep(p, &before);
    _exit(0);
}

/* --- the asker --- */

struct opinion_process *opinion_process_new(opinion_answerer *const *answerers, size_t count,
                                            void (*begin)(void *context), void *context,
                                            unsigned milliseconds) {
    struct opinion_process *p = g_new0(struct opinion_process, 1);
    *p = (struct opinion_process){
        {-1, -1}, {-1, -1}, answerers, count, begin, context, .milliseconds = milliseconds, .keeper = -1};
    int kind = SOCK_SEQPACKET | SOCK_CLOEXEC;
    if (socketpair(AF_UNIX, kind, 0, p->control) == 0 && socketpair(AF_UNIX, kind, 0, p->questions) == 0) {
        fcntl(p->questions[ASKER], F_SETFL, O_NONBLOCK);
        p->keeper = fork();
    }
    if (p->keeper == 0)
        be_keeper(p);
    p->is_lost = p->has_failed = p->keeper < 0;
    return p;
}

void opinion_process_free(struct opinion_process *p) {
    if (!p)
        return;
    for (int end = 0; end < 2; end++) {
        if (p->control[end] >= 0)
            close(p->control[end]);
        if (p->questions[end] >= 0)
            close(p->questions[end]);
    }
    if (p->keeper > 0 && !sandbox_state().is_filtered) /* inside, nobody may wait: this process ends too */
        while (waitpid(p->keeper, NULL, 0) < 0 && errno == EINTR)
            ;
    g_free(p);
}

/* Wait until questions[ASKER] is ready for `events`. False: the process died, or the time is over. */
static bool await(struct opinion_process *p, short events) {
    struct pollfd wait[] = {{.fd = p->questions[ASKER], .events = events},
                            {.fd = p->control[ASKER], .events = POLLIN}};
    for (;;) {
        gint64 left = (p->deadline - g_get_monotonic_time()) / 1000;
        int ready = poll(wait, 2, (int)MAX(left, 0));
        if (ready > 0 && (wait[0].revents & events))
            return true;
        if (ready > 0 || (ready == 0 && left <= 0))
            return false;
    }
}

/* After this it does not run, or the keeper is lost. */
static void give_up(struct opinion_process *p) {
    struct pollfd wait = {.fd = p->control[ASKER], .events = POLLIN};
    char word = NOT_STARTED;
    if (poll(&wait, 1, 0) == 0)
        say(p->control[ASKER], KILL);
    bool is_told = poll(&wait, 1, MOST_DYING) == 1 && read(p->control[ASKER], &word, 1) == 1;
    p->is_lost = !is_told || word == NOT_STARTED;
    p->has_failed = p->has_failed || p->is_lost;
    p->is_running = false;
}

static void drain(int fd) {
    char byte; /* the rest of its packet goes too */
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    while (poll(&wait, 1, 0) == 1 && read(fd, &byte, 1) > 0)
        ;
}

static void make_ready(struct opinion_process *p) {
    struct pollfd wait = {.fd = p->control[ASKER], .events = POLLIN};
    if (p->is_running && poll(&wait, 1, 0) == 1)
        give_up(p);
    if (p->is_running || p->is_lost)
        return;
    drain(p->questions[ASKER]); /* what one that died left */
    drain(p->questions[OTHER]);
    say(p->control[ASKER], NEXT);
    p->is_running = true;
}

static bool send_part(struct opinion_process *p, const char *bytes, size_t size) {
    ssize_t sent;
    bool is_ready;
    do {
        is_ready = await(p, POLLOUT);
        sent = is_ready ? write(p->questions[ASKER], bytes, size) : -1;
    } while (is_ready && sent < 0 && errno == EAGAIN && g_get_monotonic_time() < p->deadline);
    p->has_failed = p->has_failed || (is_ready && sent < 0 && errno != EAGAIN);
    return sent == (ssize_t)size;
}

bool opinion_ask(struct opinion_process *p, unsigned kind, struct slice question) {
    struct heading heading = {kind, question.len};
    if (!p || p->is_lost || question.len > OPINION_MOST_QUESTION)
        return false;
    p->has_failed = false;
    make_ready(p);
    p->deadline = g_get_monotonic_time() + (gint64)p->milliseconds * 1000;
    bool is_sent = send_part(p, (const char *)&heading, sizeof heading);
    for (size_t at = 0; is_sent && at < question.len; at += FRAME)
        is_sent = send_part(p, question.ptr + at, MIN(FRAME, question.len - at));
    if (!is_sent)
        give_up(p);
    return is_sent;
}

size_t opinion_hear(struct opinion_process *p, unsigned char *answer) {
    if (!p || !p->is_running)
        return 0;
    ssize_t got = await(p, POLLIN) ? read(p->questions[ASKER], answer, OPINION_MOST_ANSWER) : 0;
    if (got <= 0)
        give_up(p);
    return got > 0 ? (size_t)got : 0;
}

bool opinion_has_failed(const struct opinion_process *p) {
    return !p || p->has_failed;
}
