/* Pieces of Exim's lines: see exim_text.h. */
#define _GNU_SOURCE
#include "parsers/log/exim_text.h"

#include "parsers/base/address.h"
#include "parsers/base/scan.h"

struct slice exim_take_word(struct slice *rest) {
    *rest = slice_trim(*rest);
    if (rest->len && rest->ptr[0] == '<') {
        struct slice whole = *rest;
        if (log_take_bracketed(rest, " :").ptr)
            return slice_upto(whole, (size_t)(rest->ptr - whole.ptr));
    }
    return log_take_address(rest, ' ');
}

void exim_read_host(struct slice s, struct slice *host, struct slice *ip) {
    size_t at = log_find_outside(s, "H=");
    if (at == s.len)
        return;
    s = slice_from(s, at + 2);
    struct slice name = slice_upto(s, scan_char(s, ' '));
    bool is_helo = name.len && name.ptr[0] == '(';
    if (!is_helo && name.len && name.ptr[0] != '[') {
        *host = name;
        s = slice_trim(slice_from(s, name.len));
    }
    if (s.len && s.ptr[0] == '(') {
        size_t helo = exim_helo_length(s);
        s = slice_from(s, helo < s.len ? helo + 1 : helo);
    } else {
        s = slice_from(s, scan_char(s, '[')); /* "DS [": the name was found by DNSSEC */
    }
    if (s.len && s.ptr[0] == '[')
        *ip = slice_upto(slice_from(s, 1), scan_char(slice_from(s, 1), ']'));
    else
        *host = SLICE_EMPTY;
}

size_t exim_helo_length(struct slice s) {
    static const struct slice mark = SLICE(") [");
    size_t first = slice_find(s, mark);
    size_t length = first < s.len ? first + 1 : 0;
    size_t addresses = 0;
    for (size_t at = first; at < s.len; at += 1 + slice_find(slice_from(s, at + 1), mark)) {
        struct slice ip = slice_from(s, at + mark.len);
        if (!address_is_ip(slice_upto(ip, slice_find_char(ip, ']'))))
            continue;
        if (++addresses > 1)
            return s.len;
        length = at + 1;
    }
    return length;
}

size_t exim_quoted_length(struct slice s) {
    size_t i = starts(s, "=\"") ? 2 : starts(s, "=<\"") ? 3 : 0;
    if (!i)
        return 0;
    while ((i += scan_either(slice_from(s, i), '"', '\\')) < s.len && s.ptr[i] != '"')
        i += 2;
    return i < s.len ? i + 1 : s.len;
}

static size_t find_from(struct slice s, size_t start, struct slice word) {
    return start + slice_find(slice_from(s, start), word);
}

size_t exim_find_word_unquoted(struct slice s, size_t start, struct slice word) {
    size_t at = find_from(s, start, word);
    while (at < s.len) {
        struct slice before = slice_from(slice_upto(s, at), start);
        size_t quote = at;
        if (slice_find_char(before, '"') < before.len) { /* few lines have one */
            size_t address = slice_find(before, SLICE("=<\""));
            quote = start + slice_find(slice_upto(before, address + 1), SLICE("=\""));
            quote = quote < start + address ? quote : start + address;
        }
        if (quote == at)
            return at;
        start = quote + exim_quoted_length(slice_from(s, quote));
        if (at < start) /* else it is still the first behind */
            at = find_from(s, start, word);
    }
    return s.len;
}

/* Where the value of a key belongs; NULL: nobody asks for it. */
static struct slice *place_of(struct exim_keys *keys, char letter) {
    switch (letter) {
    case 'S':
        return &keys->size;
    case 'X':
        return &keys->tls;
    case 'A':
        return &keys->account;
    case 'I':
        return &keys->local;
    case 'R':
        return &keys->router;
    default:
        return NULL;
    }
}

struct exim_keys exim_read_keys(struct slice s) {
    struct exim_keys keys = {.size = SLICE_EMPTY};
    size_t start = 0; /* behind the last quoted value */
    for (size_t i = 0; (i += scan_char(slice_from(s, i), '=')) < s.len; i++) {
        bool is_key = i >= start + 2 && s.ptr[i - 2] == ' ' && s.ptr[i - 1] >= 'A' && s.ptr[i - 1] <= 'Z';
        size_t quoted = exim_quoted_length(slice_from(s, i));
        struct slice *value = is_key ? place_of(&keys, s.ptr[i - 1]) : NULL;
        if (value && !value->ptr) {
            *value = slice_from(s, i + 1);
            *value = slice_upto(*value, scan_char(*value, ' '));
        }
        if (quoted && is_key && s.ptr[i - 1] == 'C')
            keys.answer = slice_from(slice_upto(s, i + quoted), i + 2);
        start = quoted ? i + quoted : start;
        i = quoted ? start - 1 : i;
    }
    if (keys.answer.len && keys.answer.ptr[keys.answer.len - 1] == '"')
        keys.answer.len--;
    return keys;
}

/* "1d2h3m4s", "0.250s", "2m5s": as Exim writes how long something took, in hundredths of a second. */
static uint32_t duration(struct slice s) {
    uint64_t all = 0;
    bool is_read = false;
    while (s.len) {
        uint32_t value = log_take_seconds(&s);
        if (value == LOG_NO_DELAY || !s.len)
            return LOG_NO_DELAY;
        char unit = s.ptr[0];
        all += (uint64_t)value * (unit == 'w'   ? 604800
                                  : unit == 'd' ? 86400
                                  : unit == 'h' ? 3600
                                  : unit == 'm' ? 60
                                                : 1);
        s = slice_from(s, 1);
        is_read = true;
    }
    return is_read && all < LOG_NO_DELAY ? (uint32_t)all : LOG_NO_DELAY;
}

/* "QT=2m5s DT=0.4s" at the end of a delivery's line, behind all that others wrote. */
void exim_read_durations(struct log_event *e, struct slice text) {
    struct slice end = slice_from(text, text.len > 60 ? text.len - 60 : 0);
    struct slice last;
    const char *quote = end.len ? memrchr(end.ptr, '"', end.len) : NULL;
    if (quote)
        end = slice_from(end, (size_t)(quote - end.ptr) + 1);
    while (slice_next_word(&end, &last)) {
        if (starts(last, "QT="))
            e->delay = duration(slice_from(last, 3));
        else if (starts(last, "DT="))
            e->sending = duration(slice_from(last, 3));
    }
}
