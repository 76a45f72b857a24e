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
    event_keys_write(&keys, 12, 11, out);
    g_auto(GStrv) lines = g_strsplit(out->str, "\n", 0);
    unsigned long long first, last, head, bytes, key, group, of[16];
    expect_number("the head",
                  sscanf(lines[0], KEYS_MAGIC "%*s %llu %llu %llu %llu", &first, &last, &head, &bytes), 4);
    expect_number("its times and sizes", first == 0 && last == 20 && head == 12 && bytes == 11, true);
    for (size_t i = 1, n; lines[i] && *lines[i]; i++) {
        int has_events = 0;
        expect_number(lines[i], sscanf(lines[i], "%llu\t%llu\t%d", &key, &group, &has_events), 3);
        of[i - 1] = group;
        for (n = 0; of[n] != group; n++)
            continue;
        g_string_append_printf(got, "%zu%s ", n, has_events ? "" : "-");
    }
    expect_text("A B C D E F G and its try", slice_of(got->str), "0 0 2 3 3- 5 6 6 ");
    event_keys_free(&keys);
}

static void are_open(void **state) {
    const struct {
        const char *lines;
        bool is_read;
        long long share; /* of the event A; -1: it is not open */
    } rows[] = {
        {"", true, -1},      {"%llu\n", true, 0},  {"1\n%llu\t77\n2\t5", true, 77},
        {"12\n", true, -1},  {"\n", false, 0},     {"x\n", false, 0},
        {"1\t\n", false, 0}, {"1\tx\n", false, 0}, {"18446744073709551616\n", false, 0},
        {"1 2\n", false, 0},
    };
    uint64_t of_event[EVENT_MOST_KEYS];
    (void)state;
    event_keys_of(&events[0], of_event);
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct open_keys open = {.keys = NULL};
        g_auto(GStrv) parts = g_strsplit(rows[i].lines, "%llu", 2);
        g_autofree char *lines = parts[0] && parts[1] ? g_strdup_printf("%s%" G_GUINT64_FORMAT "%s", parts[0],
                                                                        of_event[0], parts[1])
                                                      : g_strdup(rows[i].lines);
        expect_number(rows[i].lines, open_keys_read(&open, slice_of(lines)), rows[i].is_read);
        const struct open_key *found = open_key_find(&open, &events[0]);
        if (rows[i].is_read)
            expect_number(rows[i].lines, found ? (long long)found->share : -1, rows[i].share);
        open_keys_free(&open);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(hang_together), cmocka_unit_test(are_open)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
