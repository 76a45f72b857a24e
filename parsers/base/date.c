/* Dates: see date.h. Reads the words of a date in any order that mail programs use. */
#include "parsers/base/date.h"

#include <glib.h>

struct date {
    int year, month, day, hour, minute, second;
    int zone;                /* minutes east of UTC */
    bool has_time, has_zone; /* a zone's name in a comment behind its offset says nothing new */
};

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";

static const struct {
    const char *name;
    int minutes;
} zones[] = {{"ut", 0},      {"gmt", 0},     {"utc", 0},    {"z", 0},      {"est", -300}, {"edt", -240},
             {"cst", -360},  {"cdt", -300},  {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420},
             {"jst", 540},   {"cet", 60},    {"cest", 120}, {"bst", 60},   {"msk", 180},  {"ist", 330},
             {"met", 60},    {"mest", 120},  {"mesz", 120}, {"mez", 60},   {"wet", 0},    {"west", 60},
             {"eet", 120},   {"eest", 180},  {"kst", 540},  {"hkt", 480},  {"sgt", 480},  {"hst", -600},
             {"akst", -540}, {"akdt", -480}, {"ast", -240}, {"adt", -180}, {"aest", 600}, {"aedt", 660},
             {"nzst", 720},  {"nzdt", 780},  {"sast", 120}};

static int month_of(struct slice word) {
    if (word.len < 3)
        return 0;
    char three[3];
    slice_lower(three, slice_upto(word, 3));
    for (int m = 0; m < 12; m++)
        if (memcmp(three, months + m * 3, 3) == 0)
            return m + 1;
    return 0;
}

static bool read_time(struct slice word, struct date *d) {
    size_t n;
    int hour = slice_number(word, &n);
    if (hour < 0 || n > 2 || n >= word.len || word.ptr[n] != ':')
        return false;
    word = slice_from(word, n + 1);
    int minute = slice_number(word, &n);
    int second = 0;
    if (n < word.len && word.ptr[n] == ':')
        second = slice_number(slice_from(word, n + 1), NULL);
    if (hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return false;
    d->hour = hour;
    d->minute = minute;
    d->second = second;
    d->has_time = true;
    return true;
}

bool date_zone(struct slice word, int *minutes) {
    if (word.len >= 5 && (word.ptr[0] == '+' || word.ptr[0] == '-')) {
        int value = slice_number(slice_from(word, 1), NULL);
        if (value < 0 || value >= 2400)
            return false;
        int offset = value / 100 * 60 + value % 100;
        *minutes = word.ptr[0] == '-' ? -offset : offset;
        return true;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
        if (slice_is_nocase(word, zones[i].name)) {
            *minutes = zones[i].minutes;
            return true;
        }
    return false;
}

/* 2026-11-24 or 24-Nov-2026; with T or blank before the time. */
static bool read_dashed(struct slice word, struct date *d) {
    size_t n;
    int first = slice_number(word, &n);
    if (first < 0 || n >= word.len || word.ptr[n] != '-')
        return false;
    struct slice rest = slice_from(word, n + 1);
    size_t m;
    int second = slice_number(rest, &m);
    if (second < 0) {
        second = month_of(rest);
        m = slice_find_char(rest, '-');
    }
    int third = slice_number(slice_from(rest, m + 1), &m);
    if (second < 1 || third < 0)
        return false;
    d->year = n == 4 ? first : third;
    d->month = second;
    d->day = n == 4 ? third : first;
    size_t t = slice_find_char(word, 'T');
    if (n == 4 && t < word.len)
        read_time(slice_from(word, t + 1), d);
    return true;
}

static void read_number(struct slice word, struct date *d) {
    size_t n;
    int value = slice_number(word, &n);
    if (value < 0)
        return;
    if (n >= 3)
        d->year = n == 3 ? value + 1900 : value;
    else if (d->day == 0)
        d->day = value;
    else if (d->year == 0)
        d->year = value < 50 ? value + 2000 : value + 1900;
}

static bool is_mark(char c) {
    return c == ',' || c == ';' || c == '(' || c == ')' || c == '\0';
}

static void read_word(struct slice word, struct date *d) {
    while (word.len && is_mark(word.ptr[word.len - 1]))
        word.len--;
    while (word.len && (word.ptr[0] == '(' || word.ptr[0] == ',' || word.ptr[0] == '\0'))
        word = slice_from(word, 1);
    if (word.len == 0)
        return;
    if (ascii_is_digit(word.ptr[0])) {
        if (!read_time(word, d) && !(d->month == 0 && read_dashed(word, d)))
            read_number(word, d);
    } else if (d->has_time && !d->has_zone && date_zone(word, &d->zone)) {
        d->has_zone = true;
    } else if (d->month == 0 && ascii_is_alpha(word.ptr[0])) {
        d->month = month_of(word);
    }
}

int64_t date_days(int year, int month, int day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int64_t date_parse(struct slice text) {
    struct date d = {0};
    struct slice word;
    text = slice_upto(text, 200);
    while (slice_next_word(&text, &word)) {
        size_t comma = slice_find_char(word, ',');
        if (comma < word.len && comma > 0) { /* "Thu,29" */
            read_word(slice_upto(word, comma), &d);
            word = slice_from(word, comma + 1);
        }
        read_word(word, &d);
    }
    if (d.year < 1970 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31)
        return -1;
    return date_days(d.year, d.month, d.day) * 86400 + d.hour * 3600 + d.minute * 60 + d.second - d.zone * 60;
}

static char *write_digits(char *out, unsigned value, int digits, char behind) {
    for (int i = digits; i-- > 0; value /= 10)
        out[i] = (char)('0' + value % 10);
    out[digits] = behind;
    return out + digits + 1;
}

/* The years 1 to 9999. A year is counted from March, so that a leap day is its last. */
void date_format(int64_t seconds, char out[24]) {
    out[0] = '\0';
    if (seconds < INT64_C(-62135596800) || seconds > INT64_C(253402300799))
        return;
    uint64_t since = (uint64_t)(seconds + INT64_C(62162035200)); /* the first of March of a year 0 */
    unsigned days = (unsigned)(since / 86400);
    unsigned second = (unsigned)(since % 86400);
    unsigned era = days / 146097;
    unsigned of_era = days % 146097;
    unsigned year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    unsigned of_year = of_era - (365 * year + year / 4 - year / 100);
    unsigned month = (5 * of_year + 2) / 153; /* from March */
    unsigned day = of_year - (153 * month + 2) / 5 + 1;
    out = write_digits(out, era * 400 + year + (month >= 10), 4, '-');
    out = write_digits(out, month < 10 ? month + 3 : month - 9, 2, '-');
    out = write_digits(out, day, 2, 'T');
    out = write_digits(out, second / 3600, 2, ':');
    out = write_digits(out, second / 60 % 60, 2, ':');
    write_digits(out, second % 60, 2, 'Z')[0] = '\0';
}
