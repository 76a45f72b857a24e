/* Time stamps: see stamp.h. */
#include "parsers/log/stamp.h"

#include "parsers/base/date.h"

#define TAI_OFFSET (((int64_t)1 << 62) + 10)
#define DAY        86400
#define MOST_TIME  (INT64_C(253402300799)) /* the end of the year 9999 */
#define QUARTER    900                     /* seconds; zones change their offset at the ends of these */

static int digits(const char *p, size_t n) {
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (!ascii_is_digit(p[i]))
            return -1;
        value = value * 10 + (p[i] - '0');
    }
    return value;
}

static int month_of(const char *p) {
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int m = 0; m < 12; m++)
        if (memcmp(p, months + m * 3, 3) == 0)
            return m + 1;
    return 0;
}

/* "hh:mm:ss" */
static int seconds_of_day(const char *p) {
    int h = digits(p, 2);
    int m = digits(p + 3, 2);
    int s = digits(p + 6, 2);
    bool is_time = h >= 0 && h < 24 && m >= 0 && m < 60 && s >= 0 && s <= 60 && p[2] == ':' && p[5] == ':';
    return is_time ? h * 3600 + m * 60 + s : -1;
}

static int year_of(int64_t time) {
    if (time < 0 || time > MOST_TIME)
        return time < 0 ? 1970 : 9999;
    int year = 1970 + (int)(time / (365 * DAY + DAY / 4));
    return time < date_days(year, 1, 1) * DAY        ? year - 1
           : time >= date_days(year + 1, 1, 1) * DAY ? year + 1
                                                     : year;
}

/* A time of the local clock, where the stamp says no zone. */
static int64_t time_of_local(struct stamps *stamps, int64_t local) {
    const struct zone *zone = stamps->clock ? stamps->clock->zone : NULL;
    stamps->has_local = true;
    if (!zone)
        return local;
    if (local / QUARTER != stamps->quarter) {
        stamps->quarter = local / QUARTER;
        stamps->quarter_offset = zone_offset_of_local(zone, local);
    }
    return local - stamps->quarter_offset;
}

static bool has_day(int year, int month, int day) {
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month != 2 || day < 29 || (day == 29 && is_leap);
}

/* The year of a stamp without one, by its seconds since the year's beginning: the first one in which it is
 * not before the file's first line; where that is not known, the latest in which it is not in the file's
 * future. */
static int64_t time_in_some_year(struct stamps *stamps, int month, int day, int second) {
    bool has_first = stamps->clock && stamps->clock->year;
    int year = !has_first      ? year_of(stamps->now) + 1
               : stamps->first ? year_of(stamps->first) - 1
                               : stamps->clock->year;
    int step = has_first ? 1 : -1;
    for (int tries = 0; tries < 12; tries++, year += step) {
        int64_t time = date_days(year, month, day) * DAY + second;
        bool fits = has_first ? time >= stamps->first - DAY : time <= stamps->now + DAY;
        if (fits && has_day(year, month, day))
            return time;
    }
    return date_days(year, month, day) * DAY + second;
}

/* "Nov  1 00:00:11 " */
static bool read_rfc3164(struct stamps *stamps, struct slice s, int64_t *time, size_t *len) {
    if (s.len < 16 || s.ptr[3] != ' ' || s.ptr[6] != ' ')
        return false;
    int month = month_of(s.ptr);
    int day = s.ptr[4] == ' ' ? digits(s.ptr + 5, 1) : digits(s.ptr + 4, 2);
    int second = seconds_of_day(s.ptr + 7);
    if (!month || day < 1 || day > 31 || second < 0)
        return false;
    *len = 15;
    if (s.len > 21 && s.ptr[15] == ' ' && s.ptr[20] == ' ' && digits(s.ptr + 16, 4) >= 1970) { /* "… 2026 " */
        *time = date_days(digits(s.ptr + 16, 4), month, day) * DAY + second;
        *len = 20;
    } else {
        *time = time_in_some_year(stamps, month, day, second);
    }
    *time = time_of_local(stamps, *time);
    return true;
}

/* "+01:00", "+0100", "Z"; returns its length and the offset in seconds. */
static size_t read_offset(struct slice s, int *offset) {
    *offset = 0;
    if (s.len && s.ptr[0] == 'Z')
        return 1;
    size_t blank = s.len && s.ptr[0] == ' ' ? 1 : 0; /* Exim: "2026-11-24 10:14:07 +0100" */
    s = slice_from(s, blank);
    if (s.len < 5 || (s.ptr[0] != '+' && s.ptr[0] != '-'))
        return 0;
    size_t colon = s.ptr[3] == ':';
    int hours = digits(s.ptr + 1, 2);
    int minutes = s.len >= 5 + colon ? digits(s.ptr + 3 + colon, 2) : -1;
    if (hours < 0 || minutes < 0)
        return 0;
    *offset = (hours * 60 + minutes) * 60 * (s.ptr[0] == '-' ? -1 : 1);
    return blank + 5 + colon;
}

/* "2026-11-24T09:14:07.123456+00:00", "2026-11-24 09:14:07" */
static bool read_rfc3339(struct stamps *stamps, struct slice s, int64_t *time, size_t *len) {
    if (s.len < 19 || s.ptr[4] != '-' || s.ptr[7] != '-' || (s.ptr[10] != 'T' && s.ptr[10] != ' '))
        return false;
    int year = digits(s.ptr, 4);
    int month = digits(s.ptr + 5, 2);
    int day = digits(s.ptr + 8, 2);
    int second = seconds_of_day(s.ptr + 11);
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31 || second < 0)
        return false;
    size_t n = 19;
    if (n < s.len && (s.ptr[n] == '.' || s.ptr[n] == ',')) {
        n++;
        while (n < s.len && ascii_is_digit(s.ptr[n]))
            n++;
    }
    int offset;
    size_t zone = read_offset(slice_from(s, n), &offset);
    int64_t local = date_days(year, month, day) * DAY + second;
    *time = zone ? local - offset : time_of_local(stamps, local);
    if (zone) {
        stamps->has_offset = true;
        stamps->offset = offset;
    }
    *len = n + zone;
    return true;
}

/* "@400000006a1c5e4f0a1b2c3d" */
static bool read_tai64(struct slice s, int64_t *time, size_t *len) {
    uint64_t value = 0;
    if (s.len < 17 || s.ptr[0] != '@')
        return false;
    for (size_t i = 1; i < 17; i++) {
        char c = ascii_lower(s.ptr[i]);
        int digit = ascii_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0)
            return false;
        value = value << 4 | (uint64_t)digit;
    }
    *time = (int64_t)(value - (uint64_t)TAI_OFFSET);
    *len = 17;
    while (*len < s.len && !ascii_is_space(s.ptr[*len]))
        (*len)++;
    return *time >= 0;
}

/* "1795511647.123456 " */
static bool read_epoch(struct slice s, int64_t *time, size_t *len) {
    if (s.len < 11 || digits(s.ptr, 9) < 0 || !ascii_is_digit(s.ptr[9]) ||
        (s.ptr[10] != ' ' && s.ptr[10] != '.'))
        return false;
    *time = digits(s.ptr, 9) * (int64_t)10 + (s.ptr[9] - '0');
    *len = 10;
    while (*len < s.len && (ascii_is_digit(s.ptr[*len]) || s.ptr[*len] == '.'))
        (*len)++;
    return true;
}

bool stamp_take(struct stamps *stamps, struct slice *rest, int64_t *time) {
    struct slice s = *rest;
    size_t len;
    if (stamps->len && s.len > stamps->len && memcmp(s.ptr, stamps->last, stamps->len) == 0) {
        *time = stamps->time;
        *rest = slice_from(s, stamps->len);
        return true;
    }
    bool is_read =
        ascii_is_alpha(s.len ? s.ptr[0] : ' ')
            ? read_rfc3164(stamps, s, time, &len)
            : read_rfc3339(stamps, s, time, &len) || read_tai64(s, time, &len) || read_epoch(s, time, &len);
    if (!is_read)
        return false;
    if (len < sizeof stamps->last) {
        memcpy(stamps->last, s.ptr, len);
        stamps->len = len;
        stamps->time = *time;
    }
    *rest = slice_from(s, len);
    return true;
}
