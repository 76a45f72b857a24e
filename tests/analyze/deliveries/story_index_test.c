/* Which stories are about a mail. */
#include "analyze/deliveries/story_index.h"

#include "tests/table.h"

#include <stdio.h>

#define DAY 86400

static void fits(void **state) {
    static const struct {
        const char *queue_id, *message_id, *recipient;
        int64_t time;
        bool fits;
    } rows[] = {
        {"9C1D02B4", "", "bob@example.org", -1, true},
        {"9c1d02b4", "", "BOB@example.org", -1, true},
        {"9C1D02B4", "", "sales@example.com", -1, true}, /* as the sender wrote it */
        {"9C1D02B4", "", "", -1, true},
        {"9C1D02B4", "", "carl@example.org", -1, false},
        {"7D2E03C5", "", "bob@example.org", -1, false},
        {"7D2E03C5", "<x@example.com>", "bob@example.org", -1, true},
        {"", "x@example.com", "", -1, true},
        {"9C1D02B4", "", "bob@example.org", 100 * DAY, true}, /* an id needs no time */
        {"", "", "bob@example.org", -1, true},
        {"", "", "bob@example.org", 15 * DAY, true},
        {"", "", "bob@example.org", 17 * DAY, false},
        {"", "", "bob@example.org", 4 * DAY + 1, true},
        {"", "", "bob@example.org", 3 * DAY, false},
        {"", "", "carl@example.org", 10 * DAY, false},
    };
    struct log_story story = {.delivery = {.queue_id = SLICE("9C1D02B4"),
                                           .message_id = SLICE("x@example.com"),
                                           .recipient = SLICE("bob@example.org"),
                                           .original = SLICE("sales@example.com"),
                                           .first = 10 * DAY,
                                           .last = 10 * DAY}};
    struct story_index index;
    (void)state;
    story_index_init(&index);
    story_index_add(&index, &story);
    story_index_finish(&index);
    for (size_t i = 0; i < ROWS(rows); i++) {
        char row[8];
        struct story_query query = {slice_of(rows[i].queue_id), slice_of(rows[i].message_id),
                                    slice_of(rows[i].recipient), rows[i].time};
        const struct log_story *found[1];
        snprintf(row, sizeof row, "row %zu", i);
        expect_number(row, story_index_find(&index, &query, found, 1), rows[i].fits);
    }
    story_index_free(&index);
}

/* More stories than are wanted, and one that both ids name. */
static void many(void **state) {
    static const struct {
        const char *queue_id, *message_id, *recipient;
        size_t count, first;
    } rows[] = {
        {"A", "", "", 3, 0},     {"A", "x", "", 3, 0},  {"", "x", "", 2, 1},
        {"B", "x", "bob", 2, 1}, {"", "", "bob", 3, 0},
    };
    struct log_story stories[3] = {
        {.number = 0, .delivery = {.queue_id = SLICE("A"), .recipient = SLICE("bob")}},
        {.number = 1,
         .delivery = {.queue_id = SLICE("A"), .message_id = SLICE("x"), .recipient = SLICE("bob")}},
        {.number = 2,
         .delivery = {.queue_id = SLICE("A"), .message_id = SLICE("x"), .original = SLICE("bob")}},
    };
    struct story_index index;
    const struct log_story *found[2];
    (void)state;
    story_index_init(&index);
    for (size_t i = 0; i < ROWS(stories); i++)
        story_index_add(&index, &stories[i]);
    story_index_finish(&index);
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct story_query query = {slice_of(rows[i].queue_id), slice_of(rows[i].message_id),
                                    slice_of(rows[i].recipient), -1};
        expect_number("found", story_index_find(&index, &query, found, 2), rows[i].count);
        expect_number("the first", found[0]->number, rows[i].first);
    }
    story_index_free(&index);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(fits), cmocka_unit_test(many)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
