/* Files of rules.d: which are taken, in which order, and which are refused. */
#define _GNU_SOURCE
#include "analyze/commands/rules_folder.h"

#include "tests/analyze/commands/capture_stderr.h"
#include "tests/table.h"

#include <sys/stat.h>
#include <unistd.h>

struct file {
    const char *name;
    mode_t mode;
};

static const struct {
    const char *what;
    mode_t folder; /* 0: there is none */
    struct file files[5];
    bool is_right;
    const char *names; /* that are listed */
} rows[] = {
    {"no folder", 0, {{0}}, true, ""},
    {"empty", 0755, {{0}}, true, ""},
    {"by name",
     0755,
     {{"20-b.yaml", 0644}, {"10-z.yaml", 0600}, {"9.yaml", 0644}},
     true,
     "10-z.yaml 20-b.yaml 9.yaml "},
    {"others", 0755, {{"a.yaml~", 0666}, {"README", 0666}, {".a.yaml", 0644}, {"b.yml", 0644}}, true, ""},
    {"a file of all", 0755, {{"a.yaml", 0644}, {"b.yaml", 0646}}, false, "a.yaml b.yaml "},
    {"a file of the group", 0755, {{"a.yaml", 0664}}, false, "a.yaml "},
    {"a folder of all", 0777, {{"a.yaml", 0644}}, false, ""},
};

static void make(const char *config, mode_t mode, const struct file *files) {
    g_autofree char *folder = g_build_filename(config, "rules.d", NULL);
    if (!mode)
        return;
    assert_int_equal(mkdir(folder, 0755), 0);
    for (; files->name; files++) {
        g_autofree char *path = g_build_filename(folder, files->name, NULL);
        assert_true(g_file_set_contents(path, "", 0, NULL));
        assert_int_equal(chmod(path, files->mode), 0);
    }
    assert_int_equal(chmod(folder, mode), 0);
}

static void remove_all(const char *config, const struct file *files) {
    g_autofree char *folder = g_build_filename(config, "rules.d", NULL);
    for (; files->name; files++) {
        g_autofree char *path = g_build_filename(folder, files->name, NULL);
        unlink(path);
    }
    rmdir(folder);
    rmdir(config);
}

static void test_list(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        char config[] = "/tmp/rules-folder-XXXXXX";
        assert_non_null(mkdtemp(config));
        make(config, rows[i].folder, rows[i].files);
        g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
        struct captured captured;
        capture_begin(&captured);
        bool is_right = rules_folder_list(config, files);
        capture_end(&captured);
        g_autoptr(GString) names = g_string_new(NULL);
        for (guint n = 0; n < files->len; n++) {
            g_autofree char *name = g_path_get_basename(files->pdata[n]);
            g_string_append_printf(names, "%s ", name);
        }
        remove_all(config, rows[i].files);
        expect_number(rows[i].what, is_right, rows[i].is_right);
        expect_number(rows[i].what, captured.text[0] == '\0', rows[i].is_right);
        expect_text(rows[i].what, slice_of(names->str), rows[i].names);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_list)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
