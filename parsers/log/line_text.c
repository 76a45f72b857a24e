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
