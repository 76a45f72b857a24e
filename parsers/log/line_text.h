/* Pieces of a line's text that several dialects read. */
#ifndef MAILWHY_LOG_LINE_TEXT_H
#define MAILWHY_LOG_LINE_TEXT_H

#include "parsers/base/slice.h"

#include <stdint.h>

/* Does it start with that literal? The comparison is one of the literal's bytes. */
static inline __attribute__((always_inline)) bool starts(struct slice s, const char *word) {
    size_t len = strlen(word);
    return s.len >= len && memcmp(s.ptr, word, len) == 0;
}

/* Does it stand anywhere in it? */
static inline __attribute__((always_inline)) bool slice_has(struct slice s, const char *word) {
    return slice_find(s, slice_of(word)) < s.len;
}

/* What stands between the first `open` and the first `close` behind it; empty where one is not there. */
struct slice slice_between(struct slice s, const char *open, const char *close);

/* A time in seconds, "0.07" or "1543", as hundredths of a second taken off `rest`; UINT32_MAX: there is none.
 */
uint32_t log_take_seconds(struct slice *rest);

/* Senders and recipients are the words of whoever sent the mail: a quoted local part may hold what looks like
 * the rest of the line. */

/* The length of the local part that begins with a quote at the start of `s`, with its @: "x y"@, "x y".z."w"@
 * (RFC 5322 section 4.4, obs-local-part); 0: there is none. */
size_t log_quoted_length(struct slice s);

/* "<a@b>" or "a@b" taken off `rest`, without the brackets: to the first `close` behind a quoted local part.
 * `behind` are the bytes that may follow the closing bracket; NULL: any. A NULL address: it is not closed. */
struct slice log_take_bracketed(struct slice *rest, const char *behind);
struct slice log_take_address(struct slice *rest, char closing);

/* The first `word` outside of quoted local parts; s.len: none. */
size_t log_find_word_outside(struct slice s, struct slice word);
static inline __attribute__((always_inline)) size_t log_find_outside(struct slice s, const char *word) {
    return log_find_word_outside(s, slice_of(word));
}

/* Is it an id of a message of Exim: 1abcDE-0001Ab-2C, or since 4.97 1abcDE-00000001AbC-2dEF? */
bool log_is_exim_id(struct slice word);

/* The queue id under which whoever took a mail tells of it: "queued as 4Fq2xR6hLmz9rJ" (Postfix, amavis), "OK
 * id=1abcDE-0001Ab-2C" (Exim), "s1O00bbb025001 Message accepted for delivery" (Sendmail). Empty: none. */
struct slice log_next_id(struct slice reply);

/* Of this host itself (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3). */
bool log_is_loopback(struct slice ip);

/* An address of this host or of a private network (RFC 1918, RFC 4193), or a socket. */
bool log_is_near(struct slice ip);

/* "mx.example.org.[192.0.2.1]:25", "mx.example.org [IPv6:2001:db8::1]": host without the last dot, and ip. */
void log_split_host(struct slice s, struct slice *host, struct slice *ip);

#endif
