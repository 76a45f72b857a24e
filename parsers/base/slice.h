/* A slice is a piece of somebody else's bytes: not owned, not terminated.
 * Comparisons that say _nocase fold ASCII only. */
#ifndef MAILWHY_SLICE_H
#define MAILWHY_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const char *ptr;
    size_t len;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})
#define SLICE_EMPTY    ((struct slice){NULL, 0})

/* The two arguments of a "%.*s". */
#define S(slice) (int)(slice).len, (slice).ptr ? (slice).ptr : ""

static inline struct slice slice_of(const char *string) {
    return (struct slice){string, string ? strlen(string) : 0};
}

static inline struct slice slice_from(struct slice s, size_t start) {
    size_t skip = start < s.len ? start : s.len;
    return skip ? (struct slice){s.ptr + skip, s.len - skip} : s; /* an empty slice may have no address */
}

static inline struct slice slice_upto(struct slice s, size_t len) {
    return (struct slice){s.ptr, len < s.len ? len : s.len};
}

static inline bool ascii_is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool ascii_is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool ascii_is_alnum(char c) {
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

/* One of `set`; of no set NUL is one, which ends it. */
static inline bool ascii_is_any(char c, const char *set) {
    return c && strchr(set, c);
}

static inline char ascii_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Write it at `out` with ASCII letters in lower case. */
void slice_lower(char *out, struct slice s);

struct slice slice_trim(struct slice s);

static inline bool slice_is_ascii(struct slice s) {
    size_t i = 0;
    for (uint64_t word; i + sizeof word <= s.len; i += sizeof word) {
        memcpy(&word, s.ptr + i, sizeof word);
        if (word & 0x8080808080808080U)
            return false;
    }
    for (; i < s.len; i++)
        if ((unsigned char)s.ptr[i] & 0x80)
            return false;
    return true;
}

static inline bool slice_equal(struct slice a, struct slice b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Their order by bytes, the shorter of two that begin alike first: below, at or above 0. */
static inline int slice_compare(struct slice a, struct slice b) {
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Most texts differ in length or first letter, more than its case does: of these no function is called. */
bool slice_equal_nocase_wholly(struct slice a, struct slice b);
static inline bool slice_equal_nocase(struct slice a, struct slice b) {
    return a.len == b.len &&
           (a.len == 0 || (((a.ptr[0] ^ b.ptr[0]) & ~0x20) == 0 && slice_equal_nocase_wholly(a, b)));
}

/* The same for a string, whose length is asked for only where the first letter fits. */
static inline bool slice_is_nocase(struct slice s, const char *string) {
    return s.len == 0 ? !*string
                      : ((s.ptr[0] ^ *string) & ~0x20) == 0 && slice_equal_nocase(s, slice_of(string));
}

/* Two strings, most of which differ in their first letter. */
static inline bool string_equal(const char *a, const char *b) {
    return *a == *b && strcmp(a, b) == 0;
}

static inline bool slice_starts_nocase(struct slice s, struct slice prefix) {
    return s.len >= prefix.len && slice_equal_nocase(slice_upto(s, prefix.len), prefix);
}

static inline bool slice_ends_nocase(struct slice s, struct slice suffix) {
    return s.len >= suffix.len && slice_equal_nocase(slice_from(s, s.len - suffix.len), suffix);
}

/* The offset of the first match, or s.len. Linear for the short needles used here. */
size_t slice_find(struct slice s, struct slice needle);
size_t slice_find_nocase(struct slice s, struct slice needle);

/* The offset of the last match, or s.len: where a line ends in words of the program's own, behind a
 * stranger's that may look like them. */
size_t slice_find_last(struct slice s, struct slice needle);
size_t slice_find_last_nocase(struct slice s, struct slice needle);

/* The length of the quoted string that begins `s`, with both quotes; 0: it is not closed. A backslash takes
 * the next byte as it is (RFC 5322 section 3.2.4). */
size_t slice_quoted_length(struct slice s);

static inline size_t slice_find_char(struct slice s, char c) {
    const char *hit = s.len ? (const char *)memchr(s.ptr, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.ptr) : s.len;
}

/* Take the next line off `rest`: without its CRLF, LF or lone CR at the end of the slice.
 * Returns false when nothing is left. */
bool slice_next_line(struct slice *rest, struct slice *line);

/* Line numbers of places in a text, asked for in rising order: `line` is that of `at`. */
struct line_counter {
    const char *at;
    unsigned line; /* 0: not known, then nor is any other */
};
unsigned line_counter_at(struct line_counter *counter, const char *place);

/* Take the next run of non-space characters off `rest`. */
bool slice_next_word(struct slice *rest, struct slice *word);

/* A decimal number of at most 9 digits at the start of `s`; -1 when there is none. */
int slice_number(struct slice s, size_t *digits);

#endif
