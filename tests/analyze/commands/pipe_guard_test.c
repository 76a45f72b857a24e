/* With --pipe there are two exit statuses, whatever becomes of the program. */
#include "analyze/commands/pipe_guard.h"

#include "tests/table.h"

#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_wanted(void **state) {
    (void)state;
    static const struct {
        const char *words;
        bool is_wanted;
    } rows[] = {
        {"mailwhy", false},
        {"mailwhy x.eml", false},
        {"mailwhy --pipe", true},
        {"mailwhy -f ndjson --pipe -o x", true},
        {"mailwhy --nonsense --pipe", true},
        {"mailwhy -f --pipe", true},
        {"mailwhy --pipe=yes", true},
        {"mailwhy --pi", true},
        {"mailwhy --p", false}, /* --progress too */
        {"mailwhy --pipes", false},
        {"mailwhy --progress", false},
        {"mailwhy -- --pipe", false},
        {"mailwhy pipe", false},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_auto(GStrv) words = g_strsplit(rows[i].words, " ", -1);
        expect_number(rows[i].words, pipe_guard_is_wanted((int)g_strv_length(words), words),
                      rows[i].is_wanted);
    }
}

/* Run the guard in a process of its own: the status with which it ends when its child ends so. */
static int guarded(int status, int signal_number) {
    int ended;
    pid_t process = fork();
    if (process == 0) {
        int guard = pipe_guard_begin();
        if (guard >= 0)
            _exit(guard);
        if (signal_number && signal_number != SIGKILL)
            signal(signal_number, SIG_DFL); /* cmocka has some of its own */
        if (signal_number)
            raise(signal_number);
        _exit(status);
    }
    assert_int_equal(waitpid(process, &ended, 0), process);
    return WIFEXITED(ended) ? WEXITSTATUS(ended) : -WTERMSIG(ended);
}

static void test_statuses(void **state) {
    (void)state;
    for (int status = 0; status < 256; status++) {
        g_autofree char *name = g_strdup_printf("exit status %d", status);
        expect_number(name, guarded(status, 0), status == 0 || status == 65 ? 0 : 75);
    }
}

static void test_signals_of_the_child(void **state) {
    (void)state;
    static const int signals[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGABRT, SIGBUS,  SIGFPE, SIGKILL,
                                  SIGSEGV, SIGPIPE, SIGALRM, SIGTERM, SIGXCPU, SIGSYS};
    for (size_t i = 0; i < ROWS(signals); i++)
        expect_number(strsignal(signals[i]), guarded(0, signals[i]), 75);
}

/* The guard itself is told to end: its child gets the signal. */
static void test_signals_of_the_guard(void **state) {
    (void)state;
    static const int signals[] = {SIGHUP, SIGINT, SIGTERM, SIGUSR1, SIGSEGV, SIGABRT, SIGPIPE, SIGXCPU};
    for (size_t i = 0; i < ROWS(signals); i++) {
        int ready[2];
        int ended;
        char byte;
        assert_int_equal(pipe(ready), 0);
        pid_t process = fork();
        if (process == 0) {
            int guard = pipe_guard_begin();
            if (guard >= 0)
                _exit(guard);
            signal(signals[i], SIG_DFL);
            if (write(ready[1], "x", 1) != 1)
                _exit(1);
            for (;;)
                pause();
        }
        assert_int_equal(read(ready[0], &byte, 1), 1);
        kill(process, signals[i]);
        assert_int_equal(waitpid(process, &ended, 0), process);
        expect_number(strsignal(signals[i]), WIFEXITED(ended) ? WEXITSTATUS(ended) : -1, 75);
        close(ready[0]);
        close(ready[1]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wanted),
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_signals_of_the_child),
        cmocka_unit_test(test_signals_of_the_guard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
