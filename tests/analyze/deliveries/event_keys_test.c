/* Keys of events: those that hang together have one number, and are the same in every process. */
#include "analyze/deliveries/event_keys.h"
#include "analyze/deliveries/event_lines.h"
#include "tests/table.h"

#include <stdio.h>

#define TRY(id, next)                                                                                        \
    { .kind = LOG_ATTEMPT, .queue_id = SLICE(id), .next_queue_id = SLICE(next), .time = 9 }

static const struct log_event events[] = {
    {.kind = LOG_QUEUED, .queue_id = SLICE("A"), .time = 5},
    TRY("A", "B"),
    TRY("C", ""),
    {.kind = LOG_DONE, .queue_id = SLICE("B"), .time = 5},
    TRY("D", "E"),
    {.kind = LOG_DONE, .queue_id = SLICE("F\tx@y"), .time = 5},
    {.kind = LOG_TRY_BEGINS, .host = SLICE("mx"), .queue_id = SLICE("G"), .try_id = SLICE("7"), .time = 5},
    {.kind = LOG_ATTEMPT, .host = SLICE("mx"), .try_id = SLICE("7"), .time = 5},
    {.kind = LOG_LOGIN, .time = 5},
};

/* A key's group as the place of the first key of that group, and whether there are events of it. */
static void hang_together(void **state) {
    struct event_keys keys = {.nodes = NULL};
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GString) got = g_string_new(NULL);
    (void)state;
    for (size_t i = 0; i < ROWS(events); i++)
        event_keys_add(&keys, &events[i], (int64_t)i);
    keys.last = 20;
    event_keys_write(&keys, &(struct log_identity){.begin = 12, .bytes = 11}, out);
    unsigned long long first, last, begin, bytes;
    unsigned count = 0;
    expect_number(
        "the head",
        sscanf(out->str, KEYS_MAGIC "%*s %llu %llu %llu %llu %u", &first, &last, &begin, &bytes, &count), 5);
    expect_number("its times and sizes; 0 is no time", first == 1 && last == 20 && begin == 12 && bytes == 11,
                  true);
    const char *columns = strchr(out->str, '\n') + 1;
    expect_number("its length", out->len, (size_t)(columns - out->str) + count * (8 + 4 + 1));
    for (size_t i = 0; i < count; i++) {
        uint32_t group;
        memcpy(&group, columns + count * 8 + i * 4, sizeof group);
        g_string_append_printf(got, "%u%s ", group, columns[count * 12 + i] ? "" : "-");
    }
    expect_text("A B C D E F G and its try", slice_of(got->str), "0 0 2 3 3- 5 6 6 ");
    event_keys_free(&keys);
}

static void are_open(void **state) {
    const struct {
        const char *what;
        size_t bytes;    /* of those of a key, A, and another key */
        long long share; /* of the event A; -1: it is not open, -2: the bytes make no sense */
    } rows[] = {
        {"none", 0, -1}, {"another one", 16, -1}, {"two", 32, 77}, {"A twice", 48, 77}, {"a half", 24, -2}};
    uint64_t of_event[EVENT_MOST_KEYS];
    (void)state;
    event_keys_of(&events[0], of_event);
    struct open_key keys[] = {{12, 5}, {of_event[0], 77}, {of_event[0], 78}};
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct open_keys open = {.keys = NULL};
        bool is_read = open_keys_read(&open, (struct slice){(const char *)keys, rows[i].bytes});
        const struct open_key *found = is_read ? open_key_find(&open, &events[0]) : NULL;
        expect_number(rows[i].what, !is_read ? -2 : found ? (long long)found->share : -1, rows[i].share);
        open_keys_free(&open);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(hang_together), cmocka_unit_test(are_open)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
