/* Searches for bytes that mostly stand near, as the end of a field of a line: no function is called, and
 * sixteen bytes are looked at together where the compiler has SSE2, as on each x86-64. For what may be far
 * away slice_find_char is faster. */
#ifndef MAILWHY_SCAN_H
#define MAILWHY_SCAN_H

#include "parsers/base/slice.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define SCAN_INLINE static inline __attribute__((always_inline))

#ifdef __SSE2__
/* Which of sixteen bytes are one of three. */
SCAN_INLINE unsigned scan_places(const char *p, char a, char b, char c) {
    __m128i bytes = _mm_loadu_si128((const void *)p);
    __m128i hits =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(a)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b)));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(hits, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c))));
}
#endif

/* The first of three bytes, which may be the same: its offset, or s.len. */
SCAN_INLINE size_t scan_any(struct slice s, char a, char b, char c) {
    size_t i = 0;
#ifdef __SSE2__
    for (; i + 16 <= s.len; i += 16) {
        unsigned places = scan_places(s.ptr + i, a, b, c);
        if (places)
            return i + (size_t)__builtin_ctz(places);
    }
    if (i && i < s.len) { /* the last sixteen, of which some were looked at */
        unsigned places = scan_places(s.ptr + s.len - 16, a, b, c) >> (i + 16 - s.len);
        return places ? i + (size_t)__builtin_ctz(places) : s.len;
    }
#endif
    while (i < s.len && s.ptr[i] != a && s.ptr[i] != b && s.ptr[i] != c)
        i++;
    return i;
}

SCAN_INLINE size_t scan_either(struct slice s, char a, char b) {
    return scan_any(s, a, b, b);
}

SCAN_INLINE size_t scan_char(struct slice s, char c) {
    return scan_either(s, c, c);
}

/* The last such byte: its offset, or s.len. */
SCAN_INLINE size_t scan_last_char(struct slice s, char c) {
    size_t i = s.len;
#ifdef __SSE2__
    for (; i >= 16; i -= 16) {
        __m128i bytes = _mm_loadu_si128((const void *)(s.ptr + i - 16));
        unsigned places = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)));
        if (places)
            return i - 16 + (size_t)(31 - __builtin_clz(places));
    }
#endif
    while (i && s.ptr[i - 1] != c)
        i--;
    return i ? i - 1 : s.len;
}

/* How often it holds the one byte more than the other. */
SCAN_INLINE ptrdiff_t scan_surplus(struct slice s, char more, char less) {
    ptrdiff_t surplus = 0;
    size_t i = 0;
#ifdef __SSE2__
    for (; i + 16 <= s.len; i += 16) {
        __m128i bytes = _mm_loadu_si128((const void *)(s.ptr + i));
        unsigned ups = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(more)));
        unsigned downs = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(less)));
        for (; ups; ups &= ups - 1)
            surplus++;
        for (; downs; downs &= downs - 1)
            surplus--;
    }
#endif
    for (; i < s.len; i++)
        surplus += (s.ptr[i] == more) - (s.ptr[i] == less);
    return surplus;
}

#ifdef __SSE2__
/* Which of sixteen bytes are in a range. */
SCAN_INLINE __m128i scan_is_between(__m128i bytes, char first, char last) {
    __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
    return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8((char)(last - first))), above);
}
#endif

#endif
