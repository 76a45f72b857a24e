/* Time stamps of logs, and what stands behind them. */
#include "parsers/log/stamp.h"
#include "tests/table.h"

#define NOW 1796083200 /* 2026-12-01T00:00:00Z */

static void reads(void **state) {
    static const struct {
        const char *line;
        int64_t time;
        const char *rest;
    } rows[] = {
        {"Nov 24 09:14:07 mx text", 1795511647, " mx text"},
        {"Nov  1 00:00:11 mx text", 1793491211, " mx text"},
        {"Dec 24 09:14:07 mx text", 1766567647, " mx text"}, /* the year before: this one is yet to come */
        {"Dec  1 12:00:00 mx text", 1796126400, " mx text"}, /* within a day of the file's last change */
        {"Nov 24 09:14:07 2026 mx text", 1795511647, " mx text"},
        {"2026-11-24T09:14:07Z mx text", 1795511647, " mx text"},
        {"2026-11-24T10:14:07.123456+01:00 mx text", 1795511647, " mx text"},
        {"2026-11-24T10:14:07+0100 mx text", 1795511647, " mx text"},
        {"2026-11-24 09:14:07 1pXYZa-0001Ab-2C text", 1795511647, " 1pXYZa-0001Ab-2C text"},
        {"2026-11-24 10:14:07 +0100 1pXYZa-0001Ab-2C text", 1795511647, " 1pXYZa-0001Ab-2C text"},
        {"2026-11-24 09:14:07.250 text", 1795511647, " text"},
        {"@400000006a255669094d1d3c text", 1780831839, " text"},
        {"1795511647.123456 text", 1795511647, " text"},
        {"1795511647 text", 1795511647, " text"},
        {"Foo 24 09:14:07 mx text", -1, NULL},
        {"Nov 24 25:14:07 mx text", -1, NULL},
        {"2026-13-24T09:14:07Z mx", -1, NULL},
        {"99999999999 text", -1, NULL},
        {"no stamp", -1, NULL},
        {"", -1, NULL},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct stamps stamps = {.now = NOW};
        struct slice rest = slice_of(rows[i].line);
        int64_t time = -1;
        bool is_read = stamp_take(&stamps, &rest, &time);
        expect_number(rows[i].line, is_read ? time : -1, rows[i].time);
        if (rows[i].rest)
            expect_text(rows[i].line, rest, rows[i].rest);
    }
}

static void crosses_new_year(void **state) {
    struct stamps stamps = {.now = 1767304800}; /* 2026-01-01T22:00:00Z */
    struct slice december = SLICE("Dec 31 23:59:59 mx text");
    struct slice january = SLICE("Jan  1 00:00:01 mx text");
    int64_t time;
    (void)state;
    stamp_take(&stamps, &december, &time);
    expect_number("December", time, 1767225599);
    stamp_take(&stamps, &january, &time);
    expect_number("January", time, 1767225601);
}

static int64_t read_by(const struct log_clock *clock, int64_t now, int64_t first, const char *line) {
    struct stamps stamps = {.now = now, .clock = clock, .first = first};
    struct slice rest = slice_of(line);
    int64_t time = -1;
    return stamp_take(&stamps, &rest, &time) ? time : -1;
}

static void takes_what_is_not_said_from_the_clock(void **state) {
    struct zone *berlin = zone_new("Europe/Berlin");
    const struct log_clock there = {.zone = berlin};
    const struct log_clock year = {.year = 2023};
    const struct {
        const char *line;
        const struct log_clock *clock;
        int64_t first, time;
    } rows[] = {
        {"Nov 24 10:14:07 mx text", &there, 0, 1795511647},
        {"Jul  1 02:00:00 mx text", &there, 0, 1782864000},
        {"2026-11-24 10:14:07 1pXYZa-0001Ab-2C text", &there, 0, 1795511647},
        {"2026-11-24T09:14:07Z mx text", &there, 0, 1795511647},
        {"Nov 24 10:14:07 2026 mx text", &there, 0, 1795511647},
        {"1795511647 text", &there, 0, 1795511647},
        {"Feb 29 12:00:00 mx text", NULL, 0, 1709208000},  /* of 2024: there was none since */
        {"Dec 31 23:00:00 mx text", &year, 0, 1704063600}, /* the first line */
        {"Dec 31 23:30:00 mx text", &year, 1704063600, 1704065400},
        {"Jan  1 00:30:00 mx text", &year, 1704063600, 1704069000},
        {"Dec 31 22:59:00 mx text", &year, 1704063600, 1704063540}, /* lines change places */
        {"Feb 29 12:00:00 mx text", &year, 1704063600, 1709208000},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++)
        expect_number(rows[i].line, read_by(rows[i].clock, NOW, rows[i].first, rows[i].line), rows[i].time);
    zone_free(berlin);
}

static void notes_who_named_the_zone(void **state) {
    struct stamps stamps = {.now = NOW};
    struct slice named = SLICE("2026-11-24T10:14:07+01:00 mx text");
    struct slice local = SLICE("Nov 24 10:14:07 mx text");
    int64_t time;
    (void)state;
    stamp_take(&stamps, &named, &time);
    assert_true(stamps.has_offset && !stamps.has_local);
    expect_number("the offset", stamps.offset, 3600);
    stamp_take(&stamps, &local, &time);
    assert_true(stamps.has_local);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(crosses_new_year),
                                       cmocka_unit_test(takes_what_is_not_said_from_the_clock),
                                       cmocka_unit_test(notes_who_named_the_zone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
