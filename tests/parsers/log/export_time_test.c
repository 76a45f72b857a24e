/* Times of exports. */
#include "parsers/log/export_time.h"
#include "tests/table.h"

static void reads(void **state) {
    static const struct {
        const char *text;
        bool is_day_first;
        int64_t time;
    } rows[] = {
        {"1795511647", false, 1795511647},
        {"1795511647.25", false, 1795511647},
        {"1795511647123", false, 1795511647},
        {"1795511647123456", false, 1795511647},
        {"/Date(1795511647123)/", false, 1795511647},
        {"2026-11-24T09:14:07.123Z", false, 1795511647},
        {"2026-11-24 10:14:07+0100", false, 1795511647},
        {"2026-11-24T09:14:07.1234567", false, 1795511647},
        {"Tue, 24 Nov 2026 09:14:07 +0000", false, 1795511647},
        {"11/24/2026 9:14:07 AM", false, 1795511647},
        {"11/24/2026 9:14:07 AM", true, 1795511647},
        {"11/24/2026 9:14:07 PM", false, 1795511647 + 43200},
        {"24/11/2026 09:14:07", false, 1795511647},
        {"4/11/2026 12:00:00 AM", false, 1775865600},
        {"4/11/2026 12:00:00 AM", true, 1793750400},
        {"24.11.2026 09:14:07", false, 1795511647},
        {"24.11.2026, 09:14", false, 1795511640},
        {"24/24/2026 09:14:07", false, -1},
        {"11/24/2026 25:14:07", false, -1},
        {"17955116471234567890", false, -1},
        {"soon", false, -1},
        {"", false, -1},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].text, export_time(slice_of(rows[i].text), rows[i].is_day_first), rows[i].time);
}

static void tells_the_order(void **state) {
    static const struct {
        const char *text;
        bool is_day_first;
    } rows[] = {
        {"a,4/11/2026 9:00\nb,13/11/2026 9:00", true},
        {"a,4/11/2026 9:00\nb,11/13/2026 9:00", false},
        {"13/11/2026, 11/13/2026", false},
        {"192.0.2.25/32, 113/1/2026", false},
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].text, export_time_is_day_first(slice_of(rows[i].text)), rows[i].is_day_first);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(tells_the_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
