/* Files of logs as chunks: their order, compressed ones, damaged ones, lines that are too long. */
#include "parsers/log/likely.h"
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

/* "b=a": b is the same as a; "b<a": it is the beginning of a. */
static void note_repeat(void *context, const char *path, const char *other, bool is_start) {
    struct all *all = context;
    g_string_append_printf(all->problems, "%c%c%c ", path[strlen(path) - 1], is_start ? '<' : '=',
                           other[strlen(other) - 1]);
}

static struct all read_all(GPtrArray *paths) {
    struct all all = {.text = g_string_new(NULL), .problems = g_string_new(NULL)};
    struct source_watcher watcher = {note_problem, note_repeat, &all};
    struct log_source *source = source_new(paths, NULL, NULL, &watcher);
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
    assert_true(log_file_is_likely(log, 0));
    assert_true(log_file_is_likely(zipped, 0));
    assert_false(log_file_is_likely(mail, 0));
    assert_false(log_file_is_likely("-", 0));
    assert_false(log_file_is_likely(folder, 0));
}

/* --- archives --- */

/* A file of a tar archive, as ustar has it. */
static void add_tar(GString *tar, const char *name, char kind, const char *bytes, size_t len) {
    char block[512] = {0};
    unsigned sum = 0;
    g_strlcpy(block, name, 100);
    g_snprintf(block + 124, 12, "%011o", (unsigned)len);
    g_snprintf(block + 136, 12, "%011o", 1796083200u);
    memset(block + 148, ' ', 8);
    block[156] = kind;
    static const char magic[8] = {'u', 's', 't', 'a', 'r', '\0', '0', '0'};
    memcpy(block + 257, magic, sizeof magic);
    for (size_t i = 0; i < sizeof block; i++)
        sum += (unsigned char)block[i];
    g_snprintf(block + 148, 8, "%06o", sum);
    g_string_append_len(tar, block, sizeof block);
    g_string_append_len(tar, bytes, (gssize)len);
    while (tar->len % 512)
        g_string_append_c(tar, '\0');
}

static void put(GString *out, unsigned value, int bytes) {
    for (; bytes; bytes--, value >>= 8)
        g_string_append_c(out, (char)value);
}

/* A file of a zip archive: its header and bytes; its entry goes into `directory`. */
static void add_zip(GString *zip, GString *directory, const char *name, unsigned flags, const char *text) {
    unsigned at = (unsigned)zip->len;
    unsigned len = (unsigned)strlen(text);
    g_string_append(zip, "PK\3\4");
    put(zip, 20, 2), put(zip, flags, 2), put(zip, 0, 2), put(zip, 0x5978, 4), put(zip, 0, 4);
    put(zip, len, 4), put(zip, len, 4), put(zip, (unsigned)strlen(name), 2), put(zip, 0, 2);
    g_string_append(zip, name);
    g_string_append(zip, text);
    g_string_append(directory, "PK\1\2");
    put(directory, 20, 2), put(directory, 20, 2), put(directory, flags, 2), put(directory, 0, 2);
    put(directory, 0x5978, 4), put(directory, 0, 4), put(directory, len, 4), put(directory, len, 4);
    put(directory, (unsigned)strlen(name), 2);
    for (int i = 0; i < 6; i++)
        put(directory, 0, 2);
    put(directory, at, 4);
    g_string_append(directory, name);
}

static void end_zip(GString *zip, GString *directory, unsigned count) {
    unsigned at = (unsigned)zip->len;
    g_string_append_len(zip, directory->str, (gssize)directory->len);
    g_string_append(zip, "PK\5\6");
    put(zip, 0, 4), put(zip, count, 2), put(zip, count, 2), put(zip, (unsigned)directory->len, 4);
    put(zip, at, 4), put(zip, 0, 2);
}

static void expect_archive(const char *name, const GString *bytes, const char *text, const char *problems) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(paths, write_file(name, bytes->str, bytes->len));
    struct all all = read_all(paths);
    expect_text(name, (struct slice){all.text->str, all.text->len}, text);
    expect_text(name, (struct slice){all.problems->str, all.problems->len}, problems);
    expect_number(name, paths->len, 1);
    expect_number(name, log_file_is_likely(paths->pdata[0], 0), text[0] == 'a');
    free_all(&all);
}

static void reads_archives(void **state) {
    static const char later[] = LINE("30:00", "9C1D02B4"), earlier[] = LINE("20:00", "9C1D02B3");
    static const char both[] = "a:" LINE("20:00", "9C1D02B3") "b:" LINE("30:00", "9C1D02B4");
    g_autoptr(GString) tar = g_string_new(NULL);
    g_autoptr(GString) zip = g_string_new(NULL);
    g_autoptr(GString) directory = g_string_new(NULL);
    (void)state;
    add_tar(tar, "logs/", '5', "", 0);
    add_tar(tar, "/logs/b", '0', later, strlen(later));
    add_tar(tar, "PaxHeader", 'x', "18 path=../long/a\n", 18);
    add_tar(tar, "short", '0', earlier, strlen(earlier));
    g_string_append_len(tar, (char[1024]){0}, 1024);
    expect_archive("logs.tar", tar, both, "");
    add_zip(zip, directory, "logs/b", 0, later);
    add_zip(zip, directory, "/a", 0, earlier);
    add_zip(zip, directory, "__MACOSX/._b", 0, "what is this");
    end_zip(zip, directory, 3);
    expect_archive("logs.zip", zip, both, "");
}

static void tells_of_damaged_archives(void **state) {
    static const char text[] = LINE("30:00", "9C1D02B4");
    g_autoptr(GString) tar = g_string_new(NULL);
    g_autoptr(GString) zip = g_string_new(NULL);
    g_autoptr(GString) directory = g_string_new(NULL);
    (void)state;
    add_tar(tar, "a", '0', text, strlen(text));
    g_string_truncate(tar, 512 + strlen(text) - 5);
    expect_archive("cut.tar", tar,
                   "a:"
                   "Nov 24 09:30:00 mail postfix/qmgr[1]: 9C1D02B4: rem",
                   "r:damage ");
    add_zip(zip, directory, "a", 0, text);
    add_zip(zip, directory, "b", 1, text); /* encrypted */
    g_autofree char *again = g_strndup(directory->str, directory->len);
    g_string_append_len(directory, again, 46 + 1); /* the first file again: its bytes would count twice */
    end_zip(zip, directory, 3);
    expect_archive("odd.zip", zip, "a:" LINE("30:00", "9C1D02B4"), "p:damage ");
    g_string_truncate(zip, zip->len - 30);
    expect_archive("cut.zip", zip, "", "p:damage ");
}

static void reads_utf16(void **state) {
    static const char text[] = "N\0o\0v\0 \0"
                               "2\0"
                               "4\0 \0"
                               "0\0"
                               "9\0:\0\xe4\0\n\0";
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    (void)state;
    g_ptr_array_add(paths, write_file("log.w", text, sizeof text - 1));
    struct all all = read_all(paths);
    assert_string_equal(all.text->str, "w:Nov 24 09:\xc3\xa4\n");
    free_all(&all);
}

/* A chunk ends with a whole record, where records are of several lines. */
static void gives_whole_records(void **state) {
    static const char record[] =
        "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1795511647123456\n_HOSTNAME=mx1\nMESSAGE=text\n\n";
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    (void)state;
    while (text->len < 3 * CHUNK_BYTES)
        g_string_append(text, record);
    g_ptr_array_add(paths, write_text("log.x", text->str));
    struct all all = read_all(paths);
    expect_number("chunks", all.chunks, 4);
    for (char *at = all.text->str; (at = strstr(at, "x:")) != NULL; at++)
        assert_true(strncmp(at + 2, record, sizeof record - 1) == 0 || !at[2]);
    free_all(&all);
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

/* --- several hosts --- */

static char *write_host(const char *name, const char *host, int first, int count, size_t padding) {
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *words = g_strnfill(padding, 'x');
    for (int i = first; i < first + count; i++)
        g_string_append_printf(text,
                               "Nov 24 %02d:%02d:%02d %s postfix/smtp[1]: %08X: to=<u@example.org>, "
                               "relay=none, dsn=4.0.0, status=deferred (%s)\n",
                               i / 3600, i / 60 % 60, i % 60, host, i, words);
    return write_text(name, text->str);
}

/* The names of the files in the order of their chunks. */
static char *order_of(GPtrArray *paths) {
    struct all all = read_all(paths);
    GString *order = g_string_new(NULL);
    for (const char *at = all.text->str; (at = strstr(at, ":Nov")) != NULL; at++)
        g_string_append_c(order, at[-1]);
    assert_string_equal(all.problems->str, "");
    assert_true(all.share > 0.99);
    free_all(&all);
    return g_string_free(order, FALSE);
}

static void reads_hosts_side_by_side(void **state) {
    static const struct {
        const char *hosts[3];
        const char *order;
    } rows[] = {{{"mx1", "mx2", "mx2"}, "abababcc"}, /* c begins when they have ended */
                {{"mx1", "mx1", "mx1"}, "aaabbbcc"}};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(paths, write_host("log.c", rows[i].hosts[2], 30000, 9000, 50));
        g_ptr_array_add(paths, write_host("log.b", rows[i].hosts[1], 1, 15000, 50));
        g_ptr_array_add(paths, write_host("log.a", rows[i].hosts[0], 0, 15000, 50));
        g_autofree char *order = order_of(paths);
        assert_string_equal(order, rows[i].order);
    }
}

/* --- the same texts --- */

static char *lines_of(int first, int count) {
    GString *text = g_string_new(NULL);
    for (int i = first; i < first + count; i++)
        g_string_append_printf(text, "Nov 24 %02d:%02d:%02d mail postfix/qmgr[1]: %08X: removed\n", i / 3600,
                               i / 60 % 60, i % 60, i);
    return g_string_free(text, FALSE);
}

#define MANY 5000 /* lines of more than what is read of a file at first */

static void expect_repeats(GPtrArray *paths, const char *problems, size_t bytes) {
    struct all all = read_all(paths);
    expect_text("repeats", (struct slice){all.problems->str, all.problems->len}, problems);
    expect_number(problems, (long long)all.bytes, (long long)bytes);
    assert_true(all.share > 0.99 && all.share < 1.01);
    free_all(&all);
}

static void reads_once_what_is_the_same(void **state) {
    static const struct {
        int first, count;
        const char *name;
        bool is_packed;
    } files[] = {{0, MANY, "a", false},     {0, MANY, "b", true}, {0, MANY - 1, "c", false},
                 {0, MANY - 2, "d", false}, {9, MANY, "e", true}, {0, 3, "f", false},
                 {0, 1, "g", false},        {0, 1, "h", true},    {0, 2, "i", false}};
    /* the first letter of each row: which are read; what is said; whose lines count */
    static const struct {
        const char *names, *problems;
        int lines;
    } rows[] = {{"ab", "b=a ", MANY},
                {"ba", "b=a ", MANY},
                {"aa", "a=a ", MANY},
                {"ae", "", 2 * MANY},
                {"ca", "c<a ", MANY},
                {"bcd", "c<b d<b ", MANY},
                {"eabdaf", "a=a b=a d<a f<a ", 2 * MANY},
                {"gh", "h=g ", 1},
                {"fe", "", MANY + 3},
                {"fi", "i<f ", 3},
                {"ig", "", 3}};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
        for (const char *name = rows[i].names; *name; name++) {
            g_autofree char *text = lines_of(files[*name - 'a'].first, files[*name - 'a'].count);
            g_ptr_array_add(paths, files[*name - 'a'].is_packed ? write_gzip(files[*name - 'a'].name, text)
                                                                : write_text(files[*name - 'a'].name, text));
        }
        expect_repeats(paths, rows[i].problems, (size_t)rows[i].lines * strlen(LINE("30:00", "9C1D02B4")));
    }
}

/* A head without a row is the beginning of all such tables, and says nothing. */
static void passes_over_heads_of_tables(void **state) {
    static const char head[] =
        "type,timeLogged,timeQueued,orig,rcpt,orcpt,dsnAction,dsnStatus,dsnDiag,dsnMta\n";
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *whole = g_strconcat(head, "b,2024-01-01 00:00:00+0000,,,u@b.example,,,5.1.1,,\n", NULL);
    (void)state;
    g_ptr_array_add(paths, write_text("head.a", head));
    g_ptr_array_add(paths, write_text("head.b", head));
    g_ptr_array_add(paths, write_text("whole.c", whole));
    expect_repeats(paths, "", 2 * strlen(head) + strlen(whole));
}

static void knows_the_same_text_in_an_archive(void **state) {
    g_autofree char *text = lines_of(0, 9);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) tar = g_string_new(NULL);
    (void)state;
    add_tar(tar, "x", '0', text, strlen(text));
    add_tar(tar, "y", '0', text, strlen(text) / 2);
    g_string_append_len(tar, (char[1024]){0}, 1024);
    g_ptr_array_add(paths, write_text("log", text));
    g_ptr_array_add(paths, write_file("log.tar", tar->str, tar->len));
    struct all all = read_all(paths);
    assert_string_equal(all.problems->str, "x=g y<g ");
    expect_number("bytes", (long long)all.bytes, (long long)strlen(text));
    free_all(&all);
}

/* A line for each second, the newest one first; each a queue id of its number. */
static GString *newest_first(int count) {
    GString *text = g_string_new(NULL);
    for (int i = count; i-- > 0;)
        g_string_append_printf(text, "2026-11-24T%02d:%02d:%02dZ mail postfix/qmgr[1]: %08X: removed\n",
                               i / 3600 % 24, i / 60 % 60, i % 60, 0x10000000 + i);
    return text;
}

static void reads_from_its_end_what_has_its_newest_line_first(void **state) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) text = newest_first(40000); /* more than two chunks */
    g_autofree char *lines = g_strdup("");
    struct source_watcher watcher = {note_problem, note_repeat, NULL};
    struct log_chunk chunk = {.buffer = g_malloc(CHUNK_BYTES + 1)};
    uint64_t before = 40000;
    (void)state;
    g_ptr_array_add(paths, write_text("turned.t", text->str));
    struct log_source *source = source_new(paths, NULL, NULL, &watcher);
    for (unsigned chunks = 0; source_next(source, &chunk); chunks++) {
        g_autofree char *part = g_strndup(chunk.bytes.ptr, chunk.bytes.len);
        char *both = g_strconcat(part, lines, NULL);
        for (const char *at = part; (at = strchr(at, '\n')) != NULL; at++)
            before--;
        assert_true(chunk.is_newest_first && chunks < 3);
        expect_number("lines before it", (long long)chunk.first_line, (long long)before);
        g_free(lines);
        lines = both;
    }
    assert_string_equal(lines, text->str);
    expect_number("bytes", (long long)source_bytes(source), (long long)text->len);
    source_free(source);
    g_free(chunk.buffer);
}

static void reads_from_its_beginning_what_only_begins_so(void **state) {
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) text = newest_first(20000);
    g_autoptr(GString) end = g_string_new(NULL);
    (void)state;
    for (int i = 0; i < 2000; i++) /* newer ones behind it */
        g_string_append_printf(end, "2026-11-25T%02d:%02d:00Z mail postfix/qmgr[1]: %08X: removed\n",
                               i / 60 % 24, i % 60, 0x20000000 + i);
    g_string_append(text, end->str);
    g_ptr_array_add(paths, write_text("mixed.t", text->str));
    struct all all = read_all(paths);
    assert_true(g_str_has_prefix(all.text->str, "t:2026-11-24T05:33:19Z"));
    free_all(&all);
}

/* A list of records, the newest one first; from `older` on, if that is no more than there are, the oldest. */
static GString *list_of_records(int count, int older) {
    GString *text = g_string_new("[\n");
    for (int i = count; i-- > 0;) {
        int n = count - i > older ? older + count - i : i;
        g_string_append_printf(text,
                               "{\"@timestamp\": \"2026-11-24T%02d:%02d:%02dZ\", \"program\": "
                               "\"postfix/qmgr\", \"message\": \"%08X: removed\"}%s\n",
                               n / 3600 % 24, n / 60 % 60, n % 60, 0x10000000 + n, i ? "," : "");
    }
    return g_string_append(text, "]\n");
}

static void tells_of_what_it_turns_round_by_pieces(void **state) {
    static const struct {
        int count, older;
        bool is_told;
    } rows[] = {
        {30000, 30000, true}, /* more than two chunks */
        {3000, 3000, false},  /* one chunk holds it all */
        {30000, 2000, false}, /* only its beginning */
        {30000, 0, false},    /* most logs */
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GString) text = list_of_records(rows[i].count, rows[i].older);
        g_ptr_array_add(paths, write_text("list", text->str));
        struct all all = read_all(paths);
        bool is_told = strstr(all.problems->str, "damage") != NULL;
        if (is_told != rows[i].is_told)
            fail_msg("%d records, older from %d on: '%s'", rows[i].count, rows[i].older, all.problems->str);
        free_all(&all);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads_in_order_of_time),
                                       cmocka_unit_test(tells_of_what_cannot_be_read),
                                       cmocka_unit_test(gives_whole_lines),
                                       cmocka_unit_test(cuts_a_line_that_is_longer_than_a_chunk),
                                       cmocka_unit_test(knows_a_log_file),
                                       cmocka_unit_test(reads_standard_input),
                                       cmocka_unit_test(reads_archives),
                                       cmocka_unit_test(tells_of_damaged_archives),
                                       cmocka_unit_test(reads_utf16),
                                       cmocka_unit_test(gives_whole_records),
                                       cmocka_unit_test(reads_hosts_side_by_side),
                                       cmocka_unit_test(reads_once_what_is_the_same),
                                       cmocka_unit_test(passes_over_heads_of_tables),
                                       cmocka_unit_test(knows_the_same_text_in_an_archive),
                                       cmocka_unit_test(reads_from_its_end_what_has_its_newest_line_first),
                                       cmocka_unit_test(reads_from_its_beginning_what_only_begins_so),
                                       cmocka_unit_test(tells_of_what_it_turns_round_by_pieces)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
