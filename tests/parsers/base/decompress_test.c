/* What is damaged gives what could be read, and says so. The inputs are made here, by zlib. */
#include "parsers/base/decompress.h"
#include "tests/table.h"

#include <glib.h>
#include <zlib.h>

static struct slice gzipped(const char *text, size_t length) {
    static Bytef out[1 << 16];
    z_stream z = {
        .next_in = (Bytef *)text, .avail_in = (uInt)length, .next_out = out, .avail_out = sizeof out};
    deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    deflate(&z, Z_FINISH);
    size_t used = sizeof out - z.avail_out;
    deflateEnd(&z);
    return (struct slice){(const char *)out, used};
}

static void expands(void **state) {
    struct slice plain;
    (void)state;
    assert_true(is_compressed(gzipped("hello\n", 6)));
    assert_false(is_compressed(SLICE("Subject: hello\n")));
    assert_null(decompress(gzipped("hello\n", 6), &plain));
    expect_text("gzip", plain, "hello\n");
    g_free((char *)plain.ptr);
}

static void takes_members_in_a_row(void **state) {
    struct slice plain;
    g_autoptr(GString) two = g_string_new(NULL);
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct slice one = gzipped("line\n", 5);
        g_string_append_len(two, one.ptr, (gssize)one.len);
    }
    assert_null(decompress((struct slice){two->str, two->len}, &plain));
    expect_text("two members", plain, "line\nline\n");
    g_free((char *)plain.ptr);
}

static void gives_what_could_be_read(void **state) {
    static char text[20000];
    struct slice plain;
    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i * i % 23);
    struct slice whole = gzipped(text, sizeof text);
    for (size_t cut = 1; cut < whole.len; cut += 7) {
        assert_non_null(decompress(slice_upto(whole, whole.len - cut), &plain));
        assert_true(plain.len <= sizeof text);
        assert_memory_equal(plain.ptr, text, plain.len);
        g_free((char *)plain.ptr);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(expands), cmocka_unit_test(takes_members_in_a_row),
                                       cmocka_unit_test(gives_what_could_be_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
