/* Times as people write them. */
#include "analyze/commands/when.h"
#include "tests/table.h"

#define NOW 1795511647 /* 2026-11-24T09:14:07Z */

static void parses(void **state) {
    static const struct {
        const char *text, *zone;
        int64_t since, until; /* -1: refused */
    } rows[] = {
        {"2h", "UTC", NOW - 7200, NOW - 7200},
        {"90m", "UTC", NOW - 5400, NOW - 5400},
        {"3d", "UTC", NOW - 3 * 86400, NOW - 3 * 86400},
        {"1w", "UTC", NOW - 7 * 86400, NOW - 7 * 86400},
        {"today", "UTC", 1795478400, 1795564799},
        {"yesterday", "UTC", 1795392000, 1795478399},
        {"yesterday", "Europe/Berlin", 1795388400, 1795474799},
        {"today", "America/New_York", 1795496400, 1795582799},
        {"09:14", "UTC", 1795511640, 1795511640},
        {"09:20", "UTC", 1795425600, 1795425600}, /* yesterday's: today's is yet to come */
        {"10:14:00", "Europe/Berlin", 1795511640, 1795511640},
        {"2026-11-24", "UTC", 1795478400, 1795564799},
        {"2026-11-24", "Europe/Berlin", 1795474800, 1795561199},
        {"2026-11-24T10:14:07", "Europe/Berlin", NOW, NOW},
        {"2026-11-24 10:14", "Europe/Berlin", NOW - 7, NOW - 7},
        {"2026-11-24T09:14:07Z", "Europe/Berlin", NOW, NOW},
        {"2026-11-24T10:14:07+01:00", "UTC", NOW, NOW},
        {"", "UTC", -1, -1},
        {"h", "UTC", -1, -1},
        {"-2h", "UTC", -1, -1},
        {"2x", "UTC", -1, -1},
        {"2hh", "UTC", -1, -1},
        {"25:00", "UTC", -1, -1},
        {"09", "UTC", -1, -1},
        {"2026-13-24", "UTC", -1, -1},
        {"2026-11-24Tx", "UTC", -1, -1},
        {"tomorrow", "UTC", -1, -1},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct zone *zone = zone_new(rows[i].zone);
        int64_t since = -1;
        int64_t until = -1;
        if (!when_parse(rows[i].text, zone, NOW, false, &since))
            since = -1;
        if (!when_parse(rows[i].text, zone, NOW, true, &until))
            until = -1;
        expect_number(rows[i].text, since, rows[i].since);
        expect_number(rows[i].text, until, rows[i].until);
        zone_free(zone);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(parses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
