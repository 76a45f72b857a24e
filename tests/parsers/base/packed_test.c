/* Texts come back as they were put; what is not whole is not taken. */
#include "parsers/base/packed.h"
#include "tests/table.h"

static void round_trip(void **state) {
    static const char *const texts[] = {"", "a", "two\nlines", "", "the end"};
    g_autoptr(GString) out = g_string_new(NULL);
    struct slice text;
    (void)state;
    for (size_t i = 0; i < ROWS(texts); i++)
        packed_put(out, slice_of(texts[i]));
    struct slice rest = {out->str, out->len};
    for (size_t i = 0; i < ROWS(texts); i++) {
        assert_true(packed_take(&rest, &text));
        expect_text(texts[i], text, texts[i]);
    }
    assert_false(packed_take(&rest, &text));
}

/* Of every length that a stranger may cut it to, or claim. */
static void not_whole(void **state) {
    g_autoptr(GString) out = g_string_new(NULL);
    struct slice text;
    (void)state;
    packed_put(out, SLICE("text"));
    for (size_t length = 0; length < out->len; length++) {
        struct slice rest = {out->str, length};
        assert_false(packed_take(&rest, &text));
        expect_number("nothing is taken", (long long)rest.len, (long long)length);
    }
    memset(out->str, 0xff, 8);
    struct slice rest = {out->str, out->len};
    assert_false(packed_take(&rest, &text));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(round_trip), cmocka_unit_test(not_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
