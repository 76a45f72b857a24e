/* Slices: see slice.h. */
#define _GNU_SOURCE
#include "parsers/base/slice.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <stdint.h>
#include <strings.h>

/* Eight bytes: adding carries A, and what follows it, into the highest bit of their byte, and what follows Z.
 */
static inline void lower_eight(char *out, const char *bytes) {
    const uint64_t high = 0x8080808080808080U;
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    uint64_t low = word & ~high;
    uint64_t capitals = (low + 0x3f3f3f3f3f3f3f3fU) & ~(low + 0x2525252525252525U) & ~word & high;
    word |= capitals >> 2;
    memcpy(out, &word, sizeof word);
}

/* The last eight in any case, so that some are made twice; fewer one by one. */
void slice_lower(char *out, struct slice s) {
    if (s.len < 8) {
        for (size_t i = 0; i < s.len; i++)
            out[i] = ascii_lower(s.ptr[i]);
        return;
    }
    for (size_t i = 0; i + 8 < s.len; i += 8)
        lower_eight(out + i, s.ptr + i);
    lower_eight(out + s.len - 8, s.ptr + s.len - 8);
}

struct slice slice_trim(struct slice s) {
    while (s.len && ascii_is_space(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len && ascii_is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool slice_equal_nocase_wholly(struct slice a, struct slice b) {
    return strncasecmp(a.ptr, b.ptr, a.len) == 0;
}

#ifdef __SSE2__

/* For longer needles the C library's search, which never looks at a byte of the text twice, is better. */
#define SHORT_NEEDLE 64

/* The byte of the needle that is looked for beside its last one: of words a blank is in most texts. */
static inline size_t telling_byte(struct slice needle) {
    return needle.len > 2 && needle.ptr[0] == ' ';
}

/* The places from `p` on, as bits, at which that byte of the needle and its last are. */
static inline unsigned places_at(const char *p, struct slice needle, size_t first) {
    __m128i begins =
        _mm_cmpeq_epi8(_mm_set1_epi8(needle.ptr[first]), _mm_loadu_si128((const void *)(p + first)));
    __m128i ends = _mm_cmpeq_epi8(_mm_set1_epi8(needle.ptr[needle.len - 1]),
                                  _mm_loadu_si128((const void *)(p + needle.len - 1)));
    return (unsigned)_mm_movemask_epi8(_mm_and_si128(begins, ends));
}

/* The first of sixteen places at which the needle is. */
static const char *first_of(const char *p, unsigned places, struct slice needle) {
    for (; places; places &= places - 1) {
        const char *place = p + __builtin_ctz(places);
        bool is_likely = place[0] == needle.ptr[0] && place[needle.len / 2] == needle.ptr[needle.len / 2];
        if (is_likely && (needle.len <= 3 || memcmp(place, needle.ptr, needle.len) == 0))
            return place;
    }
    return NULL;
}

/* Sixteen places at a time, the last sixteen in any case. */
static const char *find_short(struct slice s, struct slice needle) {
    const char *last = s.ptr + (s.len - needle.len - 15);
    const char *hit = NULL;
    size_t first = telling_byte(needle);
    for (const char *p = s.ptr; p < last && !hit; p += 16) {
        unsigned places = places_at(p, needle, first);
        if (places)
            hit = first_of(p, places, needle);
    }
    return hit ? hit : first_of(last, places_at(last, needle, first), needle);
}

#else
#define SHORT_NEEDLE 0
static const char *find_short(struct slice s, struct slice needle) {
    return memmem(s.ptr, s.len, needle.ptr, needle.len);
}
#endif

/* Of fewer than sixteen places. */
static size_t find_in_few(struct slice s, struct slice needle) {
    for (size_t i = 0; i + needle.len <= s.len; i++)
        if (s.ptr[i] == needle.ptr[0] && memcmp(s.ptr + i, needle.ptr, needle.len) == 0)
            return i;
    return s.len;
}

size_t slice_find(struct slice s, struct slice needle) {
    if (!needle.len)
        return 0; /* an empty slice may have no address, which memmem must not be given */
    if (needle.len > s.len)
        return s.len;
    bool is_short = needle.len <= SHORT_NEEDLE;
    if (needle.len + 15 > s.len)
        return find_in_few(s, needle);
    const char *hit = is_short ? find_short(s, needle) : memmem(s.ptr, s.len, needle.ptr, needle.len);
    return hit ? (size_t)(hit - s.ptr) : s.len;
}

static size_t find_nocase_by_one(struct slice s, struct slice needle) {
    for (size_t i = 0; i + needle.len <= s.len; i++)
        if (ascii_lower(s.ptr[i]) == ascii_lower(needle.ptr[0]) &&
            strncasecmp(s.ptr + i, needle.ptr, needle.len) == 0)
            return i;
    return s.len;
}

#ifdef __SSE2__

/* Where bytes are `c`, or differ from it in the bit that is the case of letters. */
static __m128i places_nocase(const char *p, char c) {
    __m128i bit = _mm_set1_epi8(0x20);
    return _mm_cmpeq_epi8(_mm_or_si128(_mm_loadu_si128((const void *)p), bit), _mm_set1_epi8(c | 0x20));
}

/* Sixteen places at a time, the last sixteen in any case. */
static size_t find_nocase_wide(struct slice s, struct slice needle) {
    size_t behind = needle.len - 1;
    size_t last = s.len - behind - 16;
    for (size_t at = 0;; at = at + 16 < last ? at + 16 : last) {
        __m128i both = _mm_and_si128(places_nocase(s.ptr + at, needle.ptr[0]),
                                     places_nocase(s.ptr + at + behind, needle.ptr[behind]));
        for (unsigned places = (unsigned)_mm_movemask_epi8(both); places; places &= places - 1) {
            size_t place = at + (size_t)__builtin_ctz(places);
            if (strncasecmp(s.ptr + place, needle.ptr, needle.len) == 0)
                return place;
        }
        if (at == last)
            return s.len;
    }
}

#else
static size_t find_nocase_wide(struct slice s, struct slice needle) {
    return find_nocase_by_one(s, needle);
}
#endif

size_t slice_find_nocase(struct slice s, struct slice needle) {
    if (!needle.len || needle.len > s.len)
        return s.len;
    return s.len < needle.len + 15 ? find_nocase_by_one(s, needle) : find_nocase_wide(s, needle);
}

bool slice_next_line(struct slice *rest, struct slice *line) {
    if (rest->len == 0)
        return false;
    size_t end = slice_find_char(*rest, '\n');
    *line = slice_upto(*rest, end);
    if (line->len && line->ptr[line->len - 1] == '\r')
        line->len--;
    *rest = slice_from(*rest, end + 1);
    return true;
}

/* The first blank, as ascii_is_space has them: its offset, or s.len. */
static size_t find_space(struct slice s) {
    size_t i = 0;
#ifdef __SSE2__
    for (; i + 16 <= s.len; i += 16) {
        __m128i bytes = _mm_loadu_si128((const void *)(s.ptr + i));
        __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8('\t'));
        __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')),
                                    _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8('\r' - '\t')), above));
        unsigned places = (unsigned)_mm_movemask_epi8(hits);
        if (places)
            return i + (size_t)__builtin_ctz(places);
    }
#endif
    while (i < s.len && !ascii_is_space(s.ptr[i]))
        i++;
    return i;
}

bool slice_next_word(struct slice *rest, struct slice *word) {
    struct slice s = *rest;
    while (s.len && ascii_is_space(s.ptr[0]))
        s = slice_from(s, 1);
    size_t end = find_space(s);
    *word = slice_upto(s, end);
    *rest = slice_from(s, end);
    return end > 0;
}

int slice_number(struct slice s, size_t *digits) {
    int value = 0;
    size_t i = 0;
    while (i < s.len && i < 9 && ascii_is_digit(s.ptr[i]))
        value = value * 10 + (s.ptr[i++] - '0');
    if (digits)
        *digits = i;
    return i ? value : -1;
}

unsigned line_counter_at(struct line_counter *counter, const char *place) {
    if (counter->line == 0 || place < counter->at)
        return counter->line;
    for (const char *p = counter->at; (p = memchr(p, '\n', (size_t)(place - p))) != NULL; p++)
        counter->line++;
    counter->at = place;
    return counter->line;
}

static size_t find_last(struct slice s, struct slice needle, size_t (*find)(struct slice, struct slice)) {
    size_t last = s.len;
    for (size_t at = 0; at < s.len;) {
        size_t found = at + find(slice_from(s, at), needle);
        if (found < s.len)
            last = found;
        at = found + 1;
    }
    return last;
}

size_t slice_find_last(struct slice s, struct slice needle) {
    return find_last(s, needle, slice_find);
}

size_t slice_find_last_nocase(struct slice s, struct slice needle) {
    return find_last(s, needle, slice_find_nocase);
}

size_t slice_quoted_length(struct slice s) {
    for (size_t i = 1; i < s.len; i++) {
        if (s.ptr[i] == '\\')
            i++;
        else if (s.ptr[i] == '"')
            return i + 1;
    }
    return 0;
}
