/* TLS reports, after they were bytes: summed by domain, kind of failure and host, each report once. */
#include "analyze/verdict/tls_sums.h"
#include "tests/table.h"

struct told {
    const char *id, *domain, *type, *host; /* type "": no failure is told closer */
    int64_t secured, failed, count;
};

static const struct {
    const char *name;
    struct told reports[3];
    const char *expected; /* reports repeated differing; the sums in their order */
} rows[] = {
    {"one",
     {{"1", "a.example", "certificate-expired", "mx.a.example", 10, 3, 3}},
     "1 0 0; a.example - - 10/3; a.example certificate-expired mx.a.example 0/3"},
    {"the same again",
     {{"1", "a.example", "", "", 10, 0, 0}, {"1", "A.example", "", "", 10, 0, 0}},
     "1 1 0; a.example - - 10/0"},
    {"the same id, and other numbers",
     {{"1", "a.example", "", "", 10, 0, 0}, {"1", "a.example", "", "", 5, 1, 0}},
     "2 0 1; a.example - - 15/1"},
    {"another",
     {{"1", "a.example", "", "", 10, 0, 0}, {"2", "a.example", "", "", 5, 1, 0}},
     "2 0 0; a.example - - 15/1"},
    {"most failures first",
     {{"1", "a.example", "", "", 10, 1, 0}, {"2", "b.example", "tlsa-invalid", "", 0, 7, 7}},
     "2 0 0; b.example - - 0/7; b.example tlsa-invalid - 0/7; a.example - - 10/1"},
    {"numbers that make no sense", {{"1", "a.example", "", "", -4, -1, 0}}, "1 0 0; a.example - - 0/0"},
};

static uint32_t write_report(GString *out, const struct told *t) {
    struct tls_failure failure = {
        .type = slice_of(t->type), .receiver_host = slice_of(t->host), .count = t->count};
    struct tls_policy policy = {.domain = slice_of(t->domain),
                                .successes = t->secured,
                                .failures = t->failed,
                                .details = t->type[0] ? &failure : NULL};
    struct feedback f = {.kind = FEEDBACK_TLS,
                         .organisation = SLICE("r.example"),
                         .id = slice_of(t->id),
                         .policies = &policy,
                         .policy_count = 1};
    return tls_facts_write(out, &f);
}

static void sums(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct tls_sums s = {0};
        g_autoptr(GString) text = g_string_new(NULL);
        for (size_t k = 0; k < 3 && rows[i].reports[k].id; k++) {
            g_autoptr(GString) bytes = g_string_new(NULL);
            uint32_t count = write_report(bytes, &rows[i].reports[k]);
            struct slice rest = {bytes->str, bytes->len};
            assert_true(tls_facts_take(&rest, count, &s));
            expect_number(rows[i].name, (int)rest.len, 0);
            rest = (struct slice){bytes->str, bytes->len - 1}; /* cut */
            assert_false(tls_facts_take(&rest, count, NULL));
        }
        assert_non_null(s.list);
        tls_sums_sort(&s);
        g_string_append_printf(text, "%d %d %d", (int)s.once.reports, (int)s.once.repeated,
                               (int)s.once.differing);
        for (guint k = 0; s.list && k < s.list->len; k++) {
            const struct tls_sum *one = s.list->pdata[k];
            g_string_append_printf(
                text, "; %.*s %.*s %.*s %d/%d", S(one->domain), S(one->type.len ? one->type : SLICE("-")),
                S(one->host.len ? one->host : SLICE("-")), (int)one->secured, (int)one->failed);
        }
        expect_text(rows[i].name, (struct slice){text->str, text->len}, rows[i].expected);
        tls_sums_free(&s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sums)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
