/* Canonical forms of fields: the example of RFC 6376 section 3.4.5, and edge cases. CR is \r, LF \n. */
#include "analyze/auth/canon.h"
#include "parsers/message/field.h"
#include "tests/table.h"

static const struct {
    const char *field, *simple, *relaxed;
} rows[] = {
    {"A: X\r\n", "A: X\r\n", "a:X\r\n"},
    {"B : Y\t\r\n\tZ  \r\n", "B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n"},
    {"Subject:no blank\n", "Subject:no blank\r\n", "subject:no blank\r\n"},
    {"Subject: a\n b\n", "Subject: a\r\n b\r\n", "subject:a b\r\n"},
    {"Subject: a\r b\n", "Subject: a\r\n b\r\n", "subject:a b\r\n"},
    {"Subject:\n", "Subject:\r\n", "subject:\r\n"},
    {"Subject:   \t \n", "Subject:   \t \r\n", "subject:\r\n"},
    {"X-Y:\ta\t\tb c\n", "X-Y:\ta\t\tb c\r\n", "x-y:a b c\r\n"},
};

static struct field first_field(const char *text) {
    struct slice rest = slice_of(text);
    struct field field = {0};
    assert_true(field_next(&rest, &field));
    return field;
}

static void fields(void **state) {
    g_autoptr(GString) out = g_string_new(NULL);
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        for (int is_relaxed = 0; is_relaxed < 2; is_relaxed++) {
            struct field f = first_field(rows[i].field);
            g_string_truncate(out, 0);
            canon_field(out, f.name, f.raw, is_relaxed);
            expect_text(rows[i].field, (struct slice){out->str, out->len},
                        is_relaxed ? rows[i].relaxed : rows[i].simple);
        }
}

static const struct {
    const char *field;
    bool is_relaxed;
    const char *expected;
} own_rows[] = {
    {"DKIM-Signature: v=1; b=abc\r\n def; bh=xyz\r\n", true, "dkim-signature:v=1; b=; bh=xyz"},
    {"DKIM-Signature: v=1; b = abc\r\n", true, "dkim-signature:v=1; b ="},
    {"DKIM-Signature: v=1; bh=b=c; b=d;\r\n", true, "dkim-signature:v=1; bh=b=c; b=;"},
    {"DKIM-Signature: v=1; b=abc\r\n def; bh=xyz\r\n", false, "DKIM-Signature: v=1; b=; bh=xyz"},
    {"DKIM-Signature: b=a; b=c\r\n", false, "DKIM-Signature: b=; b="},
};

static void own_field(void **state) {
    g_autoptr(GString) out = g_string_new(NULL);
    (void)state;
    for (size_t i = 0; i < ROWS(own_rows); i++) {
        g_string_truncate(out, 0);
        canon_own_field(out, first_field(own_rows[i].field), own_rows[i].is_relaxed);
        expect_text(own_rows[i].field, (struct slice){out->str, out->len}, own_rows[i].expected);
    }
}

/* Fields are taken from below, each once (section 5.4.2); what is not there is the empty string. */
static const struct {
    const char *header, *signed_fields, *expected;
} header_rows[] = {
    {"From: a\nTo: b\n", "from:to", "from:a\r\nto:b\r\n"},
    {"From: a\nTo: b\n", "To : From", "to:b\r\nfrom:a\r\n"},
    {"X: 1\nX: 2\nX: 3\n", "x", "x:3\r\n"},
    {"X: 1\nX: 2\nX: 3\n", "x:x", "x:3\r\nx:2\r\n"},
    {"X: 1\nX: 2\n", "x:x:x:x", "x:2\r\nx:1\r\n"},
    {"From: a\n", "from:subject:from", "from:a\r\n"},
    {"From: a\n", "", ""},
};

static void headers(void **state) {
    g_autoptr(GString) out = g_string_new("what stood there before");
    struct field own = first_field("DKIM-Signature: b=x\n");
    (void)state;
    for (size_t i = 0; i < ROWS(header_rows); i++) {
        struct arena arena = {0};
        struct header_fields all;
        struct signature s = {.fields = slice_of(header_rows[i].signed_fields), .is_relaxed_header = true};
        header_split(&all, slice_of(header_rows[i].header), &arena);
        canon_header(out, &all, own, &s);
        expect_text(header_rows[i].header, (struct slice){out->str, out->len},
                    arena_printf(&arena, "%sdkim-signature:b=", header_rows[i].expected).ptr);
        arena_free(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(fields), cmocka_unit_test(own_field),
                                       cmocka_unit_test(headers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
