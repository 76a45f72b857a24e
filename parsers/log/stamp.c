/* Time stamps: see stamp.h. */
#include "parsers/log/stamp.h"

#include "parsers/base/date.h"
#include "parsers/log/month.h"

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

/* A zone's name in capitals or its offset, behind a blank: "UTC", "CET", "+0100", "-03". With `is_any` also a
 * name that is not known: the time is then a local one. Returns its length with the blank; 0: none. */
static size_t read_zone_word(struct slice s, bool is_any, bool *is_known, int *offset) {
    struct slice word = slice_upto(slice_from(s, 1), 7);
    size_t end = slice_find_char(word, ' ');
    int minutes = 0;
    if (!s.len || s.ptr[0] != ' ' || end < 2 || (end == word.len && end == 7))
        return 0;
    word.len = end;
    bool is_offset = word.ptr[0] == '+' || word.ptr[0] == '-';
    for (size_t i = 0; !is_offset && i < end; i++)
        if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
            return 0;
    if (is_offset && end == 3 && digits(word.ptr + 1, 2) >= 0) {
        minutes = digits(word.ptr + 1, 2) * (word.ptr[0] == '-' ? -60 : 60);
        *is_known = true;
    } else {
        *is_known = date_zone(word, &minutes);
    }
    *offset = minutes * 60;
    return *is_known || (is_any && !is_offset) ? end + 1 : 0;
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

static void keep_offset(struct stamps *stamps, int offset) {
    stamps->has_offset = true;
    stamps->offset = offset;
}

/* ".123456" or ",123": its length. */
static size_t fraction_length(struct slice s) {
    size_t n = s.len && (s.ptr[0] == '.' || s.ptr[0] == ',');
    while (n && n < s.len && ascii_is_digit(s.ptr[n]))
        n++;
    return n > 1 ? n : 0;
}

/* " 2026", and a blank or the end: the year, and its length with the blank; 0: none. */
static size_t read_year(struct slice s, int *year) {
    bool is_one = s.len >= 5 && s.ptr[0] == ' ' && digits(s.ptr + 1, 4) >= 1970 &&
                  (s.len == 5 || strchr(" :]", s.ptr[5] ? s.ptr[5] : '.'));
    if (is_one)
        *year = digits(s.ptr + 1, 4);
    return is_one ? 5 : 0;
}

/* What stands behind "hh:mm:ss": a fraction, and a year and a zone in any order. */
static size_t read_behind(struct slice s, int *year, bool *has_zone, int *offset) {
    size_t n = fraction_length(s);
    size_t zone = 0;
    if (!*year)
        n += read_year(slice_from(s, n), year);
    zone = read_offset(slice_from(s, n), offset);
    *has_zone = zone > 0;
    if (!zone)
        zone = read_zone_word(slice_from(s, n), false, has_zone, offset);
    n += zone;
    return zone && !*year ? n + read_year(slice_from(s, n), year) : n;
}

/* "Nov  1 00:00:11", as RFC 3164 section 4.1.2 has it; also "Nov 1", "Dez 01", "Nov 24 2026 09:14:07", with a
 * fraction, and with a year or zone behind it. */
static bool read_month_first(struct stamps *stamps, struct slice s, int year, int64_t *time, size_t *len) {
    size_t n = slice_find_char(slice_upto(s, 14), ' ');
    int month = n < 14 && n < s.len ? month_of_word(slice_upto(s, n)) : 0;
    if (!month)
        return false;
    n += n + 1 < s.len && s.ptr[n + 1] == ' ' ? 2 : 1;
    size_t width = 0;
    int day = slice_number(slice_upto(slice_from(s, n), 3), &width);
    n += width;
    if (day < 1 || day > 31 || n + 9 > s.len || s.ptr[n] != ' ')
        return false;
    n += year ? 0 : read_year(slice_from(s, n), &year);
    int second = n + 9 <= s.len ? seconds_of_day(s.ptr + n + 1) : -1;
    if (second < 0 || (s.ptr[n] != ' ' && s.ptr[n] != ':'))
        return false;
    n += 9;
    bool has_zone = false;
    int offset = 0;
    *len = n + read_behind(slice_from(s, n), &year, &has_zone, &offset);
    *time = year ? date_days(year, month, day) * DAY + second : time_in_some_year(stamps, month, day, second);
    if (has_zone)
        keep_offset(stamps, offset);
    *time = has_zone ? *time - offset : time_of_local(stamps, *time);
    return true;
}

/* "2026 Nov 24 09:14:07" */
static bool read_year_and_month(struct stamps *stamps, struct slice s, int64_t *time, size_t *len) {
    int year = s.len > 5 && s.ptr[4] == ' ' ? digits(s.ptr, 4) : -1;
    if (year < 1970 || !read_month_first(stamps, slice_from(s, 5), year, time, len))
        return false;
    *len += 5;
    return true;
}

/* What stands between the parts: "2026-11-24 09", "2026/11/24T09", "2026:11:24-09" (Sophos UTM). */
static bool has_year_first(struct slice s) {
    char part = s.ptr[4];
    bool is_usual = (part == '-' || part == '/') && (s.ptr[10] == 'T' || s.ptr[10] == ' ');
    return s.ptr[7] == part && (is_usual || (part == ':' && s.ptr[10] == '-'));
}

/* "2026-11-24T09:14:07.123456+00:00", "2026-11-24 09:14:07", "2026/11/24 09:14:07", "2026:11:24-09:14:07";
 * with `is_named` (behind a weekday, as journalctl writes it) any name of a zone follows. */
static bool read_year_first(struct stamps *stamps, struct slice s, bool is_named, int64_t *time,
                            size_t *len) {
    if (s.len < 19 || !has_year_first(s))
        return false;
    int year = digits(s.ptr, 4);
    int month = digits(s.ptr + 5, 2);
    int day = digits(s.ptr + 8, 2);
    int second = seconds_of_day(s.ptr + 11);
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31 || second < 0)
        return false;
    size_t n = 19 + fraction_length(slice_from(s, 19));
    int offset;
    size_t zone = read_offset(slice_from(s, n), &offset);
    bool has_zone = zone > 0;
    if (!zone)
        zone = read_zone_word(slice_from(s, n), is_named, &has_zone, &offset);
    int64_t local = date_days(year, month, day) * DAY + second;
    *time = has_zone ? local - offset : time_of_local(stamps, local);
    if (has_zone)
        keep_offset(stamps, offset);
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

/* "Tue 2026-11-24 09:14:03 UTC", "Tue Nov 24 09:14:03 UTC 2026", "Tue, Nov 24 …" */
static bool read_weekday_first(struct stamps *stamps, struct slice s, int64_t *time, size_t *len) {
    static const char days[] = "SunMonTueWedThuFriSat";
    size_t day = 0;
    while (day < 21 && (s.len < 5 || memcmp(s.ptr, days + day, 3) != 0))
        day += 3;
    size_t n = day < 21 && s.ptr[3] == ',' ? 4 : 3;
    if (day == 21 || s.ptr[n] != ' ')
        return false;
    s = slice_from(s, ++n);
    if (!read_year_first(stamps, s, true, time, len) && !read_month_first(stamps, s, 0, time, len))
        return false;
    *len += n;
    return true;
}

/* "24/Nov/2026 09:14:07", "24/Nov/2026:09:14:07 +0100" */
static bool read_day_first(struct stamps *stamps, struct slice s, int64_t *time, size_t *len) {
    int day = s.len > 20 && s.ptr[2] == '/' && s.ptr[6] == '/' ? digits(s.ptr, 2) : 0;
    int month = day > 0 ? month_of_word(slice_upto(slice_from(s, 3), 3)) : 0;
    int year = month ? digits(s.ptr + 7, 4) : 0;
    int second = year >= 1970 && (s.ptr[11] == ' ' || s.ptr[11] == ':') ? seconds_of_day(s.ptr + 12) : -1;
    if (second < 0 || day > 31)
        return false;
    bool has_zone = false;
    int offset = 0;
    *len = 20 + read_behind(slice_from(s, 20), &year, &has_zone, &offset);
    *time = date_days(year, month, day) * DAY + second;
    if (has_zone)
        keep_offset(stamps, offset);
    *time = has_zone ? *time - offset : time_of_local(stamps, *time);
    return true;
}

static bool read_any(struct stamps *stamps, struct slice s, int64_t *time, size_t *len) {
    char c = s.len ? s.ptr[0] : ' ';
    if (ascii_is_digit(c) || c == '@')
        return read_year_first(stamps, s, false, time, len) || read_tai64(s, time, len) ||
               read_epoch(s, time, len) || read_month_first(stamps, s, 0, time, len) ||
               read_year_and_month(stamps, s, time, len) || read_day_first(stamps, s, time, len);
    return c != ' ' &&
           (read_month_first(stamps, s, 0, time, len) || read_weekday_first(stamps, s, time, len));
}

/* The last stamp again? One that goes on is another. */
static bool is_last(const struct stamps *stamps, struct slice s) {
    return stamps->len && s.len > stamps->len + 1 && memcmp(s.ptr, stamps->last, stamps->len) == 0 &&
           s.ptr[stamps->len] == stamps->behind && !ascii_is_digit(s.ptr[stamps->len + 1]);
}

bool stamp_take(struct stamps *stamps, struct slice *rest, int64_t *time) {
    struct slice s = *rest;
    size_t len;
    if (is_last(stamps, s)) {
        *time = stamps->time;
        *rest = slice_from(s, stamps->len);
        return true;
    }
    if (!read_any(stamps, s, time, &len))
        return false;
    if (len < sizeof stamps->last) {
        memcpy(stamps->last, s.ptr, len);
        stamps->len = len;
        stamps->behind = len < s.len ? s.ptr[len] : '\0';
        stamps->time = *time;
    }
    *rest = slice_from(s, len);
    return true;
}
