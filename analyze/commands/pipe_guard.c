/* `--pipe`: see pipe_guard.h. */
#define _GNU_SOURCE
#include "analyze/commands/pipe_guard.h"

#include "analyze/commands/complain.h"
#include "analyze/status.h"
#include "parsers/sandbox/process_limits.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define OPTION      "--pipe"
#define SHORTEST    4 /* bytes of it that may stand for it */
#define LAST_SIGNAL 31

static volatile pid_t child;

bool pipe_guard_is_wanted(int argc, char **argv) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        size_t length = strcspn(argv[i], "=");
        if (length >= SHORTEST && length <= strlen(OPTION) && strncmp(argv[i], OPTION, length) == 0)
            return true;
    }
    return false;
}

static void pass_on(int number) {
    int error = errno;
    if (child > 0)
        kill(child, number);
    errno = error;
}

/* Everything that would end this process, and can be caught, ends the child instead. SIGTERM does so even
 * where whoever started the program ignores it, as Exim: it is also how the child hears of the guard's end.
 */
static void catch_signals(void) {
    struct sigaction action = {.sa_handler = pass_on, .sa_flags = SA_RESTART};
    struct sigaction before;
    sigfillset(&action.sa_mask);
    for (int number = 1; number <= LAST_SIGNAL; number++) {
        bool leaves_alone = number == SIGCHLD || number == SIGCONT || number == SIGURG ||
                            number == SIGWINCH || number == SIGTSTP || number == SIGTTIN || number == SIGTTOU;
        bool is_ignored = sigaction(number, NULL, &before) == 0 && before.sa_handler == SIG_IGN;
        if (!leaves_alone && (!is_ignored || number == SIGTERM))
            sigaction(number, &action, NULL);
    }
}

/* The statuses that stand for a report that is wholly written: whatever is wrong with it, it was the mail. */
static int status_for_mail_system(int ended) {
    bool is_written =
        WIFEXITED(ended) && (WEXITSTATUS(ended) == STATUS_OK || WEXITSTATUS(ended) == STATUS_DATA);
    return is_written ? STATUS_OK : STATUS_TEMPORARY;
}

static int wait_for_child(void) {
    int ended;
    while (waitpid(child, &ended, 0) < 0)
        if (errno != EINTR)
            return STATUS_TEMPORARY;
    return status_for_mail_system(ended);
}

int pipe_guard_begin(void) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    child = process_fork(SIGTERM); /* where who would take the mail back is gone, there is no report */
    if (child < 0) {
        complain_of_error("--pipe: no process can be started", errno);
        return STATUS_TEMPORARY;
    }
    if (child == 0) {
        signal(SIGTERM, SIG_DFL);
        sigdelset(&before, SIGTERM);
        sigprocmask(SIG_SETMASK, &before, NULL);
        return -1;
    }
    catch_signals();
    sigprocmask(SIG_SETMASK, &before, NULL);
    return wait_for_child();
}
