/* Files of logs as chunks: their order, compressed ones, damaged ones, lines that are too long. */
#include "parsers/log/source.h"
#include "tests/table.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include <zlib.h>

static char *folder;

static int make_folder(void **state) {
    (void)state;
    folder = g_dir_make_tmp("mailwhy-XXXXXX", NULL);
    return folder ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    GDir *dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    g_dir_close(dir);
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

static char *write_file(const char *name, const char *bytes, size_t len) {
    char *path = g_build_filename(folder, name, NULL);
    assert_true(g_file_set_contents(path, bytes, (gssize)len, NULL));
    return path;
}

static char *write_text(const char *name, const char *text) {
    return write_file(name, text, strlen(text));
}

static char *write_gzip(const char *name, const char *text) {
    char *path = g_build_filename(folder, name, NULL);
    gzFile file = gzopen(path, "wb");
    gzwrite(file, text, (unsigned)strlen(text));
    gzclose(file);
    return path;
}

/* What a source gives: the chunks one behind the other, with the name's last letter before each. */
struct all {
    GString *text, *problems;
    unsigned chunks, cut;
    uint64_t bytes;
    double share;
};

static void note_problem(void *context, const char *path, int error, const char *damage) {
    struct all *all = context;
    g_string_append_printf(all->problems, "%c:%s ", path[strlen(path) - 1],
                           damage            ? "damage"
                           : error == ENOENT ? "ENOENT"
                           : error == EISDIR ? "EISDIR"
                                             : "?");
}

static struct all read_all(GPtrArray *paths) {
    struct all all = {.text = g_string_new(NULL), .problems = g_string_new(NULL)};
    struct log_source *source = source_new(paths, NULL, NULL, note_problem, &all);
    struct log_chunk chunk = {.buffer = g_malloc(CHUNK_BYTES + 1)};
    while (source_next(source, &chunk)) {
        const char *name = source_name(source, chunk.file);
        if (strcmp(name, "standard input") != 0)
            assert_string_equal(name, paths->pdata[chunk.file]);
        g_string_append_printf(all.text, "%c:", name[strlen(name) - 1]);
        g_string_append_len(all.text, chunk.bytes.ptr, (gssize)chunk.bytes.len);
        all.chunks++;
        all.cut += chunk.is_cut;
        assert_true(chunk.now > 0);
    }
    all.bytes = source_bytes(source);
    all.share = source_share(source);
    source_free(source);
    g_free(chunk.buffer);
    return all;
}

static void free_all(struct all *all) {
    g_string_free(all->text, TRUE);
    g_string_free(all->problems, TRUE);
}

#define LINE(time, id) "Nov 24 09:" time " mail postfix/qmgr[1]: " id ": removed\n"

static void reads_in_order_of_time(void **state) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    (void)state;
    g_ptr_array_add(paths, write_text("log.c", LINE("30:00", "9C1D02B4")));
    g_ptr_array_add(paths, write_gzip("log.b", LINE("20:00", "9C1D02B3")));
    g_ptr_array_add(paths, write_text("log.a", "no stamp in it\n"));
    g_ptr_array_add(paths, write_text("log.d", LINE("10:00", "9C1D02B2")));
    struct all all = read_all(paths);
    assert_string_equal(all.text->str,
                        "d:" LINE("10:00", "9C1D02B2") "b:" LINE("20:00", "9C1D02B3") "c:" LINE(
                            "30:00", "9C1D02B4") "a:no stamp in it\n");
    assert_string_equal(all.problems->str, "");
    expect_number("bytes", (long long)all.bytes, (long long)all.text->len - 8);
    assert_true(all.share > 0.99);
    free_all(&all);
}

static void tells_of_what_cannot_be_read(void **state) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *whole = write_gzip("whole.z", "some text that is long enough to be cut in two\n");
    char *bytes;
    gsize len;
    (void)state;
    assert_true(g_file_get_contents(whole, &bytes, &len, NULL));
    g_ptr_array_add(paths, g_build_filename(folder, "missing", NULL));
    g_ptr_array_add(paths, g_strdup(folder));
    g_ptr_array_add(paths, write_file("cut.x", bytes, len / 2));
    g_ptr_array_add(paths, write_text("empty.e", ""));
    struct all all = read_all(paths);
    assert_non_null(strstr(all.problems->str, "g:ENOENT"));
    assert_non_null(strstr(all.problems->str, "EISDIR"));
    assert_non_null(strstr(all.problems->str, "x:damage"));
    free_all(&all);
    g_free(bytes);
}

static void gives_whole_lines(void **state) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) text = g_string_new(NULL);
    (void)state;
    for (int i = 0; text->len < CHUNK_BYTES * 2 + 1000; i++)
        g_string_append_printf(text, "a line with the number %d\n", i);
    g_string_append(text, "and a last one without its end");
    g_ptr_array_add(paths, write_text("many.m", text->str));
    struct all all = read_all(paths);
    expect_number("chunks", all.chunks, 3);
    char **parts = g_strsplit(all.text->str, "m:", 0);
    g_autofree char *joined = g_strjoinv("", parts);
    assert_string_equal(joined, text->str);
    for (unsigned i = 1; i < all.chunks; i++) /* parts[0] stands before the first mark */
        assert_true(g_str_has_suffix(parts[i], "\n"));
    g_strfreev(parts);
    free_all(&all);
}

static void cuts_a_line_that_is_longer_than_a_chunk(void **state) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) text = g_string_new("start\n");
    (void)state;
    for (size_t i = 0; i < CHUNK_BYTES * 2 + 5000; i++)
        g_string_append_c(text, 'x');
    g_string_append(text, "\nend\n");
    g_ptr_array_add(paths, write_text("long.l", text->str));
    struct all all = read_all(paths);
    expect_number("cut", all.cut, 1);
    assert_true(g_str_has_suffix(all.text->str, "end\n"));
    assert_true(all.text->len < CHUNK_BYTES);
    free_all(&all);
}

static void knows_a_log_file(void **state) {
    g_autofree char *log = write_text("mail.log", LINE("30:00", "9C1D02B4"));
    g_autofree char *zipped = write_gzip("mail.gz", LINE("30:00", "9C1D02B4"));
    g_autofree char *mail = write_text("mail.eml", "From: ann@example.com\n\ntext\n");
    (void)state;
    assert_true(source_is_log(log, 0));
    assert_true(source_is_log(zipped, 0));
    assert_false(source_is_log(mail, 0));
    assert_false(source_is_log("-", 0));
    assert_false(source_is_log(folder, 0));
}

static void reads_standard_input(void **state) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_autofree char *path = write_text("in.i", "a line\n");
    (void)state;
    int saved = dup(STDIN_FILENO);
    assert_non_null(freopen(path, "r", stdin));
    g_ptr_array_add(paths, (char *)"-");
    struct all all = read_all(paths);
    assert_string_equal(all.text->str, "t:a line\n"); /* "standard input" */
    free_all(&all);
    dup2(saved, STDIN_FILENO);
    close(saved);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_in_order_of_time), cmocka_unit_test(tells_of_what_cannot_be_read),
        cmocka_unit_test(gives_whole_lines),      cmocka_unit_test(cuts_a_line_that_is_longer_than_a_chunk),
        cmocka_unit_test(knows_a_log_file),       cmocka_unit_test(reads_standard_input)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
