/* Who did most, of few and of very many. */
#include "analyze/deliveries/ranking.h"
#include "tests/table.h"

static const struct cause spam = {.id = "content.spam", .hits = "sender"};
static const struct reply_class is_spam = {.cause = &spam};

static void counts(void **state) {
    struct ranking r = {.rows = NULL};
    struct delivery d = {.size = 100, .first = 20, .last = 30, .message = 1};
    (void)state;
    ranked_count(ranking_of(&r, SLICE("Ann@Example.com"), d.message + 1), &d);
    ranked_count(ranking_of(&r, SLICE("ann@example.com"), d.message + 1), &d);
    d.message = 2;
    d.first = d.last = 10;
    d.outcome = OUTCOME_BOUNCED;
    d.class = &is_spam;
    ranked_count(ranking_of(&r, SLICE("ann@example.com"), d.message + 1), &d);
    ranked_count(ranking_of(&r, SLICE("bob@example.com"), d.message + 1), &d);
    ranking_sort(&r, NULL, RANKED_BY_RECIPIENTS);
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

/* Of those who sent as much, who was refused for it comes first. */
static void refused_first(void **state) {
    struct ranking r = {.rows = NULL};
    struct delivery d = {.size = 100, .first = 20, .last = 30, .message = 1};
    (void)state;
    ranked_count(ranking_of(&r, SLICE("ann@example.com"), d.message + 1), &d);
    d.message = 2;
    d.outcome = OUTCOME_BOUNCED;
    d.class = &is_spam;
    ranked_count(ranking_of(&r, SLICE("bob@example.com"), d.message + 1), &d);
    ranking_sort(&r, NULL, RANKED_BY_RECIPIENTS);
    expect_text("the first", ((const struct ranked *)r.rows->pdata[0])->name, "bob@example.com");
    expect_text("the second", ((const struct ranked *)r.rows->pdata[1])->name, "ann@example.com");
    ranking_free(&r);
}

static void find_ten(void *recipients, const struct ranked *row) {
    if (slice_equal(row->name, SLICE("u10@example.com")))
        *(long long *)recipients += (long long)row->of[OUTCOME_SENT];
}

/* Of very many names all that was counted is told, in whatever order; beyond the limit the busiest are kept.
 */
static void counts_very_many(void **state) {
    static const struct {
        const char *name;
        int step; /* through the names */
        size_t limit;
        bool is_pruned;
        long long ten; /* recipients of the name u10, of ten rounds */
    } rows[] = {{"forwards", 1, 0, false, 10},
                {"in leaps", 7919, 0, false, 10},
                {"beyond the limit", 1, 400000, true, 0}};
    (void)state;
    for (size_t k = 0; k < ROWS(rows); k++) {
        struct ranking r = {.limit = rows[k].limit};
        struct delivery d = {.size = 2, .first = 1, .last = 1};
        long long ten = 0;
        const uint64_t none = 0;
        for (int64_t i = 0; i < 200000; i++) {
            g_autofree char *name = g_strdup_printf("u%d@example.com", (int)(i * rows[k].step % 20000));
            d.message++;
            ranked_count(ranking_of(&r, slice_of(name), d.message + 1), &d);
            if (i % 20 == 0)
                ranked_count(ranking_of(&r, SLICE("busy@example.com"), d.message + 1), &d);
        }
        ranking_sort(&r, NULL, RANKED_BY_RECIPIENTS);
        const struct ranked *first = r.rows->pdata[0];
        expect_number(rows[k].name, r.is_pruned, rows[k].is_pruned);
        expect_text(rows[k].name, first->name, "busy@example.com");
        expect_number(rows[k].name, (long long)first->of[OUTCOME_SENT], 10000);
        expect_number(rows[k].name, (long long)first->messages, 10000);
        expect_number(rows[k].name, (long long)first->bytes, 20000);
        ranked_store_each(&r.aside, NULL, &none, find_ten, &ten);
        expect_number(rows[k].name, ten == 10, rows[k].ten == 10);
        expect_number(rows[k].name, r.rows->len <= FEW_RANKED, true);
        ranking_free(&r);
    }
}

/* A message counts once for a name, also where other names came between two of its recipients. */
static void counts_message_once(void **state) {
    struct ranking r = {.rows = NULL};
    struct delivery d = {.size = 100, .first = 1, .last = 1};
    (void)state;
    for (d.message = 1; d.message <= 2; d.message++)
        for (int i = 0; i < 2 * 3000; i++) {
            g_autofree char *name = g_strdup_printf("u%d@example.com", i % 3000);
            ranked_count(ranking_of(&r, slice_of(name), d.message + 1), &d);
        }
    ranking_sort(&r, NULL, RANKED_BY_RECIPIENTS);
    expect_number("names", r.rows->len, 3000);
    for (guint i = 0; i < r.rows->len; i++) {
        const struct ranked *row = r.rows->pdata[i];
        expect_number("sent", (long long)row->of[OUTCOME_SENT], 4);
        expect_number("messages", (long long)row->messages, 2);
        expect_number("bytes", (long long)row->bytes, 200);
    }
    ranking_free(&r);
}

/* What stands in a shared ranking counts in each that it is told with, added to what these have themselves.
 */
static void counts_for_two(void **state) {
    struct ranking accounts = {.rows = NULL};
    struct ranking senders = {.rows = NULL};
    struct ranking own = {.rows = NULL};
    struct delivery d = {.size = 100, .first = 1, .last = 1, .message = 1};
    (void)state;
    ranked_count(ranking_of(&own, SLICE("ann@example.com"), d.message + 1), &d);
    d.message = 2;
    ranked_count(ranking_of(&accounts, SLICE("ann@example.com"), d.message + 1), &d);
    ranked_count(ranking_of(&senders, SLICE("list@example.com"), d.message + 1), &d);
    ranking_sort(&accounts, &own, RANKED_BY_RECIPIENTS);
    ranking_sort(&senders, &own, RANKED_BY_RECIPIENTS);
    expect_number("accounts", accounts.rows->len, 1);
    expect_number("of both", (long long)((struct ranked *)accounts.rows->pdata[0])->messages, 2);
    expect_number("senders", senders.rows->len, 2);
    expect_text("the first", ((struct ranked *)senders.rows->pdata[0])->name, "ann@example.com");
    expect_number("of one", (long long)((struct ranked *)senders.rows->pdata[0])->bytes, 100);
    ranking_free(&accounts);
    ranking_free(&senders);
    ranking_free(&own);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts), cmocka_unit_test(refused_first), cmocka_unit_test(counts_very_many),
        cmocka_unit_test(counts_message_once), cmocka_unit_test(counts_for_two)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
