/* Lines of JSON as structs, however they are cut into pieces. */
#include "analyze/records.h"

#include "tests/table.h"

struct found {
    const char *name, *inner, *line;
    int code, is_so;
    int64_t size;
};

#define FIELD(path, type, member)                                                                            \
    { path, type, offsetof(struct found, member) }
static const struct record_field fields[] = {
    FIELD("name", RECORD_TEXT, name), FIELD("a.b", RECORD_TEXT, inner),  FIELD("", RECORD_LINE, line),
    FIELD("code", RECORD_INT, code),  FIELD("is_so", RECORD_INT, is_so), FIELD("a.size", RECORD_LONG, size),
};

static const struct {
    const char *line;
    const char *name, *inner;
    int code, is_so;
    int64_t size;
} rows[] = {
    {"{\"name\":\"x\",\"a\":{\"b\":\"y\",\"size\":5000000000},\"code\":550,\"is_so\":true}", "x", "y", 550, 1,
     5000000000},
    {"{\"a\":[1,{\"b\":\"y\"}],\"is_so\":false}", NULL, NULL, -1, 0, -1},
    {"{\"a\":{},\"name\":\"a \\\"b\\\"\\nc\"}", "a \"b\"\nc", NULL, -1, -1, -1},
    {"{\"a\":\"b\",\"code\":-7}", NULL, NULL, -7, -1, -1},
    {"{}", NULL, NULL, -1, -1, -1},
};

static void is_text(const char *text, const char *expected) {
    if (expected)
        assert_string_equal(text, expected);
    else
        assert_null(text);
}

static void is_row(const struct found *f, size_t i) {
    is_text(f->name, rows[i].name);
    is_text(f->inner, rows[i].inner);
    assert_string_equal(f->line, rows[i].line);
    assert_int_equal(f->code, rows[i].code);
    assert_int_equal(f->is_so, rows[i].is_so);
    assert_int_equal(f->size, rows[i].size);
}

static void whole(void **state) {
    struct records records = {0};
    struct found found;
    (void)state;
    assert_false(records_next(&records, fields, G_N_ELEMENTS(fields), &found));
    records_begin(&records);
    for (size_t i = 0; i < ROWS(rows); i++) {
        records_append(&records, rows[i].line, strlen(rows[i].line));
        records_append(&records, "\n", 1);
    }
    for (size_t i = 0; i < ROWS(rows); i++) {
        assert_true(records_next(&records, fields, G_N_ELEMENTS(fields), &found));
        is_row(&found, i);
    }
    assert_false(records_next(&records, fields, G_N_ELEMENTS(fields), &found));
    records_free(&records);
}

/* A line counts once it is whole. */
static void in_pieces(void **state) {
    struct records records = {0};
    struct found found;
    g_autoptr(GString) all = g_string_new(NULL);
    size_t read = 0;
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        g_string_append_printf(all, "%s\n", rows[i].line);
    records_begin(&records);
    for (size_t at = 0; at < all->len; at++) {
        records_append(&records, all->str + at, 1);
        bool is_there = records_next(&records, fields, G_N_ELEMENTS(fields), &found);
        assert_int_equal(is_there, all->str[at] == '\n');
        if (is_there)
            is_row(&found, read++);
        records_drop_read(&records);
    }
    assert_int_equal(read, ROWS(rows));
    records_free(&records);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(whole), cmocka_unit_test(in_pieces)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
