/* Pieces of a line's text that several dialects read. */
#ifndef MAILWHY_LOG_LINE_TEXT_H
#define MAILWHY_LOG_LINE_TEXT_H

#include "parsers/base/slice.h"

/* Does it start with that literal? The comparison is one of the literal's bytes. */
static inline __attribute__((always_inline)) bool starts(struct slice s, const char *word) {
    size_t len = strlen(word);
    return s.len >= len && memcmp(s.ptr, word, len) == 0;
}

/* Does it stand anywhere in it? */
bool slice_has(struct slice s, const char *word);

/* What stands between the first `open` and the first `close` behind it; empty where one is not there. */
struct slice slice_between(struct slice s, const char *open, const char *close);

/* "mx.example.org.[192.0.2.1]:25", "mx.example.org [IPv6:2001:db8::1]": host without the last dot, and ip. */
void log_split_host(struct slice s, struct slice *host, struct slice *ip);

#endif
