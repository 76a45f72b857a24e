/* DMARC reports, after they were bytes: summed by domain and address, each report once, and damaged bytes
 * read as far as they make sense. */
#include "analyze/verdict/sender_sums.h"

#include "tests/table.h"

#include <glib.h>

struct row_told {
    const char *ip, *dkim, *from;
    int64_t count;
};

static const struct {
    const char *name;
    struct {
        const char *organisation, *id;
        struct row_told rows[3];
    } reports[3];
    const char *
        expected; /* reports repeated differing messages passed; of each domain: sources, its first address */
} rows[] = {
    {"one", {{"r.example", "1", {{"192.0.2.1", "pass", "", 5}}}}, "1 0 0 5 5; a.example 1 192.0.2.1=5"},
    {"the same again",
     {{"r.example", "1", {{"192.0.2.1", "pass", "", 5}}}, {"R.example", "1", {{"192.0.2.1", "pass", "", 5}}}},
     "1 1 0 5 5; a.example 1 192.0.2.1=5"},
    {"the same id, and other numbers: one of them is forged, and both count",
     {{"r.example", "1", {{"192.0.2.9", "fail", "", 1}}},
      {"r.example", "1", {{"192.0.2.1", "pass", "", 5}}},
      {"r.example", "1", {{"192.0.2.1", "pass", "", 5}}}},
     "2 1 1 6 5; a.example 2 192.0.2.1=5"},
    {"the same again, behind another of that id",
     {{"r.example", "1", {{"192.0.2.1", "pass", "", 5}}},
      {"r.example", "1", {{"192.0.2.9", "fail", "", 1}}},
      {"r.example", "1", {{"192.0.2.1", "pass", "", 5}}}},
     "2 1 1 6 5; a.example 2 192.0.2.1=5"},
    {"the same id of another receiver",
     {{"r.example", "1", {{"192.0.2.1", "pass", "", 5}}}, {"q.example", "1", {{"192.0.2.1", "pass", "", 5}}}},
     "2 0 0 10 10; a.example 1 192.0.2.1=10"},
    {"without an id none is the same",
     {{"r.example", "", {{"192.0.2.1", "pass", "", 5}}}, {"r.example", "", {{"192.0.2.1", "pass", "", 5}}}},
     "2 0 0 10 10; a.example 1 192.0.2.1=10"},
    {"most messages first, by standing",
     {{"r.example",
       "1",
       {{"192.0.2.1", "pass", "", 5}, {"192.0.2.2", "fail", "", 7}, {"192.0.2.1", "fail", "", 1}}}},
     "1 0 0 13 5; a.example 3 192.0.2.2=7"},
    {"domains with most that do not pass first",
     {{"r.example", "1", {{"192.0.2.1", "pass", "b.example", 50}, {"192.0.2.2", "fail", "c.example", 7}}}},
     "1 0 0 57 50; c.example 1 192.0.2.2=7; b.example 1 192.0.2.1=50"},
    {"counts that make no sense",
     {{"r.example", "1", {{"192.0.2.1", "pass", "", -5}, {"192.0.2.2", "pass", "", INT64_MAX}}}},
     "1 0 0 2147483647 2147483647; a.example 2 192.0.2.2=2147483647"},
};

static uint32_t write_report(GString *out, size_t row, size_t i, struct arena *arena) {
    struct feedback_row list[3] = {{0}};
    struct feedback f = {.kind = FEEDBACK_DMARC,
                         .organisation = slice_of(rows[row].reports[i].organisation),
                         .id = slice_of(rows[row].reports[i].id),
                         .policy = {.domain = SLICE("a.example")}};
    for (size_t k = 0; k < 3 && rows[row].reports[i].rows[k].ip; k++) {
        const struct row_told *told = &rows[row].reports[i].rows[k];
        list[k] = (struct feedback_row){.ip = slice_of(told->ip),
                                        .dkim = slice_of(told->dkim),
                                        .spf = SLICE("fail"),
                                        .header_from = slice_of(told->from),
                                        .count = told->count};
        if (k)
            list[k - 1].next = &list[k];
        f.row_count++;
    }
    f.rows = list;
    return sender_facts_write(out, &f, arena);
}

static char *told_by(const struct sender_sums *sums, struct arena *arena) {
    size_t count;
    const struct domain_sources *domains = sender_sums_by_domain(sums, &count, arena);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%d %d %d %ld %ld", (int)sums->once.reports, (int)sums->once.repeated,
                           (int)sums->once.differing, (long)sums->messages, (long)sums->passed);
    for (size_t i = 0; i < count; i++)
        g_string_append_printf(text, "; %.*s %d %.*s=%ld", S(domains[i].domain),
                               (int)domains[i].sources.count, S(domains[i].sources.list->row->ip),
                               (long)domains[i].sources.list->messages);
    return g_string_free(text, FALSE);
}

static void test_sums(void **state) {
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct arena arena = {0};
        struct sender_sums sums = {0};
        for (size_t k = 0; k < 3 && rows[i].reports[k].organisation; k++) {
            g_autoptr(GString) bytes = g_string_new(NULL);
            uint32_t count = write_report(bytes, i, k, &arena);
            struct slice rest = {bytes->str, bytes->len};
            assert_true(sender_facts_take(&rest, count, &sums));
            assert_int_equal(rest.len, 0);
            rest = (struct slice){bytes->str, bytes->len};
            assert_true(sender_facts_take(&rest, count, NULL));
            assert_int_equal(rest.len, 0);
        }
        g_autofree char *told = told_by(&sums, &arena);
        expect_text(rows[i].name, slice_of(told), rows[i].expected);
        sender_sums_free(&sums);
        arena_free(&arena);
    }
}

static void test_damaged(void **state) {
    (void)state;
    struct arena arena = {0};
    g_autoptr(GString) bytes = g_string_new(NULL);
    uint32_t count = write_report(bytes, 4, 0, &arena);
    for (size_t cut = 0; cut < bytes->len; cut++) {
        struct sender_sums sums = {0};
        struct slice rest = {bytes->str, cut};
        assert_false(sender_facts_take(&rest, count, &sums));
        sender_sums_free(&sums);
    }
    arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sums), cmocka_unit_test(test_damaged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
