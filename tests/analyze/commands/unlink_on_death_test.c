/* A signal that ends the process takes the file with it, and still ends the process. */
#include "analyze/commands/unlink_on_death.h"

#include "tests/table.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char *root, *path;

static int make_folder(void **state) {
    (void)state;
    root = g_dir_make_tmp("mailwhy-death-XXXXXX", NULL);
    path = g_build_filename(root, "file", NULL);
    return root ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    g_remove(path);
    int failed = g_rmdir(root);
    g_free(path);
    g_free(root);
    return failed;
}

enum scene { DOOMED, ENDED, IGNORED, IN_A_CHILD };

static void act(enum scene scene, int number) {
    static const struct rlimit none = {0, 0};
    int folder = open(root, O_RDONLY | O_DIRECTORY);
    setrlimit(RLIMIT_CORE, &none);
    signal(number, scene == IGNORED ? SIG_IGN : SIG_DFL);
    unlink_on_death(folder, "file");
    if (scene == ENDED)
        unlink_on_death_end();
    if (scene != IN_A_CHILD) {
        raise(number);
        _exit(7);
    }
    pid_t child = fork();
    if (child == 0)
        raise(number);
    waitpid(child, NULL, 0);
    _exit(7);
}

static void test_signals(void **state) {
    (void)state;
    static const int signals[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGABRT, SIGBUS,  SIGFPE,
                                  SIGSEGV, SIGPIPE, SIGALRM, SIGTERM, SIGUSR1, SIGUSR2,
                                  SIGXCPU, SIGXFSZ, SIGPROF, SIGSYS,  SIGILL};
    static const struct {
        enum scene scene;
        bool ends, stays;
    } rows[] = {
        {DOOMED, true, false}, {ENDED, true, true}, {IGNORED, false, true}, {IN_A_CHILD, false, true}};
    for (size_t i = 0; i < ROWS(signals); i++)
        for (size_t r = 0; r < ROWS(rows); r++) {
            int ended;
            g_file_set_contents(path, "x", 1, NULL);
            pid_t process = fork();
            if (process == 0)
                act(rows[r].scene, signals[i]);
            assert_int_equal(waitpid(process, &ended, 0), process);
            expect_number(strsignal(signals[i]), WIFSIGNALED(ended) ? WTERMSIG(ended) : 0,
                          rows[r].ends ? signals[i] : 0);
            expect_number(strsignal(signals[i]), g_access(path, F_OK) == 0, rows[r].stays);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_signals)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
