/* The writer of structure, in JSON: nesting, escapes, pieces, and collecting. */
#include "analyze/report/writer.h"

#include "analyze/report/json.h"
#include "analyze/report/redact.h"
#include "pseudonyms.h"
#include "tests/table.h"

static void take(void *context, const char *bytes, size_t length) {
    g_string_append_len(context, bytes, (gssize)length);
}

struct fixture {
    struct arena arena;
    GString *out, *passed;
    struct writer writer;
};

static struct writer *begin(struct fixture *f) {
    *f = (struct fixture){.out = g_string_new(NULL), .passed = g_string_new(NULL)};
    f->writer = (struct writer){.syntax = format_json.syntax,
                                .out = f->out,
                                .outlet = {.arena = &f->arena, .redactor = NULL, .is_page = false},
                                .sink = take,
                                .context = f->passed};
    return &f->writer;
}

static void end(struct fixture *f, const char *expected) {
    if (expected)
        expect_text("json", (struct slice){f->out->str, f->out->len}, expected);
    g_string_free(f->out, TRUE);
    g_string_free(f->passed, TRUE);
    arena_free(&f->arena);
}

static void test_nesting(void **state) {
    (void)state;
    struct fixture f;
    struct writer *w = begin(&f);
    write_object(w, NULL);
    write_list(w, "empty");
    write_list_end(w);
    write_list(w, "list");
    write_value(w, NULL, as_number(INT64_MIN));
    write_value(w, NULL, as_number(0));
    write_object(w, NULL);
    write_value(w, "yes", as_truth(true));
    write_object_end(w);
    write_list_end(w);
    write_known(w, "no time", as_time(-1));
    write_known(w, "nothing", as_host(SLICE_EMPTY));
    write_value(w, "empty", as_host(SLICE_EMPTY));
    write_entry(w, as_stranger(SLICE("a\"b")), as_time(0));
    write_object_end(w);
    end(&f, "{\"empty\":[],\"list\":[-9223372036854775808,0,{\"yes\":true}],\"empty\":\"\","
            "\"a\\\"b\":\"1970-01-01T00:00:00Z\"}");
}

static void test_escapes(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"plain", "\"plain\""},
        {"\"\\/", "\"\\\"\\\\/\""},
        {"\b\n\r\t\x7f", "\"<U+0008>\\n \\t<U+007F>\""},
        {"ä€😀", "\"ä€😀\""},
        {"\xc3(", "\"\xef\xbf\xbd(\""},
        {"\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""}, /* half of a surrogate pair */
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct fixture f;
        write_value(begin(&f), NULL, as_stranger(slice_of(rows[i].text)));
        end(&f, rows[i].expected);
    }
}

static void test_pieces(void **state) {
    (void)state;
    struct fixture f;
    struct writer *w = begin(&f);
    write_list(w, NULL);
    for (int i = 0; i < 40000; i++) {
        write_value(w, NULL, as_number(i));
        write_pass_on(w);
    }
    write_list_end(w);
    assert_true(f.passed->len > 100000 && f.out->len < 100000);
    end(&f, NULL);
}

static void test_records(void **state) {
    (void)state;
    struct fixture f;
    struct writer *w = begin(&f);
    w->record_end = "\n";
    for (int i = 0; i < 2; i++) {
        write_object(w, NULL);
        write_object_end(w);
        write_record_end(w);
    }
    end(&f, "{}\n{}\n");
}

/* Without a syntax the values are collected. */
static void test_collecting(void **state) {
    (void)state;
    struct arena arena = {0};
    struct redactor *r = redactor_new(&redaction);
    struct writer w = {.outlet = {.arena = &arena, .redactor = r, .is_page = false}};
    write_object(&w, NULL);
    write_value(&w, "user", as_user(SLICE("kimble")));
    write_entry(&w, as_stranger(SLICE("carol.jones@example.org")), as_number(1));
    write_object_end(&w);
    write_record_end(&w);
    struct slice shown = redactor_hide(r, as_stranger(SLICE("kimble and carol.jones")), &arena);
    expect_text("collected", without_digits(shown, &arena), "u* and u*");
    redactor_free(r);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nesting), cmocka_unit_test(test_escapes),
                                       cmocka_unit_test(test_pieces), cmocka_unit_test(test_records),
                                       cmocka_unit_test(test_collecting)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
