#include "parsers/dns/tags.h"
#include "tests/table.h"

#include <glib.h>

static struct arena arena;

static void takes(void **state) {
    static const struct {
        const char *text, *expected; /* name=value| */
        bool is_wrong;
    } rows[] = {
        {"v=DKIM1; k=rsa;p=", "v=DKIM1|k=rsa|p=|", false},
        {" a = b\n c ; d=e=f ;", "a=b\n c|d=e=f|", false},
        {"a=b; nothing; c=d", "a=b|c=d|", true},
        {";; ;", "", false},
        {"", "", false},
        {"=a", "=a|", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice rest = slice_of(rows[i].text);
        struct tag tag;
        bool is_wrong = false;
        g_autoptr(GString) out = g_string_new(NULL);
        while (tag_next(&rest, &tag, &is_wrong))
            g_string_append_printf(out, "%.*s=%.*s|", S(tag.name), S(tag.value));
        expect_text(rows[i].text, slice_of(out->str), rows[i].expected);
        expect_number(rows[i].text, is_wrong, rows[i].is_wrong);
    }
}

static void finds(void **state) {
    struct slice text = SLICE("v=x; p=; P=q");
    (void)state;
    expect_text("v", tag_find(text, SLICE("v")), "x");
    expect_text("P", tag_find(text, SLICE("P")), "q");
    assert_non_null(tag_find(text, SLICE("p")).ptr);
    assert_null(tag_find(text, SLICE("z")).ptr);
    assert_true(tag_holds(SLICE("a : B:c"), ':', SLICE("b")));
    assert_false(tag_holds(SLICE("a:bc"), ':', SLICE("b")));
    assert_false(tag_holds(SLICE(""), ':', SLICE("b")));
}

static void base64(void **state) {
    static const struct {
        const char *text, *bytes;
        bool is_ok;
    } rows[] = {
        {"aGVsbG8=", "hello", true},    {"aGVs\n bG8=", "hello", true},
        {"aGVsbG8", "hello", true},     {"", "", true},
        {"aGV*bG8=", "", false},        {"a", "", false},
        {"aGVsbG8===", "hello", false}, {"aGV=sbG8", "", false},
        {"+/+/", "\xfb\xff\xbf", true},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct slice bytes;
        expect_number(rows[i].text, tag_base64(&arena, slice_of(rows[i].text), &bytes), rows[i].is_ok);
        if (rows[i].is_ok)
            expect_text(rows[i].text, bytes, rows[i].bytes);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(takes), cmocka_unit_test(finds),
                                       cmocka_unit_test(base64)};
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failures;
}
