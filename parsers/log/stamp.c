/* Time stamps: see stamp.h. */
#include "parsers/log/stamp.h"

#include "parsers/base/date.h"

#define TAI_OFFSET (((int64_t)1 << 62) + 10)
#define DAY        86400

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
    int year = 1970 + (int)(time / (365 * DAY + DAY / 4));
    return time < date_days(year, 1, 1) * DAY        ? year - 1
           : time >= date_days(year + 1, 1, 1) * DAY ? year + 1
                                                     : year;
}

/* "Nov  1 00:00:11 ": the latest such day that is not in the future of the file. */
static bool read_rfc3164(struct slice s, int64_t now, int64_t *time, size_t *len) {
    if (s.len < 16 || s.ptr[3] != ' ' || s.ptr[6] != ' ')
        return false;
    int month = month_of(s.ptr);
    int day = s.ptr[4] == ' ' ? digits(s.ptr + 5, 1) : digits(s.ptr + 4, 2);
    int second = seconds_of_day(s.ptr + 7);
    if (!month || day < 1 || day > 31 || second < 0)
        return false;
    int year = year_of(now);
    *time = date_days(year, month, day) * DAY + second;
    if (*time > now + DAY)
        *time = date_days(year - 1, month, day) * DAY + second;
    *len = 15;
    if (s.len > 21 && s.ptr[15] == ' ' && s.ptr[20] == ' ' && digits(s.ptr + 16, 4) >= 1970) { /* "… 2026 " */
        *time = date_days(digits(s.ptr + 16, 4), month, day) * DAY + second;
        *len = 20;
    }
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
static bool read_rfc3339(struct slice s, int64_t *time, size_t *len) {
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
    n += read_offset(slice_from(s, n), &offset);
    *time = date_days(year, month, day) * DAY + second - offset;
    *len = n;
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
            ? read_rfc3164(s, stamps->now, time, &len)
            : read_rfc3339(s, time, &len) || read_tai64(s, time, &len) || read_epoch(s, time, &len);
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
