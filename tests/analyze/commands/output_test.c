/* A file is written whole or not at all. */
#include "analyze/commands/output.h"

#include "tests/analyze/commands/capture_stderr.h"
#include "tests/table.h"

#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
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
    mode_t mask = umask(027);
    assert_true(output_open(&output, path));
    umask(mask);
    output_write(&output, "hello ", 6);
    g_file_get_contents(path, &text, NULL, NULL);
    assert_string_equal(text, "before"); /* until it is closed */
    g_free(text);
    output_write(&output, "world", 5);
    assert_true(output_close(&output));
    g_file_get_contents(path, &text, NULL, NULL);
    assert_string_equal(text, "hello world");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
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
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_pipe),
        cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
