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

/* The same piece by piece, whatever the sizes of the pieces are. */
static void expands_in_pieces(void **state) {
    static const struct {
        size_t piece, room, cut; /* cut: bytes missing at the end */
        const char *damage;
    } rows[] = {
        {1, 1, 0, ""},
        {7, 4096, 0, ""},
        {4096, 7, 0, ""},
        {100, 100, 5, "the compressed data is cut off: what came before was read"},
    };
    static char text[9000];
    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i * i % 23);
    for (size_t i = 0; i < ROWS(rows); i++) {
        g_autoptr(GString) two = g_string_new(NULL);
        g_autoptr(GString) plain = g_string_new(NULL);
        for (int k = 0; k < 2; k++) {
            struct slice one = gzipped(text, sizeof text);
            g_string_append_len(two, one.ptr, (gssize)one.len);
        }
        struct slice rest = {two->str, two->len - rows[i].cut};
        struct expander *e = expander_new(rest);
        assert_non_null(e);
        const char *damage = NULL;
        size_t got = 1;
        struct slice window = {rest.ptr, 0};
        for (bool is_all = false; !damage && (!is_all || got);) {
            char out[4096];
            size_t more = MIN(rows[i].piece, rest.len - window.len);
            window.len += more;
            is_all = window.len == rest.len;
            size_t before = window.len;
            got = expander_step(e, &window, is_all, out, rows[i].room, &damage);
            rest = slice_from(rest, before - window.len);
            window.ptr = rest.ptr;
            g_string_append_len(plain, out, (gssize)got);
        }
        expect_text("damage", slice_of(damage), rows[i].damage);
        if (!damage)
            expect_number("length", (long long)plain->len, 2 * sizeof text);
        assert_memory_equal(plain->str, text, MIN(plain->len, sizeof text));
        expander_free(e);
    }
    assert_null(expander_new(SLICE("plain text")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(expands), cmocka_unit_test(takes_members_in_a_row),
                                       cmocka_unit_test(gives_what_could_be_read),
                                       cmocka_unit_test(expands_in_pieces)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
