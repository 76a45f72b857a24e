/* Times as exports write them: see export_time.h. */
#include "parsers/log/export_time.h"

#include "parsers/base/date.h"
#include "parsers/log/stamp.h"

#define DAY 86400

/* A number of up to `most` digits taken off; -1: there is none, or it is longer. */
static int64_t take_number(struct slice *s, size_t most) {
    int64_t value = 0;
    size_t n = 0;
    for (; n < s->len && ascii_is_digit(s->ptr[n]); n++)
        if (n < most)
            value = value * 10 + (s->ptr[n] - '0');
    *s = slice_from(*s, n);
    return n && n <= most ? value : -1;
}

static bool take_char(struct slice *s, char c) {
    bool is_there = s->len && s->ptr[0] == c;
    *s = slice_from(*s, is_there);
    return is_there;
}

/* Since the epoch: its length says in what it counts. */
static int64_t read_epoch(struct slice text) {
    struct slice s = text;
    int64_t value = take_number(&s, 17);
    size_t digits = text.len - s.len;
    if (take_char(&s, '.'))
        take_number(&s, 17);
    if (value < 0 || s.len || digits < 9)
        return -1;
    return digits > 14 ? value / 1000000 : digits > 11 ? value / 1000 : value;
}

struct day {
    int64_t first, second, year;
    char mark; /* that stands between them */
};

/* "11/24/2026", "24.11.2026" */
static bool take_day(struct slice *s, struct day *d) {
    d->first = take_number(s, 2);
    d->mark = s->len ? s->ptr[0] : ' ';
    if (d->first < 1 || (d->mark != '/' && d->mark != '.' && d->mark != '-') || !take_char(s, d->mark))
        return false;
    d->second = take_number(s, 2);
    if (d->second < 1 || !take_char(s, d->mark))
        return false;
    d->year = take_number(s, 4);
    return d->year >= 1970;
}

/* " 9:14:07 AM", ", 21:14"; -1: none */
static int64_t take_time_of_day(struct slice *s) {
    take_char(s, ',');
    *s = slice_trim(*s);
    int64_t hour = take_number(s, 2);
    if (hour < 0 || hour > 23 || !take_char(s, ':'))
        return -1;
    int64_t minute = take_number(s, 2);
    int64_t second = take_char(s, ':') ? take_number(s, 2) : 0;
    if (take_char(s, '.'))
        take_number(s, 9);
    *s = slice_trim(*s);
    bool is_half = s->len >= 2 && ascii_lower(s->ptr[1]) == 'm' && hour >= 1 && hour <= 12;
    if (is_half && ascii_lower(s->ptr[0]) == 'p')
        hour = hour % 12 + 12;
    else if (is_half && ascii_lower(s->ptr[0]) == 'a')
        hour %= 12;
    return minute >= 0 && minute < 60 && second >= 0 && second <= 60 ? (hour * 60 + minute) * 60 + second
                                                                     : -1;
}

static int64_t read_local(struct slice s, bool is_day_first) {
    struct day d;
    if (!take_day(&s, &d))
        return -1;
    is_day_first = d.second > 12 ? false : d.mark != '/' || d.first > 12 || is_day_first;
    int64_t day = is_day_first ? d.first : d.second;
    int64_t month = is_day_first ? d.second : d.first;
    int64_t second = s.len ? take_time_of_day(&s) : 0;
    if (month > 12 || day > 31 || second < 0)
        return -1;
    return date_days((int)d.year, (int)month, (int)day) * DAY + second;
}

int64_t export_time(struct slice text, bool is_day_first) {
    static const struct slice wrapped = SLICE("/Date(");
    struct stamps none = {0};
    struct slice s = slice_trim(text);
    if (slice_starts_nocase(s, wrapped))
        s = slice_from(slice_upto(s, slice_find_char(s, ')')), wrapped.len);
    if (!s.len)
        return -1;
    int64_t time = read_epoch(s);
    struct slice rest = s;
    if (time == -1 && !(ascii_is_digit(s.ptr[0]) && stamp_take(&none, &rest, &time)))
        time = read_local(s, is_day_first);
    return time == -1 ? date_parse(s) : time;
}

bool export_time_is_day_first(struct slice text) {
    bool is_found = false;
    for (size_t at = 0; at < text.len;) {
        struct slice s = slice_from(text, at);
        struct slice rest = s;
        struct day d;
        bool is_number = ascii_is_digit(s.ptr[0]);
        if (is_number && take_day(&rest, &d) && d.mark == '/') {
            if (d.second > 12)
                return false;
            is_found |= d.first > 12;
        }
        while (is_number && at < text.len && ascii_is_digit(text.ptr[at]))
            at++;
        at += !is_number;
    }
    return is_found;
}
