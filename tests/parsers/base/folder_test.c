/* Folders of inputs: what is in them, and what is not read though it is. */
#include "parsers/base/folder.h"

#include "tests/table.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* What stands in the folder: a path and what it is. */
static const struct {
    const char *path;
    char kind; /* d folder, f file, l link, p FIFO */
    const char *target;
} entries[] = {
    {"a", 'd', NULL},           {"a/cur", 'd', NULL},
    {"a/cur/2", 'f', NULL},     {"a/cur/1", 'f', NULL},
    {"a/new", 'd', NULL},       {"a/new/3", 'f', NULL},
    {"a/tmp", 'd', NULL},       {"a/tmp/x", 'f', NULL}, /* it is still being delivered to the Maildir */
    {"b", 'd', NULL},           {"b/tmp", 'd', NULL},
    {"b/tmp/4", 'f', NULL},     {"b/fifo", 'p', NULL},
    {"b/inside", 'l', "tmp/4"}, {"b/outside", 'l', "/etc/passwd"},
    {"b/loop", 'l', ".."},      {"b/nowhere", 'l', "no-such-file"},
    {"c.eml", 'f', NULL},       {".d", 'f', NULL},
    {".hidden", 'd', NULL},     {".hidden/e", 'f', NULL},
};
static const char *const expected[] = {"a/cur/1", "a/cur/2", "a/new/3", "b/tmp/4", "c.eml"};

static char *root;

static char *in_root(const char *path) {
    return g_build_filename(root, path, NULL);
}

static void make(const char *path, char kind, const char *target) {
    g_autofree char *full = in_root(path);
    switch (kind) {
    case 'd':
        assert_int_equal(g_mkdir(full, 0700), 0);
        break;
    case 'f':
        assert_true(g_file_set_contents(full, "x", 1, NULL));
        break;
    case 'l':
        assert_int_equal(symlink(target, full), 0);
        break;
    default:
        assert_int_equal(mkfifo(full, 0600), 0);
    }
}

static int make_all(void **state) {
    (void)state;
    root = g_dir_make_tmp("mailwhy-folder-XXXXXX", NULL);
    for (size_t i = 0; i < ROWS(entries); i++)
        make(entries[i].path, entries[i].kind, entries[i].target);
    return 0;
}

static int remove_all(void **state) {
    (void)state;
    for (size_t i = ROWS(entries); i-- > 0;) {
        g_autofree char *full = in_root(entries[i].path);
        g_remove(full);
    }
    int failed = g_rmdir(root);
    g_free(root);
    return failed;
}

static void append_problem(void *context, const char *path, int error, const char *text) {
    g_string_append_printf(context, "%s: %s\n", path, error ? g_strerror(error) : text);
}

static void test_list(void **state) {
    (void)state;
    static const char *const endings[] = {"", "/"};
    for (size_t e = 0; e < ROWS(endings); e++) {
        g_autofree char *path = g_strconcat(root, endings[e], NULL);
        g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GString) problems = g_string_new(NULL);
        folder_list(path, found, append_problem, problems);
        for (size_t i = 0; i < found->len && i < ROWS(expected); i++)
            expect_text(path, slice_of((char *)found->pdata[i] + strlen(root) + 1), expected[i]);
        expect_number("files", found->len, ROWS(expected));
        g_autofree char *text =
            g_strdup_printf("%s: 4 symbolic links in it were not followed; one that is named itself is\n"
                            "%s: 1 special file in it was not followed; one that is named itself is\n",
                            path, path);
        expect_text(path, slice_of(problems->str), text);
    }
}

static void test_unreadable(void **state) {
    (void)state;
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) problems = g_string_new(NULL);
    folder_list("/no/such/folder", found, append_problem, problems);
    expect_number("files", found->len, 0);
    expect_text("unreadable", slice_of(problems->str), "/no/such/folder: No such file or directory\n");
}

static void test_deep(void **state) {
    (void)state;
    g_autoptr(GString) path = g_string_new(root);
    for (int i = 0; i < 70; i++) {
        g_string_append(path, "/d");
        assert_int_equal(g_mkdir(path->str, 0700), 0);
    }
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) problems = g_string_new(NULL);
    folder_list(root, found, append_problem, problems);
    assert_non_null(strstr(problems->str, "nested more than 64 deep"));
    for (int i = 0; i < 70; i++) {
        assert_int_equal(g_rmdir(path->str), 0);
        g_string_truncate(path, path->len - 2);
    }
}

/* A file is listed; by the time it is opened, something else stands there. */
static void test_replaced(void **state) {
    (void)state;
    static const struct {
        const char *replaced;
        char kind;
        const char *target;
        int error;
    } rows[] = {
        {"race/m", 'f', NULL, 0},
        {"race/m", 'p', NULL, ESTALE},
        {"race/m", 'l', "/etc/passwd", ESTALE},
        {"race/m", 'l', "other", ESTALE},
        {"race/m", 'd', NULL, ESTALE},
        {"race/m", '-', NULL, ENOENT},
        {"race", 'l', "/etc", ESTALE}, /* a folder on the way */
        {"race", 'l', "b", ESTALE},
        {"race", 'f', NULL, ESTALE},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autofree char *found = in_root("race/m");
        g_autofree char *folder = in_root("race");
        g_autofree char *replaced = in_root(rows[i].replaced);
        make("race", 'd', NULL);
        make("race/m", 'f', NULL);
        g_remove(found);
        if (strcmp(rows[i].replaced, "race") == 0)
            g_remove(folder);
        if (rows[i].kind != '-')
            make(rows[i].replaced, rows[i].kind, rows[i].target);
        int fd = folder_open_file(found, strlen(root));
        expect_number(rows[i].replaced, fd < 0 ? errno : 0, rows[i].error);
        if (fd >= 0)
            close(fd);
        g_remove(found);
        g_remove(replaced);
        g_remove(folder);
    }
}

/* The folder that was named may be reached through links: only what is below it may not. */
static void test_named_link(void **state) {
    (void)state;
    g_autofree char *link = in_root("named");
    assert_int_equal(symlink("b", link), 0);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) problems = g_string_new(NULL);
    folder_list(link, found, append_problem, problems);
    expect_number("files", found->len, 1);
    int fd = folder_open_file(found->pdata[0], strlen(link));
    assert_true(fd >= 0);
    close(fd);
    g_remove(link);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_list), cmocka_unit_test(test_unreadable),
                                       cmocka_unit_test(test_deep), cmocka_unit_test(test_replaced),
                                       cmocka_unit_test(test_named_link)};
    return cmocka_run_group_tests(tests, make_all, remove_all);
}
