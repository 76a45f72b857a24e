/* Numbers as text, without printf. */
#ifndef MAILWHY_DECIMAL_H
#define MAILWHY_DECIMAL_H

#include <stdint.h>
#include <string.h>

#define DECIMAL_SIZE 20 /* bytes of the longest */

/* Write it at `out`, which has room for DECIMAL_SIZE bytes, and for a sign; returns where it ends. No NUL is
 * written. */
static inline char *decimal_write_unsigned(char *out, uint64_t value) {
    char digits[DECIMAL_SIZE];
    char *first = digits + sizeof digits;
    do
        *--first = (char)('0' + value % 10);
    while (value /= 10);
    size_t length = (size_t)(digits + sizeof digits - first);
    memcpy(out, first, length);
    return out + length;
}

static inline char *decimal_write(char *out, int64_t value) {
    if (value < 0)
        *out++ = '-';
    return decimal_write_unsigned(out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

#endif
