/* UTF-16: see utf16.h. */
#include "parsers/base/utf16.h"

#include <stdint.h>

#define SAMPLE   256 /* bytes that are looked at */
#define FEWEST   16  /* without a mark */
#define REPLACED 0xfffdu

enum utf16 utf16_find(struct slice start) {
    size_t zeros[2] = {0, 0};
    if (start.len >= 2 && memcmp(start.ptr, "\xff\xfe", 2) == 0)
        return UTF16_LITTLE;
    if (start.len >= 2 && memcmp(start.ptr, "\xfe\xff", 2) == 0)
        return UTF16_BIG;
    start = slice_upto(start, SAMPLE);
    start.len &= ~(size_t)1;
    for (size_t i = 0; i < start.len; i++)
        zeros[i & 1] += start.ptr[i] == '\0';
    size_t units = start.len / 2;
    if (start.len < FEWEST || (zeros[0] && zeros[1]))
        return UTF16_NOT;
    return zeros[1] * 10 >= units * 9 ? UTF16_LITTLE : zeros[0] * 10 >= units * 9 ? UTF16_BIG : UTF16_NOT;
}

static uint32_t unit_at(enum utf16 order, const char *p) {
    unsigned char a = (unsigned char)p[0];
    unsigned char b = (unsigned char)p[1];
    return order == UTF16_LITTLE ? (uint32_t)b << 8 | a : (uint32_t)a << 8 | b;
}

static size_t put(uint32_t c, char *out) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char heads[] = {0, 0xc0, 0xe0, 0xf0};
    for (size_t i = more; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(heads[more] | c);
    return more + 1;
}

size_t utf16_expand(enum utf16 order, struct slice *in, bool is_all, char *out, size_t room) {
    size_t used = 0;
    while (in->len >= 2 && used + 4 <= room) {
        uint32_t c = unit_at(order, in->ptr);
        size_t taken = 2;
        if (c >= 0xd800 && c < 0xdc00 && in->len < 4 && !is_all)
            break;
        if (c >= 0xd800 && c < 0xe000) {
            uint32_t low = in->len >= 4 ? unit_at(order, in->ptr + 2) : 0;
            bool is_pair = c < 0xdc00 && low >= 0xdc00 && low < 0xe000;
            taken = is_pair ? 4 : 2;
            c = is_pair ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : REPLACED;
        }
        *in = slice_from(*in, taken);
        if (c != 0xfeff)
            used += put(c, out + used);
    }
    if (is_all && in->len == 1 && used + 4 <= room) {
        *in = slice_from(*in, 1);
        used += put(REPLACED, out + used);
    }
    return used;
}
