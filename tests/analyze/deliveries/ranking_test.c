/* Who did most, of few and of very many. */
#include "analyze/deliveries/ranking.h"
#include "tests/table.h"

static const struct cause spam = {.id = "content.spam", .hits = "sender"};
static const struct reply_class is_spam = {.cause = &spam};

static void counts(void **state) {
    struct ranking r = {.rows = NULL};
    struct delivery d = {.size = 100, .first = 20, .last = 30, .message = 1};
    (void)state;
    ranked_count(ranking_of(&r, SLICE("Ann@Example.com")), &d);
    ranked_count(ranking_of(&r, SLICE("ann@example.com")), &d);
    d.message = 2;
    d.first = d.last = 10;
    d.outcome = OUTCOME_BOUNCED;
    d.class = &is_spam;
    ranked_count(ranking_of(&r, SLICE("ann@example.com")), &d);
    ranked_count(ranking_of(&r, SLICE("bob@example.com")), &d);
    ranking_sort(&r, RANKED_BY_RECIPIENTS);
    const struct ranked *first = r.rows->pdata[0];
    expect_number("names", r.rows->len, 2);
    expect_text("the first", first->name, "ann@example.com");
    expect_number("messages", (long long)first->messages, 2);
    expect_number("bytes", (long long)first->bytes, 200);
    expect_number("sent", (long long)first->of[OUTCOME_SENT], 2);
    expect_number("hit", (long long)first->hit, 1);
    expect_number("since", first->first, 10);
    expect_text("by what", slice_of(first->top_hit->id), "content.spam");
    ranking_free(&r);
}

/* The busiest among very many others are kept. */
static void keeps_the_busiest(void **state) {
    struct ranking r = {.rows = NULL};
    struct delivery d = {.size = -1, .first = 1, .last = 1};
    (void)state;
    for (int i = 0; i < 100000; i++) {
        g_autofree char *name = g_strdup_printf("u%d@example.com", i);
        d.message++;
        ranked_count(ranking_of(&r, slice_of(name)), &d);
        if (i % 10 == 0)
            ranked_count(ranking_of(&r, SLICE("busy@example.com")), &d);
    }
    ranking_sort(&r, RANKED_BY_RECIPIENTS);
    const struct ranked *first = r.rows->pdata[0];
    assert_true(r.rows->len <= LIMIT_RANKED && r.is_pruned);
    expect_text("the first", first->name, "busy@example.com");
    for (guint i = 0; i < r.rows->len; i++) { /* rows and their room are used again */
        const struct ranked *row = r.rows->pdata[i];
        expect_number("found again", ranking_of(&r, row->name) == row, true);
    }
    expect_number("of it", (long long)first->of[OUTCOME_SENT], 10000);
    ranking_free(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts), cmocka_unit_test(keeps_the_busiest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
