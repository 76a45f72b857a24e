/* A form in every format; a field that was added without a type is hidden in all of them. */
#include "analyze/report/form.h"

#include "analyze/report/formats.h"
#include "analyze/report/json.h"
#include "analyze/report/text.h"
#include "pseudonyms.h"
#include "tests/table.h"

struct toy {
    struct slice sender, added; /* added: nobody said what it is */
};

static void toy_structure(struct writer *w, const void *what) {
    const struct toy *toy = what;
    write_object(w, NULL);
    write_value(w, "sender", as_address(toy->sender));
    write_value(w, "added", (struct value){.text = toy->added});
    write_object_end(w);
    write_record_end(w);
}

static void toy_page(struct page *p, const void *what) {
    const struct toy *toy = what;
    page_begin(p);
    page_title(p, (struct value){.text = toy->added}, EMPHASIS_NONE);
    page_row(p, word(LABEL_FROM), (struct value){.text = toy->added});
    page_end(p);
}

static const struct report_form toy_form = {.structure = toy_structure, .page = toy_page};
static const struct report_form toy_page_only = {.structure = NULL, .page = toy_page};
static const struct report_form toy_structure_only = {.structure = toy_structure, .page = NULL};
static const struct toy toy = {SLICE("kimble@example.org"), SLICE("kimble or eve@example.net or kimble")};

static void take(void *context, const char *bytes, size_t length) {
    g_string_append_len(context, bytes, (gssize)length);
}

static GString *write_toy(const struct mailwhy_format *format, const struct report_form *form,
                          const struct redaction *hides) {
    struct scratch scratch = {.out = g_string_new(NULL)};
    GString *out = g_string_new(NULL);
    struct writing w = {.format = format,
                        .style = {.width = 80},
                        .redaction = hides,
                        .scratch = &scratch,
                        .sink = take,
                        .context = out,
                        .heading = SLICE("kimble.eml")};
    report_write(&w, form, &toy);
    assert_int_equal(scratch.out->len, 0);
    g_string_free(scratch.out, TRUE);
    arena_free(&scratch.arena);
    return out;
}

static void test_nothing_can_be_forgotten(void **state) {
    (void)state;
    const struct mailwhy_format *format;
    for (size_t i = 0; (format = format_at(i)) != NULL; i++) {
        GString *plain = write_toy(format, &toy_form, NULL);
        GString *hidden = write_toy(format, &toy_form, &redaction);
        expect_number(format->name, strstr(plain->str, "kimble") && strstr(plain->str, "eve"), true);
        expect_number(format->name,
                      strstr(hidden->str, "kimble or") || strstr(hidden->str, "or kimble") ||
                          strstr(hidden->str, "eve"),
                      false);
        expect_number(format->name, strstr(hidden->str, "example.net") != NULL, false);
        g_string_free(plain, TRUE);
        g_string_free(hidden, TRUE);
    }
}

static void test_heading(void **state) {
    (void)state;
    GString *out = write_toy(&format_text, &toy_form, NULL);
    assert_true(g_str_has_prefix(out->str, "==> kimble.eml\nkimble or"));
    g_string_free(out, TRUE);
    out = write_toy(&format_json, &toy_form, NULL);
    assert_true(out->str[0] == '{');
    g_string_free(out, TRUE);
}

/* A form that has only pages is shown as text, one that has only structure as JSON. */
static void test_half_forms(void **state) {
    (void)state;
    GString *out = write_toy(&format_json, &toy_page_only, NULL);
    assert_true(g_str_has_prefix(out->str, "kimble or"));
    g_string_free(out, TRUE);
    out = write_toy(&format_text, &toy_structure_only, NULL);
    assert_true(out->str[0] == '{');
    g_string_free(out, TRUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing_can_be_forgotten),
                                       cmocka_unit_test(test_heading), cmocka_unit_test(test_half_forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
