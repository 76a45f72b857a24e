/* What the DNS says today of many reports, after it was bytes: each sentence once, what is wrong first. */
#include "analyze/auth/dkim_check.h"
#include "analyze/auth/spf_check.h"
#include "analyze/verdict/record_sums.h"

#include "tests/table.h"

static const struct told {
    const struct check_kind *kind;
    enum check_outcome outcome;
    const char *subject, *text;
} reports[2][3] = {
    {{&spf_check, CHECK_PASS, "192.0.2.1", "lets it pass"},
     {&dkim_check, CHECK_FAIL, "s._domainkey.a.example", "not published"}},
    {{&dkim_check, CHECK_FAIL, "s._domainkey.a.example", "not published"},
     {&spf_check, CHECK_WARNING, "a.example", "no record"},
     {&spf_check, CHECK_PASS, "192.0.2.1", "lets it pass"}},
};

static void write_all(GString *out, uint32_t counts[2], struct arena *arena) {
    for (size_t i = 0; i < 2; i++) {
        struct check_list list = {.arena = arena};
        list.end = &list.first;
        for (size_t k = 0; k < 3 && reports[i][k].kind; k++)
            check_add(&list, reports[i][k].kind, reports[i][k].outcome, "x", slice_of(reports[i][k].subject),
                      slice_of(reports[i][k].text));
        counts[i] = record_facts_write(out, &list);
    }
}

static void sums(void **state) {
    static const char *const expected[] = {"not published", "no record", "lets it pass"};
    struct arena arena = {0};
    struct record_sums s = {0};
    g_autoptr(GString) out = g_string_new(NULL);
    uint32_t counts[2];
    (void)state;
    write_all(out, counts, &arena);
    struct slice bytes = {out->str, out->len};
    for (size_t i = 0; i < 2; i++)
        assert_true(record_facts_take(&bytes, counts[i], &s));
    assert_int_equal(bytes.len, 0);
    record_sums_sort(&s);
    assert_int_equal(s.list->len, ROWS(expected));
    for (size_t i = 0; i < ROWS(expected); i++)
        expect_text("order", ((const struct record_sum *)s.list->pdata[i])->text, expected[i]);
    record_sums_free(&s);
    arena_free(&arena);
}

/* Whoever takes the bytes believes none. */
static void damaged(void **state) {
    struct arena arena = {0};
    g_autoptr(GString) out = g_string_new(NULL);
    uint32_t counts[2];
    (void)state;
    write_all(out, counts, &arena);
    for (size_t len = 0; len < out->len; len++) {
        struct record_sums s = {0};
        struct slice bytes = {out->str, len};
        bool is_first = record_facts_take(&bytes, counts[0], &s);
        assert_false(is_first && record_facts_take(&bytes, counts[1], &s));
        record_sums_free(&s);
    }
    struct record_sums s = {0};
    struct slice none = SLICE_EMPTY;
    assert_true(record_facts_take(&none, 0, &s));
    assert_false(record_facts_take(&none, UINT32_MAX, &s));
    assert_int_equal(record_facts_write(out, NULL), 0);
    record_sums_free(&s);
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sums), cmocka_unit_test(damaged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
