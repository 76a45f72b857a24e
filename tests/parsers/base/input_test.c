/* Files as they are and compressed, large and small; what cannot be read. */
#include "parsers/base/decompress.h"
#include "parsers/base/input.h"
#include "tests/table.h"

#include <errno.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <zlib.h>

static char *folder;

static char *write_file(const char *name, const void *bytes, size_t len) {
    char *path = g_build_filename(folder, name, NULL);
    assert_true(g_file_set_contents(path, bytes, (gssize)len, NULL));
    return path;
}

static void *filled(size_t len) {
    char *bytes = g_malloc(len);
    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)('a' + i % 23);
    return bytes;
}

static void plain(void **state) {
    static const size_t sizes[] = {0, 1, 65535, 65536, 200000};
    (void)state;
    for (size_t i = 0; i < ROWS(sizes); i++) {
        g_autofree char *bytes = filled(sizes[i] + 1);
        g_autofree char *path = write_file("plain", bytes, sizes[i]);
        struct input input;
        expect_number("opened", input_open(&input, path), 0);
        expect_number("length", (long long)input.bytes.len, (long long)sizes[i]);
        assert_true(slice_equal(input.bytes, (struct slice){bytes, sizes[i]}));
        assert_null(input.damage);
        input_close(&input);
        assert_null(input.owned);
    }
}

static size_t gzip(const void *bytes, size_t len, void *out, size_t room) {
    z_stream z = {0};
    deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (Bytef *)bytes;
    z.avail_in = (uInt)len;
    z.next_out = out;
    z.avail_out = (uInt)room;
    deflate(&z, Z_FINISH);
    deflateEnd(&z);
    return z.total_out;
}

static void compressed(void **state) {
    static const struct {
        size_t len, cut; /* bytes cut off the compressed data */
        const char *damage;
    } rows[] = {
        {5000, 0, ""},
        {300000, 0, ""},
        {5000, 9, "the compressed data is cut off: what came before was read"},
        {(size_t)40 << 20, 0, "the compressed data expands more than 250 times: the rest was not read"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autofree char *bytes = filled(rows[i].len);
        if (rows[i].len > LIMIT_BOMB_BYTES)
            memset(bytes, 'x', rows[i].len);
        g_autofree char *out = g_malloc(rows[i].len);
        size_t len = gzip(bytes, rows[i].len, out, rows[i].len);
        g_autofree char *path = write_file("gzip", out, len - rows[i].cut);
        struct input input;
        expect_number("opened", input_open(&input, path), 0);
        expect_text("damage", slice_of(input.damage), rows[i].damage);
        assert_true(slice_equal(input.bytes, (struct slice){bytes, input.bytes.len}));
        if (!rows[i].damage[0])
            expect_number("length", (long long)input.bytes.len, (long long)rows[i].len);
        input_close(&input);
    }
}

static void unreadable(void **state) {
    struct input input;
    (void)state;
    g_autofree char *missing = g_build_filename(folder, "missing", NULL);
    expect_number("missing", input_open(&input, missing), ENOENT);
    expect_number("a folder", input_open(&input, folder), EISDIR);
    input_close(&input);
}

/* Settings: what never ends is not read to its end. */
static void small(void **state) {
    struct input input;
    g_autofree char *bytes = filled(300000);
    g_autofree char *out = g_malloc(300000);
    g_autofree char *path = write_file("plain", bytes, 5000);
    g_autofree char *packed = write_file("gzip", out, gzip(bytes, 300000, out, 300000));
    (void)state;
    expect_number("as large as it may be", input_open_small(&input, path, 5000), 0);
    expect_number("length", (long long)input.bytes.len, 5000);
    input_close(&input);
    expect_number("one byte more", input_open_small(&input, path, 4999), EFBIG);
    expect_number("no end", input_open_small(&input, "/dev/zero", 4999), EFBIG);
    expect_number("larger once expanded", input_open_small(&input, packed, 200000), EFBIG);
    assert_null(input.owned);
    expect_number("expanded", input_open_small(&input, packed, 300000), 0);
    expect_number("length", (long long)input.bytes.len, 300000);
    input_close(&input);
}

int main(void) {
    folder = g_dir_make_tmp("mailwhy-input-XXXXXX", NULL);
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain), cmocka_unit_test(compressed),
                                       cmocka_unit_test(unreadable), cmocka_unit_test(small)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    static const char *const names[] = {"plain", "gzip"};
    for (size_t i = 0; i < ROWS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        g_unlink(path);
    }
    g_rmdir(folder);
    g_free(folder);
    return failures;
}
