#include "parsers/base/date.h"
#include "tests/table.h"

#include <glib.h>

static void parses(void **state) {
    static const struct {
        const char *input;
        int64_t expected;
    } rows[] = {
        {"Tue, 24 Nov 2026 15:00:00 +0000", 1795532400},
        {"24 Nov 2026 16:00:00 +0100", 1795532400},
        {"Tue, 24 Nov 2026 10:00:00 EST", 1795532400},
        {"Tue, 24 Nov 2026 15:00 GMT", 1795532400},
        {"Tue, 24 Nov 26 15:00:00 +0000", 1795532400},
        {"Tue, 24 Nov 2026 15:00:00 +0000 (UTC)", 1795532400},
        {"Tue, 24 Nov 2026 16:00:00 +0100 (IST)", 1795532400},
        {"Tue, 24 Nov 2026 16:00:00 MET", 1795532400},
        {"2026-11-24 15:00:00.123456 +0000 UTC m=+12.5", 1795532400},
        {"Tue, 24 Nov 2026 15:00:00 +077777777", 1795532400}, /* no zone: an offset has four digits */
        {"Thu, 1 Jan 1970 00:00:00 +0000", 0},
        {"Thu,29 Feb 2024 00:00:00 +0000", 1709164800},
        {"no date", -1},
        {"", -1},
        {"Tue, 99 Nov 2026 15:00:00 +0000", -1},
        {"Tue, 24 Foo 2026 15:00:00 +0000", -1},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].input, date_parse(slice_of(rows[i].input)), rows[i].expected);
}

static void formats(void **state) {
    char out[24];
    (void)state;
    date_format(1795532400, out);
    expect_text("1795532400", slice_of(out), "2026-11-24T15:00:00Z");
    date_format(0, out);
    expect_text("0", slice_of(out), "1970-01-01T00:00:00Z");
    date_format(INT64_C(253402300800), out);
    expect_text("the year 10000", slice_of(out), "");
    date_format(INT64_C(-62135596801), out);
    expect_text("the year 0", slice_of(out), "");
}

/* Days of all years, at seconds of all hours. */
static void formats_as_glib(void **state) {
    char out[24];
    (void)state;
    for (int64_t at = INT64_C(-62135596800); at <= INT64_C(253402300799); at += 86400 * 5 + 3671) {
        g_autoptr(GDateTime) t = g_date_time_new_from_unix_utc(at);
        char expected[40];
        g_snprintf(expected, sizeof expected, "%04d-%02d-%02dT%02d:%02d:%02dZ", g_date_time_get_year(t),
                   g_date_time_get_month(t), g_date_time_get_day_of_month(t), g_date_time_get_hour(t),
                   g_date_time_get_minute(t), g_date_time_get_second(t));
        date_format(at, out);
        if (strcmp(out, expected) != 0)
            expect_text("date", slice_of(out), expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(parses), cmocka_unit_test(formats),
                                       cmocka_unit_test(formats_as_glib)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
