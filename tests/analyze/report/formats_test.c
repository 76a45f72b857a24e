/* The table of formats, and what stands around reports. */
#include "analyze/report/formats.h"

#include "tests/table.h"

static void take(void *context, const char *bytes, size_t length) {
    g_string_append_len(context, bytes, (gssize)length);
}

static void test_frames(void **state) {
    static const struct {
        const char *name;
        bool is_list;
        const char *expected;
    } rows[] = {
        {"text", true, "a\nb"},      {"markdown", true, "ab"}, {"json", false, "a,\nb\n"},
        {"json", true, "[a,\nb]\n"}, {"ndjson", true, "ab"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        const struct mailwhy_format *format = format_find(rows[i].name);
        GString *out = g_string_new(NULL);
        format_begin(format, rows[i].is_list, take, out);
        g_string_append_c(out, 'a');
        format_separate(format, take, out);
        g_string_append_c(out, 'b');
        format_end(format, rows[i].is_list, take, out);
        expect_text(rows[i].name, (struct slice){out->str, out->len}, rows[i].expected);
        g_string_free(out, TRUE);
    }
}

static void test_table(void **state) {
    (void)state;
    assert_null(format_find("yaml"));
    size_t count = 0;
    for (const struct mailwhy_format *format; (format = format_at(count)) != NULL; count++) {
        assert_ptr_equal(format_find(format->name), format);
        assert_true((format->medium != NULL) != (format->syntax != NULL)); /* a page or a structure */
    }
    assert_true(count >= 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_frames), cmocka_unit_test(test_table)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
