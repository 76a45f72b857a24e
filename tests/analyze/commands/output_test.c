/* A file is written whole or not at all; what is no file is written to. */
#include "analyze/commands/output.h"

#include "tests/analyze/commands/capture_stderr.h"
#include "tests/table.h"

#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder;

static int make_folder(void **state) {
    (void)state;
    folder = g_dir_make_tmp("mailwhy-output-XXXXXX", NULL);
    return folder ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    g_autofree char *path = g_build_filename(folder, "report", NULL);
    g_remove(path);
    int failed = g_rmdir(folder); /* fails where anything else was left in it */
    g_free(folder);
    return failed;
}

static void test_file(void **state) {
    (void)state;
    struct output output;
    struct stat st;
    g_autofree char *path = g_build_filename(folder, "report", NULL);
    g_autofree char *text = NULL;
    g_file_set_contents(path, "before", -1, NULL);
    assert_int_equal(g_chmod(path, 0604), 0);
    assert_true(output_open(&output, path));
    output_write(&output, "hello ", 6);
    g_file_get_contents(path, &text, NULL, NULL);
    assert_string_equal(text, "before"); /* until it is closed */
    g_free(text);
    output_write(&output, "world", 5);
    assert_true(output_close(&output));
    g_file_get_contents(path, &text, NULL, NULL);
    assert_string_equal(text, "hello world");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0604); /* as it was */
}

/* A report that takes several writes, in pieces of several sizes. */
static void test_large(void **state) {
    (void)state;
    static const size_t pieces[] = {1, 1000, (size_t)256 << 10, 700001};
    g_autofree char *path = g_build_filename(folder, "report", NULL);
    for (size_t i = 0; i < ROWS(pieces); i++)
        for (int keeps_all = 0; keeps_all < 2; keeps_all++) {
            struct output output;
            g_autofree char *piece = g_malloc(pieces[i]);
            g_autofree char *text = NULL;
            gsize length;
            size_t count = 1 + ((size_t)1 << 20) / pieces[i];
            assert_true(output_open(&output, path));
            if (keeps_all)
                output_keep_all(&output);
            for (size_t n = 0; n < count; n++)
                output_write(&output, memset(piece, 'a' + (int)(n % 26), pieces[i]), pieces[i]);
            assert_true(output_close(&output));
            assert_true(g_file_get_contents(path, &text, &length, NULL));
            assert_int_equal(length, count * pieces[i]);
            for (size_t n = 0; n < length; n++)
                assert_int_equal(text[n], 'a' + (int)(n / pieces[i] % 26));
        }
}

/* What is appended to a file that may not grow leaves no half of it there. */
static void test_full(void **state) {
    (void)state;
    static const size_t lengths[] = {1000, 100000};
    g_autofree char *path = g_build_filename(folder, "report", NULL);
    struct rlimit before;
    getrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < ROWS(lengths); i++) {
        struct captured captured;
        struct rlimit limit = {500, before.rlim_max};
        g_autofree char *bytes = g_malloc0(lengths[i]);
        g_autofree char *text = NULL;
        gsize length;
        g_file_set_contents(path, "before\n", -1, NULL);
        int fd = open(path, O_WRONLY | O_APPEND);
        int standard = dup(STDOUT_FILENO);
        fflush(stdout);
        dup2(fd, STDOUT_FILENO);
        setrlimit(RLIMIT_FSIZE, &limit);
        capture_begin(&captured);
        bool is_written = output_whole(NULL, bytes, lengths[i]);
        setrlimit(RLIMIT_FSIZE, &before);
        capture_end(&captured);
        dup2(standard, STDOUT_FILENO);
        close(standard);
        close(fd);
        assert_false(is_written);
        g_file_get_contents(path, &text, &length, NULL);
        expect_text("what is there", slice_of(text), "before\n");
        assert_int_equal(length, 7);
    }
}

static void test_whole(void **state) {
    (void)state;
    g_autofree char *path = g_build_filename(folder, "report", NULL);
    g_autofree char *text = NULL;
    assert_true(output_whole(path, "all of it", 9));
    g_file_get_contents(path, &text, NULL, NULL);
    assert_string_equal(text, "all of it");
}

static void test_pipe(void **state) {
    (void)state;
    char text[8] = "";
    struct stat st;
    g_autofree char *path = g_build_filename(folder, "pipe", NULL);
    assert_int_equal(mkfifo(path, 0600), 0);
    int reader = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(output_whole(path, "passed", 6));
    assert_int_equal(read(reader, text, sizeof text - 1), 6);
    assert_string_equal(text, "passed");
    assert_int_equal(lstat(path, &st), 0);
    assert_true(S_ISFIFO(st.st_mode)); /* it was not replaced by a file */
    close(reader);
    g_remove(path);
}

static void test_errors(void **state) {
    (void)state;
    static const struct {
        const char *path, *message;
    } rows[] = {
        {"/nonexistent/report", "mailwhy: /nonexistent/report: No such file or directory\n"},
        {"/proc/self/report", "mailwhy: /proc/self/report: No such file or directory\n"},
        {"/dev/full", "mailwhy: /dev/full: No space left on device\n"},
        {"/", "mailwhy: /: Is a directory\n"},
        {"", "mailwhy: an empty name: No such file or directory\n"},
        {"/nonexistent\n\033[31m/x", "mailwhy: /nonexistent <U+001B>[31m/x: No such file or directory\n"},
        {"/sys/report", "mailwhy: /sys/report: no file can be made in its folder: Permission denied\n"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct captured captured;
        capture_begin(&captured);
        bool is_written = output_whole(rows[i].path, "x", 1);
        capture_end(&captured);
        expect_number(rows[i].path, is_written, false);
        expect_text(rows[i].path, slice_of(captured.text), rows[i].message);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file),  cmocka_unit_test(test_whole), cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_large), cmocka_unit_test(test_full),  cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
