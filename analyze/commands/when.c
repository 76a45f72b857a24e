/* Times as people write them: see when.h. */
#include "analyze/commands/when.h"

#include "parsers/base/date.h"
#include "parsers/log/stamp.h"

#include <stdio.h>
#include <string.h>

#define DAY 86400

static int64_t of_local(const struct zone *zone, int64_t local) {
    return local - zone_offset_of_local(zone, local);
}

static int64_t day_before(const struct zone *zone, int64_t now, int days) {
    int64_t local = now + zone_offset_at(zone, now);
    return local / DAY * DAY - (int64_t)days * DAY;
}

/* The first or last second of a day of the local clock. */
static int64_t end_of_day(const struct zone *zone, int64_t local, bool is_end) {
    return is_end ? of_local(zone, local + DAY) - 1 : of_local(zone, local);
}

static bool parse_ago(const char *text, int64_t now, int64_t *time) {
    static const struct {
        char letter;
        int seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', DAY}, {'w', 7 * DAY}};
    unsigned number;
    char letter;
    char more;
    if (strlen(text) > 7 || sscanf(text, "%5u%c%c", &number, &letter, &more) != 2 || *text < '0' ||
        *text > '9')
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i].letter == letter) {
            *time = now - (int64_t)number * units[i].seconds;
            return true;
        }
    return false;
}

/* "09:20", "09:20:30": seconds of the day; -1: it is none. */
static int parse_clock(const char *text) {
    unsigned h;
    unsigned m;
    unsigned s = 0;
    int used = 0;
    size_t len = strlen(text);
    bool has_seconds = len > 5;
    if (strspn(text, "0123456789:") != len || len > 8)
        return -1;
    if (has_seconds ? sscanf(text, "%2u:%2u:%2u%n", &h, &m, &s, &used) != 3
                    : sscanf(text, "%2u:%2u%n", &h, &m, &used) != 2)
        return -1;
    return (size_t)used == len && h < 24 && m < 60 && s < 60 ? (int)(h * 3600 + m * 60 + s) : -1;
}

/* "2026-11-24": of its beginning; false: it is none. */
static bool parse_day(const char *text, int64_t *local) {
    unsigned year;
    unsigned month;
    unsigned day;
    int used = 0;
    if (sscanf(text, "%4u-%2u-%2u%n", &year, &month, &day, &used) != 3 || used != 10 || year < 1970 ||
        month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    *local = date_days((int)year, (int)month, (int)day) * DAY;
    return true;
}

static bool parse_date(const char *text, const struct zone *zone, bool is_end, int64_t *time) {
    int64_t local;
    if (!parse_day(text, &local))
        return false;
    if (!text[10]) {
        *time = end_of_day(zone, local, is_end);
        return true;
    }
    int clock = text[10] == 'T' || text[10] == ' ' ? parse_clock(text + 11) : -1;
    if (clock >= 0) {
        *time = of_local(zone, local + clock);
        return true;
    }
    struct stamps stamps = {.len = 0}; /* it may name its zone, as a log does */
    struct slice rest = slice_of(text);
    return stamp_take(&stamps, &rest, time) && !rest.len;
}

bool when_parse(const char *text, const struct zone *zone, int64_t now, bool is_end, int64_t *time) {
    int clock = parse_clock(text);
    if (strcmp(text, "today") == 0 || strcmp(text, "yesterday") == 0) {
        *time = end_of_day(zone, day_before(zone, now, *text == 'y'), is_end);
        return true;
    }
    if (clock >= 0) {
        int64_t local = day_before(zone, now, 0) + clock;
        *time = of_local(zone, local) > now ? of_local(zone, local - DAY) : of_local(zone, local);
        return true;
    }
    return parse_ago(text, now, time) || parse_date(text, zone, is_end, time);
}
