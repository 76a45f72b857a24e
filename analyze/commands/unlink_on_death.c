/* Removing a file when a signal ends the program: see unlink_on_death.h. */
#define _GNU_SOURCE
#include "analyze/commands/unlink_on_death.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Signals that end a process and can be caught. */
static const int deadly[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGILL,  SIGTRAP, SIGABRT,   SIGBUS,
                             SIGFPE,  SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM,   SIGTERM,
                             SIGXCPU, SIGXFSZ, SIGIO,   SIGPWR,  SIGSYS,  SIGVTALRM, SIGPROF};
#define DEADLY (sizeof deadly / sizeof deadly[0])

static struct {
    int folder;
    char name[32];
    pid_t process; /* 0: no file */
    struct sigaction before[DEADLY];
    char stack[16384]; /* where the handler runs: the other one may be used up */
} doomed;

void unlink_now(void) {
    if (doomed.process == getpid())
        unlinkat(doomed.folder, doomed.name, 0);
}

static void end_by(int signal_number) {
    unlink_now();
    for (size_t i = 0; i < DEADLY; i++)
        if (deadly[i] == signal_number)
            sigaction(signal_number, &doomed.before[i], NULL);
    raise(signal_number); /* it is blocked until this returns */
}

static void give_stack(void) {
    stack_t stack = {.ss_sp = doomed.stack, .ss_size = sizeof doomed.stack};
    stack_t now;
    if (sigaltstack(NULL, &now) == 0 && (now.ss_flags & SS_DISABLE))
        sigaltstack(&stack, NULL);
}

void unlink_on_death(int folder, const char *name) {
    struct sigaction action = {.sa_handler = end_by, .sa_flags = SA_ONSTACK | SA_RESTART};
    sigset_t before;
    static int is_told_of_exit;
    signals_hold(&before);
    if (!is_told_of_exit) /* as where a module cannot be loaded */
        is_told_of_exit = atexit(unlink_now) == 0;
    sigfillset(&action.sa_mask);
    doomed.folder = folder;
    strncpy(doomed.name, name, sizeof doomed.name - 1);
    doomed.process = getpid();
    give_stack();
    for (size_t i = 0; i < DEADLY; i++) {
        sigaction(deadly[i], NULL, &doomed.before[i]);
        if (doomed.before[i].sa_handler != SIG_IGN)
            sigaction(deadly[i], &action, NULL);
    }
    signals_release(&before);
}

void unlink_on_death_end(void) {
    if (!doomed.process)
        return;
    for (size_t i = 0; i < DEADLY; i++)
        sigaction(deadly[i], &doomed.before[i], NULL);
    doomed.process = 0;
}

void signals_hold(sigset_t *before) {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, before);
}

void signals_release(const sigset_t *before) {
    pthread_sigmask(SIG_SETMASK, before, NULL);
}
