/* Pieces of a line's text: see line_text.h. */
#define _GNU_SOURCE
#include "parsers/log/line_text.h"

bool slice_has(struct slice s, const char *word) {
    return s.len && memmem(s.ptr, s.len, word, strlen(word)) != NULL;
}

struct slice slice_between(struct slice s, const char *open, const char *close) {
    const char *start = s.len ? memmem(s.ptr, s.len, open, strlen(open)) : NULL;
    if (!start)
        return SLICE_EMPTY;
    s = slice_from(s, (size_t)(start - s.ptr) + strlen(open));
    const char *end = s.len ? memmem(s.ptr, s.len, close, strlen(close)) : NULL;
    return end ? slice_upto(s, (size_t)(end - s.ptr)) : SLICE_EMPTY;
}

uint32_t log_take_seconds(struct slice *rest) {
    uint32_t value = 0;
    size_t i = 0;
    while (i < rest->len && i < 7 && ascii_is_digit(rest->ptr[i]))
        value = value * 10 + (uint32_t)(rest->ptr[i++] - '0');
    if (!i)
        return UINT32_MAX;
    value *= 100;
    if (i + 1 < rest->len && rest->ptr[i] == '.' && ascii_is_digit(rest->ptr[i + 1])) {
        value += 10 * (uint32_t)(rest->ptr[++i] - '0');
        if (++i < rest->len && ascii_is_digit(rest->ptr[i]))
            value += (uint32_t)(rest->ptr[i++] - '0');
        while (i < rest->len && ascii_is_digit(rest->ptr[i]))
            i++;
    }
    *rest = slice_from(*rest, i);
    return value;
}

size_t log_quoted_length(struct slice s) {
    if (!s.len || s.ptr[0] != '"')
        return 0;
    for (size_t i = 1; i + 1 < s.len; i++) {
        if (s.ptr[i] == '\\')
            i++;
        else if (s.ptr[i] == '"')
            return s.ptr[i + 1] == '@' ? i + 2 : 0;
    }
    return 0;
}

struct slice log_take_bracketed(struct slice *rest, const char *behind) {
    if (!rest->len || rest->ptr[0] != '<')
        return SLICE_EMPTY;
    struct slice inside = slice_from(*rest, 1);
    for (size_t i = log_quoted_length(inside); i < inside.len; i++) {
        bool is_last = i + 1 == inside.len;
        if (inside.ptr[i] != '>' || (behind && !is_last && !strchr(behind, inside.ptr[i + 1])))
            continue;
        *rest = slice_from(inside, i + 1);
        return slice_upto(inside, i);
    }
    return SLICE_EMPTY;
}

struct slice log_take_address(struct slice *rest, const char *closing) {
    size_t i = log_quoted_length(*rest);
    while (i < rest->len && !(rest->ptr[i] && strchr(closing, rest->ptr[i])))
        i++;
    struct slice address = slice_upto(*rest, i);
    *rest = slice_from(*rest, i);
    return address;
}

size_t log_find_outside(struct slice s, const char *word) {
    size_t at = slice_find_char(s, '"');
    const char *found = s.len ? memmem(s.ptr, s.len, word, strlen(word)) : NULL;
    if (!found || s.ptr + at >= found)
        return found ? (size_t)(found - s.ptr) : s.len;
    while (at < s.len) {
        size_t quoted = log_quoted_length(slice_from(s, at));
        if (!quoted && starts(slice_from(s, at), word))
            return at;
        at += quoted ? quoted : 1;
    }
    return s.len;
}

void log_split_host(struct slice s, struct slice *host, struct slice *ip) {
    size_t open = slice_find_char(s, '[');
    *host = slice_trim(slice_upto(s, open));
    *ip = SLICE_EMPTY;
    if (open < s.len) {
        s = slice_from(s, open + 1);
        *ip = slice_upto(s, slice_find_char(s, ']'));
        if (slice_starts_nocase(*ip, SLICE("IPv6:")))
            *ip = slice_from(*ip, 5);
    }
    while (host->len && host->ptr[host->len - 1] == '.')
        host->len--;
}
