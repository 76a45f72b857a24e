/* What -o names, through links and otherwise, and what it must not write to. */
#include "analyze/commands/output_target.h"

#include "tests/table.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *root;

static char *in_root(const char *path) {
    return path[0] == '/' ? g_strdup(path) : g_build_filename(root, path, NULL);
}

static const struct {
    const char *path, *target; /* a link; without a target: a file; with "": a folder */
} entries[] = {
    {"file", NULL},
    {"folder", ""},
    {"folder/deep", NULL},
    {"to-file", "file"},
    {"to-deep", "folder/deep"},
    {"folder/up", "../to-file"},
    {"to-nothing", "new"},
    {"to-nowhere", "no/such/folder"},
    {"to-folder", "folder"},
    {"to-null", "/dev/null"},
    {"loop", "loop"},
};

static int make_all(void **state) {
    (void)state;
    root = g_dir_make_tmp("mailwhy-target-XXXXXX", NULL);
    for (size_t i = 0; i < ROWS(entries); i++) {
        g_autofree char *path = in_root(entries[i].path);
        if (!entries[i].target)
            g_file_set_contents(path, "x", 1, NULL);
        else if (!entries[i].target[0])
            g_mkdir(path, 0700);
        else if (symlink(entries[i].target, path) != 0)
            return -1;
    }
    return 0;
}

static int remove_all(void **state) {
    (void)state;
    for (size_t i = ROWS(entries); i-- > 0;) {
        g_autofree char *path = in_root(entries[i].path);
        g_remove(path);
    }
    int failed = g_rmdir(root);
    g_free(root);
    return failed;
}

static void test_find(void **state) {
    (void)state;
    static const struct {
        const char *path, *name; /* NULL: it is written to in place */
        bool exists;
        int error;
    } rows[] = {
        {"file", "file", true, 0},
        {"new", "new", false, 0},
        {"to-file", "file", true, 0},
        {"to-deep", "deep", true, 0},
        {"folder/up", "file", true, 0},
        {"to-folder/deep", "deep", true, 0},
        {"to-nothing", "new", false, 0},
        {"to-nowhere", NULL, false, ENOENT},
        {"to-folder", NULL, false, EISDIR},
        {"folder", NULL, false, EISDIR},
        {"folder/", NULL, false, EISDIR},
        {"folder/..", NULL, false, EISDIR},
        {"loop", NULL, false, ELOOP},
        {"file/x", NULL, false, ENOTDIR},
        {"to-null", NULL, false, 0},
        {"/dev/null", NULL, false, 0},
        {"/dev/stdout", NULL, false, 0},
        {"/dev/fd/1", NULL, false, 0},
        {"/proc/self/fd/1", NULL, false, 0},
        {"/dev/fd/77", NULL, false, ENOENT},
        {"/proc/self/report", NULL, false, ENOENT},
        {"/proc/self", NULL, false, EISDIR},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autofree char *path = in_root(rows[i].path);
        struct output_target target;
        bool is_found = output_target_find(&target, path);
        expect_number(path, is_found ? 0 : errno, rows[i].error);
        expect_number(path, target.in_place >= 0, !rows[i].error && !rows[i].name);
        if (rows[i].name) {
            expect_text(path, slice_of(target.name), rows[i].name);
            expect_number(path, target.exists, rows[i].exists);
        }
        if (is_found)
            output_target_free(&target);
    }
}

/* Its name is longer than any path may be. */
static void test_long(void **state) {
    (void)state;
    static const size_t lengths[] = {300, 5000, 100000};
    for (size_t i = 0; i < ROWS(lengths); i++) {
        g_autofree char *name = g_strnfill(lengths[i], 'x');
        g_autofree char *path = in_root(name);
        struct output_target target;
        expect_number("too long", output_target_find(&target, path) ? 0 : errno, ENAMETOOLONG);
    }
}

/* A regular file on standard output is not opened anew: its place, and what stands in it, are kept. */
static void test_standard_output(void **state) {
    (void)state;
    struct output_target target;
    g_autofree char *path = in_root("file");
    g_autofree char *text = NULL;
    int standard = dup(STDOUT_FILENO);
    int fd = open(path, O_WRONLY | O_TRUNC);
    fflush(stdout);
    dup2(fd, STDOUT_FILENO);
    bool is_written = write(STDOUT_FILENO, "before ", 7) == 7;
    bool is_found = output_target_find(&target, "/dev/stdout");
    is_written = is_written && is_found && write(target.in_place, "after", 5) == 5;
    dup2(standard, STDOUT_FILENO);
    close(standard);
    close(fd);
    output_target_free(&target);
    assert_true(is_written);
    g_file_get_contents(path, &text, NULL, NULL);
    assert_string_equal(text, "before after");
}

/* In a folder such as /tmp, what somebody else has put there is not written to. */
static void test_traps(void **state) {
    (void)state;
    static const char *const names[] = {"link", "file", "fifo"};
    g_autofree char *victim = in_root("file");
    g_autofree char *shared = in_root("shared");
    if (geteuid() != 0)
        skip();
    g_mkdir(shared, 0700);
    assert_int_equal(g_chmod(shared, 01777), 0);
    for (size_t i = 0; i < ROWS(names); i++)
        for (int owner = 0; owner < 2; owner++) {
            struct output_target target;
            g_autofree char *path = g_build_filename(shared, names[i], NULL);
            if (i == 0)
                assert_int_equal(symlink(victim, path), 0);
            else if (i == 1)
                g_file_set_contents(path, "x", 1, NULL);
            else
                assert_int_equal(mkfifo(path, 0666), 0);
            int reader = i == 2 ? open(path, O_RDONLY | O_NONBLOCK) : -1;
            assert_int_equal(lchown(path, owner ? 12345 : 0, (gid_t)-1), 0);
            bool is_found = output_target_find(&target, path);
            expect_number(names[i], is_found ? 0 : errno, owner ? EACCES : 0);
            if (is_found)
                output_target_free(&target);
            if (reader >= 0)
                close(reader);
            g_remove(path);
        }
    g_rmdir(shared);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_long),
        cmocka_unit_test(test_standard_output),
        cmocka_unit_test(test_traps),
    };
    return cmocka_run_group_tests(tests, make_all, remove_all);
}
