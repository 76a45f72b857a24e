/* Pieces of a line's text: see line_text.h. */
#define _GNU_SOURCE
#include "parsers/log/line_text.h"

#include "parsers/base/scan.h"

struct slice slice_between(struct slice s, const char *open, const char *close) {
    size_t start = slice_find(s, slice_of(open));
    if (start == s.len)
        return SLICE_EMPTY;
    s = slice_from(s, start + strlen(open));
    size_t end = slice_find(s, slice_of(close));
    return end < s.len ? slice_upto(s, end) : SLICE_EMPTY;
}

uint32_t log_take_seconds(struct slice *rest) {
    const char *p = rest->ptr;
    const char *end = p + rest->len;
    const char *most = p + (rest->len < 7 ? rest->len : 7);
    uint32_t value = 0;
    for (; p < most && ascii_is_digit(*p); p++)
        value = value * 10 + (uint32_t)(*p - '0');
    if (p == rest->ptr)
        return UINT32_MAX;
    value *= 100;
    if (end - p > 1 && *p == '.' && ascii_is_digit(p[1])) {
        value += 10 * (uint32_t)(p[1] - '0');
        p += 2;
        if (p < end && ascii_is_digit(*p))
            value += (uint32_t)(*p++ - '0');
        while (p < end && ascii_is_digit(*p))
            p++;
    }
    if (p < end && *p == 'e') /* "9e+02": no mail system writes that; a time cut short would mislead */
        return UINT32_MAX;
    *rest = (struct slice){p, (size_t)(end - p)};
    return value;
}

static bool is_of_atom(char c) {
    return (unsigned char)c > ' ' && !strchr("\"<>@,;:()[]\\", c);
}

/* *walked: how many bytes were looked at, more or less. */
static size_t quoted_length(struct slice s, size_t *walked) {
    size_t i = 0;
    *walked = 1;
    while (i < s.len && s.ptr[i] == '"') {
        size_t word = slice_quoted_length(slice_from(s, i));
        *walked = word ? i + word : s.len;
        i += word;
        if (!word || i >= s.len || (s.ptr[i] != '.' && s.ptr[i] != '@'))
            return 0;
        while (i < s.len && is_of_atom(s.ptr[i])) /* "x y".z."w v"@ */
            i++;
        if (i < s.len && s.ptr[i] == '@')
            return i + 1;
        if (i >= s.len || s.ptr[i - 1] != '.')
            return 0;
    }
    return 0;
}

size_t log_quoted_length(struct slice s) {
    size_t walked;
    return quoted_length(s, &walked);
}

/* Past the local part of the address at the start, as far as quotes in it may hold one of its ends; `end` is
 * the first of these. */
static size_t past_quotes(struct slice s, size_t end) {
    size_t quote = scan_char(slice_upto(s, end + 1), '"');
    if (quote > end || (quote && (quote == end || s.ptr[quote - 1] != '.')) || quote >= s.len)
        return end;
    size_t quoted = log_quoted_length(slice_from(s, quote));
    return quoted ? quote + quoted : end;
}

/* A NUL is one of any. */
static inline bool is_one_of(char c, const char *bytes) {
    while (*bytes && *bytes != c)
        bytes++;
    return *bytes == c;
}

struct slice log_take_bracketed(struct slice *rest, const char *behind) {
    if (!rest->len || rest->ptr[0] != '<')
        return SLICE_EMPTY;
    struct slice inside = slice_from(*rest, 1);
    size_t i = scan_either(inside, '>', '"');
    if (i < inside.len && inside.ptr[i] == '"') {
        if (!i || inside.ptr[i - 1] == '.')
            i += log_quoted_length(slice_from(inside, i));
        i += scan_char(slice_from(inside, i), '>');
    }
    for (; i < inside.len; i += scan_char(slice_from(inside, i), '>')) {
        bool is_last = i + 1 == inside.len;
        if (!behind || is_last || is_one_of(inside.ptr[i + 1], behind)) {
            *rest = slice_from(inside, i + 1);
            return slice_upto(inside, i);
        }
        i++;
    }
    return SLICE_EMPTY;
}

struct slice log_take_address(struct slice *rest, char closing) {
    size_t i = scan_either(*rest, closing, '"');
    if (i < rest->len && rest->ptr[i] == '"') {
        i = past_quotes(*rest, scan_char(*rest, closing));
        i += scan_char(slice_from(*rest, i), closing);
    }
    struct slice address = slice_upto(*rest, i);
    *rest = slice_from(*rest, i);
    return address;
}

#define MOST_WALKS 16 /* through the line, for what begins with its quotes */

size_t log_find_word_outside(struct slice s, struct slice word) {
    size_t found = slice_find(s, word);
    size_t at = found < s.len ? slice_find_char(slice_upto(s, found), '"') : s.len;
    if (at >= found)
        return found;
    for (size_t all = 0, walked; at < s.len && all <= MOST_WALKS * s.len; all += walked) {
        size_t quoted = quoted_length(slice_from(s, at), &walked);
        if (!quoted && slice_equal(slice_upto(slice_from(s, at), word.len), word))
            return at;
        at += quoted ? quoted : 1;
        size_t others = scan_either(slice_from(s, at), '"', word.ptr[0]);
        at += others;
        walked += others;
    }
    return s.len; /* also where its quotes are a riddle */
}

static bool is_id_byte(char c) {
    return ascii_is_alnum(c) || c == '-';
}

/* Sixteen of them. */
static inline bool are_id_bytes(const char *p) {
#ifdef __SSE2__
    __m128i bytes = _mm_loadu_si128((const void *)p);
    __m128i letters = scan_is_between(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z');
    __m128i others =
        _mm_or_si128(scan_is_between(bytes, '0', '9'), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')));
    return _mm_movemask_epi8(_mm_or_si128(letters, others)) == 0xffff;
#else
    for (size_t i = 0; i < 16; i++)
        if (!is_id_byte(p[i]))
            return false;
    return true;
#endif
}

bool log_is_exim_id(struct slice word) {
    if ((word.len != 16 && word.len != 23) || word.ptr[6] != '-' || word.ptr[word.len == 16 ? 13 : 18] != '-')
        return false;
    return are_id_bytes(word.ptr) && are_id_bytes(word.ptr + word.len - 16);
}

/* Most replies hold none of the words: a byte of each is looked for. */
static inline bool may_name_id(struct slice s) {
    return scan_any(s, 'q', '=', 'M') < s.len;
}

struct slice log_next_id(struct slice s) {
    static const char *const marks[] = {"queued as ", "OK id="};
    if (!may_name_id(s))
        return SLICE_EMPTY;
    for (size_t i = 0; s.len && i < sizeof marks / sizeof *marks; i++) {
        struct slice id = slice_from(s, slice_find(s, slice_of(marks[i])) + strlen(marks[i]));
        size_t n = 0;
        while (n < id.len && is_id_byte(id.ptr[n]))
            n++;
        if (n)
            return slice_upto(id, n);
    }
    size_t accepted = slice_find(s, SLICE(" Message accepted"));
    const char *end = accepted < s.len ? s.ptr + accepted : NULL;
    const char *start = end;
    while (start && start > s.ptr && is_id_byte(start[-1]))
        start--;
    return end ? (struct slice){start, (size_t)(end - start)} : SLICE_EMPTY;
}

bool log_is_loopback(struct slice ip) {
    return starts(ip, "127.") || slice_equal(ip, SLICE("::1"));
}

bool log_is_near(struct slice ip) {
    if (starts(ip, "172.")) {
        int second = slice_number(slice_from(ip, 4), NULL);
        return second >= 16 && second <= 31;
    }
    return starts(ip, "127.") || starts(ip, "10.") || starts(ip, "192.168.") || starts(ip, "::1") ||
           starts(ip, "fc") || starts(ip, "fd") || starts(ip, "/") || starts(ip, "private/");
}

void log_split_host(struct slice s, struct slice *host, struct slice *ip) {
    size_t open = scan_char(s, '[');
    *host = slice_upto(s, open);
    if (open && (ascii_is_space(s.ptr[0]) || ascii_is_space(s.ptr[open - 1])))
        *host = slice_trim(*host);
    *ip = SLICE_EMPTY;
    if (open < s.len) {
        s = slice_from(s, open + 1);
        *ip = slice_upto(s, scan_char(s, ']'));
        if (slice_starts_nocase(*ip, SLICE("IPv6:")))
            *ip = slice_from(*ip, 5);
    }
    while (host->len && host->ptr[host->len - 1] == '.')
        host->len--;
}
