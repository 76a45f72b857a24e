/* A file stands under its name when it is whole, with the mode and owner that a user expects. */
#include "analyze/commands/new_file.h"

#include "tests/table.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define NOBODY 12345

static char *root, *path;

static int make_folder(void **state) {
    (void)state;
    root = g_dir_make_tmp("mailwhy-new-XXXXXX", NULL);
    path = g_build_filename(root, "report", NULL);
    return root ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    g_remove(path);
    int failed = g_rmdir(root); /* fails where anything else was left in it */
    g_free(path);
    g_free(root);
    return failed;
}

static void begin(struct new_file *file, struct output_target *target) {
    assert_true(output_target_find(target, path));
    assert_true(new_file_begin(file, target));
    assert_int_equal(write(file->fd, "whole", 5), 5);
}

static unsigned count_entries(void) {
    g_autoptr(GDir) dir = g_dir_open(root, 0, NULL);
    unsigned count = 0;
    while (g_dir_read_name(dir))
        count++;
    return count;
}

static void test_modes(void **state) {
    (void)state;
    static const struct {
        mode_t mask;
        int before; /* the mode of the file that is replaced; -1: there is none */
        mode_t after;
    } rows[] = {
        {022, -1, 0644},   {027, -1, 0640},   {077, -1, 0600},   {0, -1, 0666},
        {077, 0644, 0644}, {022, 0600, 0600}, {022, 0660, 0660}, {0, 04755, 0755},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct output_target target;
        struct new_file file;
        struct stat st;
        g_autofree char *name =
            g_strdup_printf("umask %o, before %o", rows[i].mask, (unsigned)rows[i].before);
        g_remove(path);
        if (rows[i].before >= 0) {
            g_file_set_contents(path, "before", -1, NULL);
            g_chmod(path, rows[i].before);
        }
        mode_t mask = umask(rows[i].mask);
        begin(&file, &target);
        umask(mask);
        expect_number(name, new_file_keep(&file, &target), true);
        output_target_free(&target);
        assert_int_equal(g_stat(path, &st), 0);
        expect_number(name, st.st_mode & 07777, rows[i].after);
        expect_number(name, st.st_size, 5);
        expect_number(name, count_entries(), 1);
    }
}

static void test_owner(void **state) {
    (void)state;
    struct output_target target;
    struct new_file file;
    struct stat st;
    if (geteuid() != 0)
        skip();
    g_file_set_contents(path, "before", -1, NULL);
    assert_int_equal(chown(path, NOBODY, NOBODY + 1), 0);
    begin(&file, &target);
    assert_true(new_file_keep(&file, &target));
    output_target_free(&target);
    assert_int_equal(g_stat(path, &st), 0);
    assert_int_equal(st.st_uid, NOBODY);
    assert_int_equal(st.st_gid, NOBODY + 1);
}

static void test_drop(void **state) {
    (void)state;
    struct output_target target;
    struct new_file file;
    g_autofree char *text = NULL;
    g_file_set_contents(path, "before", -1, NULL);
    begin(&file, &target);
    new_file_drop(&file, &target);
    output_target_free(&target);
    assert_int_equal(count_entries(), 1);
    g_file_get_contents(path, &text, NULL, NULL);
    assert_string_equal(text, "before");
}

/* What comes to stand in its place while it is written. */
static void test_in_the_way(void **state) {
    (void)state;
    static const struct {
        const char *what;
        bool is_kept;
    } rows[] = {{"a file", true}, {"a FIFO", false}, {"a folder", false}, {"a link", false}};
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct output_target target;
        struct new_file file;
        g_remove(path);
        begin(&file, &target);
        int made = i == 0   ? !g_file_set_contents(path, "other", -1, NULL)
                   : i == 1 ? mkfifo(path, 0600)
                   : i == 2 ? g_mkdir(path, 0700)
                            : symlink("/dev/null", path);
        assert_int_equal(made, 0);
        expect_number(rows[i].what, new_file_keep(&file, &target), rows[i].is_kept);
        output_target_free(&target);
        expect_number(rows[i].what, count_entries(), 1);
        g_remove(path);
    }
}

static void test_read_only(void **state) {
    (void)state;
    struct output_target target;
    struct new_file file;
    g_file_set_contents(path, "before", -1, NULL);
    g_chmod(path, 0444);
    assert_int_equal(g_chmod(root, 0755), 0);
    if (geteuid() == 0) {
        assert_int_equal(chown(root, NOBODY, NOBODY), 0); /* who may replace the file, but not write to it */
        assert_int_equal(seteuid(NOBODY), 0);
    }
    assert_true(output_target_find(&target, path));
    bool is_begun = new_file_begin(&file, &target);
    int error = errno;
    if (getuid() == 0)
        assert_int_equal(seteuid(0), 0);
    assert_false(is_begun);
    assert_int_equal(error, EACCES);
    output_target_free(&target);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_modes),      cmocka_unit_test(test_owner),     cmocka_unit_test(test_drop),
        cmocka_unit_test(test_in_the_way), cmocka_unit_test(test_read_only),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
