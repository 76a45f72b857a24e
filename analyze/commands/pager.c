/* The pager: see pager.h. It is started by its words, never by a shell, and only by those that MAILWHY_PAGER
 * or PAGER hold, or as less. It gets the reports through a pipe whose first byte is waited for: until then a
 * progress bar has the terminal for itself. */
#define _GNU_SOURCE
#include "analyze/commands/pager.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/output.h"
#include "parsers/sandbox/process_limits.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The words to be run; NULL: none. What the user named wins, also where it is empty. */
static char **pager_words(void) {
    static const char *const names[] = {"MAILWHY_PAGER", "PAGER"};
    const char *named = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(names) && !named; i++)
        named = getenv(names[i]);
    char **words = NULL;
    if (!named || strcmp(named, "cat") == 0 || !g_shell_parse_argv(named, NULL, &words, NULL)) {
        g_autofree char *less = named ? NULL : g_find_program_in_path("less");
        return less ? g_strsplit("less", " ", -1) : NULL;
    }
    return words;
}

/* Not where there is nobody to turn pages: a pipe, a file, a terminal that cannot. */
static bool is_wanted(const struct options *o) {
    const char *terminal = getenv("TERM");
    bool is_elsewhere = o->output && strcmp(o->output, "-") != 0;
    return !o->no_pager && !is_elsewhere && o->command->bit != COMMAND_CGI &&
           o->command->bit != COMMAND_HIDDEN && isatty(STDOUT_FILENO) && terminal && *terminal &&
           strcmp(terminal, "dumb") != 0;
}

/* Without a pager after all: what comes is passed on. */
static void pass_on(int from) {
    char bytes[4096];
    for (ssize_t got; (got = read(from, bytes, sizeof bytes)) > 0 || (got < 0 && errno == EINTR);)
        for (ssize_t done = 0, wrote; done < got; done += wrote)
            if ((wrote = write(STDOUT_FILENO, bytes + done, (size_t)(got - done))) <= 0)
                return;
}

static void __attribute__((noreturn)) be_pager(char **words, int from) {
    int terminal = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    dup2(from, STDIN_FILENO);
    setenv("LESS", "FRX", 0);
    setenv("LV", "-c", 0);
    execvp(words[0], words);
    g_autofree char *why = g_strdup_printf("the pager cannot be started: %s", g_strerror(errno));
    complain_of(words[0], why);
    dup2(terminal, STDIN_FILENO);
    pass_on(from);
    _exit(0);
}

static int wait_for(pid_t child) {
    int ended = 0;
    while (waitpid(child, &ended, 0) < 0)
        if (errno != EINTR)
            return STATUS_BUG;
    if (WIFEXITED(ended))
        return WEXITSTATUS(ended);
    return WTERMSIG(ended) == SIGPIPE ? STATUS_OK : 128 + WTERMSIG(ended); /* the pager was left early */
}

/* Once something is to be shown; not at all where nothing is. */
static pid_t start_pager(char **words, int from) {
    struct pollfd ready = {from, POLLIN, 0};
    while (poll(&ready, 1, -1) < 0 && errno == EINTR)
        ready.revents = 0;
    pid_t pager = ready.revents & POLLIN ? fork() : -1;
    if (pager == 0)
        be_pager(words, from);
    return pager;
}

/* The parent's part. The keys that end programs are for the child and the pager. */
static int stand_between(char **words, int from, pid_t child) {
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    pid_t pager = start_pager(words, from);
    if (pager < 0)
        pass_on(from);
    close(from);
    int status = wait_for(child);
    if (pager > 0)
        wait_for(pager);
    return status;
}

bool pager_stands_between(const struct options *options, int *status) {
    int ends[2];
    g_auto(GStrv) words = is_wanted(options) ? pager_words() : NULL;
    if (!words || pipe2(ends, O_CLOEXEC) != 0)
        return false;
    pid_t child = process_fork(SIGTERM);
    if (child > 0) {
        close(ends[1]);
        *status = stand_between(words, ends[0], child);
        return true;
    }
    close(ends[0]);
    if (child == 0) { /* however it was started: whoever leaves the pager has seen enough */
        signal(SIGPIPE, SIG_DFL);
        output_note_signals();
    }
    if (child == 0 && dup2(ends[1], STDOUT_FILENO) < 0)
        _exit(STATUS_OUTPUT);
    close(ends[1]);
    return false;
}
