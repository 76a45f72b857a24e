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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(reads), cmocka_unit_test(crosses_new_year)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
