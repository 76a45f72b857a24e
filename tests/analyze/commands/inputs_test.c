/* The inputs that a command line names. */
#include "analyze/commands/inputs.h"

#include "tests/table.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder;
static const char *const files[] = {"2.eml", "1.eml", ".hidden", "below/3.eml"};

static int make_folder(void **state) {
    (void)state;
    folder = g_dir_make_tmp("mailwhy-inputs-XXXXXX", NULL);
    g_autofree char *below = g_build_filename(folder, "below", NULL);
    int failed = g_mkdir(below, 0700);
    for (size_t i = 0; i < ROWS(files); i++) {
        g_autofree char *path = g_build_filename(folder, files[i], NULL);
        failed |= !g_file_set_contents(path, "x", 1, NULL);
    }
    return failed;
}

static int remove_folder(void **state) {
    (void)state;
    g_autofree char *below = g_build_filename(folder, "below", NULL);
    for (size_t i = 0; i < ROWS(files); i++) {
        g_autofree char *path = g_build_filename(folder, files[i], NULL);
        g_remove(path);
    }
    g_rmdir(below);
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

static char *in_folder(const char *words) {
    g_auto(GStrv) parts = g_strsplit(words, "@", -1);
    return g_strjoinv(folder, parts);
}

static void test_list(void **state) {
    (void)state;
    static const struct {
        const char *arguments, *paths; /* separated by blanks; @ stands for the folder */
    } rows[] = {
        {"", "-"},
        {"-", "-"},
        {"README.md LICENSE", "README.md LICENSE"},
        {"no-such-file", "no-such-file"},
        {"@", "@/1.eml @/2.eml @/below/3.eml"},
        {"@ README.md", "@/1.eml @/2.eml @/below/3.eml README.md"},
        {"- LICENSE -", "- LICENSE -"},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autofree char *line = in_folder(rows[i].arguments);
        g_autofree char *expected = in_folder(rows[i].paths);
        g_auto(GStrv) arguments = g_strsplit(line, " ", -1);
        struct inputs inputs;
        struct options o = {.arguments = (const char *const *)arguments,
                            .argument_count = line[0] ? g_strv_length(arguments) : 0};
        inputs_list(&inputs, &o);
        for (size_t n = 0; n < inputs.paths->len; n++) {
            bool is_found = g_str_has_prefix(inputs.paths->pdata[n], folder);
            expect_number(rows[i].arguments, (long long)inputs_folder(&inputs, n),
                          is_found ? (long long)strlen(folder) : 0);
        }
        g_ptr_array_add(inputs.paths, NULL);
        g_autofree char *joined = g_strjoinv(" ", (char **)inputs.paths->pdata);
        expect_text(rows[i].arguments, slice_of(joined), expected);
        inputs_free(&inputs);
    }
}

static void test_logs(void **state) {
    (void)state;
    static const struct {
        const char *paths;
        bool are_logs;
    } rows[] = {
        {"samples/logs/postfix.log", true},
        {"samples/logs/postfix.log samples/logs/exim.log", true},
        {"samples/logs/postfix.log samples/bounces/spamhaus.eml", false},
        {"samples/bounces/spamhaus.eml", false},
        {"no-such-file", false},
    };
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct inputs inputs;
        g_auto(GStrv) words = g_strsplit(rows[i].paths, " ", -1);
        struct options o = {.arguments = (const char *const *)words, .argument_count = g_strv_length(words)};
        inputs_list(&inputs, &o);
        expect_number(rows[i].paths, inputs_are_logs(&(struct options){0}, &inputs), rows[i].are_logs);
        inputs_free(&inputs);
    }
    struct inputs none;
    inputs_init(&none);
    assert_false(inputs_are_logs(&(struct options){0}, &none));
    inputs_free(&none);
}

static void close_both(struct crew_opened opened) {
    close(opened.fd);
    if (opened.copy >= 0)
        close(opened.copy);
}

/* What comes through a pipe, by how far the process before came with it. */
static void test_pipes(void **state) {
    (void)state;
    g_autofree char *path = g_build_filename(folder, "pipe", NULL);
    const char *const words[] = {path};
    struct options o = {.arguments = words, .argument_count = 1};
    struct inputs inputs;
    char byte = 0;
    int status;
    assert_int_equal(mkfifo(path, 0600), 0);
    int writer = open(path, O_RDWR | O_CLOEXEC);
    inputs_list(&inputs, &o);
    close_both(inputs_job(&inputs, 0, CREW_FIRST, NULL, &status));
    assert_int_equal(write(writer, "x", 1), 1);
    expect_number("cut", inputs_job(&inputs, 0, CREW_CUT, NULL, &status).fd, -1);
    struct crew_opened unread = inputs_job(&inputs, 0, CREW_UNREAD, NULL, &status);
    assert_int_equal(read(unread.fd, &byte, 1), 1);
    assert_int_equal(write(unread.copy, "yz", 2), 2);
    close_both(unread);
    struct crew_opened whole = inputs_job(&inputs, 0, CREW_WHOLE, NULL, &status);
    expect_number("no copy of a copy", whole.copy, -1);
    assert_int_equal(read(whole.fd, &byte, 1), 1);
    expect_number("its first byte", byte, 'y');
    close_both(whole);
    for (enum crew_reach reach = CREW_UNREAD; reach <= CREW_WHOLE; reach++) { /* of the copy */
        struct crew_opened again = inputs_job(&inputs, 0, reach, NULL, &status);
        assert_int_equal(read(again.fd, &byte, 1), 1);
        expect_number("its first byte", byte, 'y');
        close_both(again);
    }
    inputs_end_job(&inputs, 0);
    expect_number("ended", inputs_job(&inputs, 0, CREW_WHOLE, NULL, &status).fd, -1);
    inputs_free(&inputs);
    close(writer);
    g_remove(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_logs),
        cmocka_unit_test(test_pipes),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
