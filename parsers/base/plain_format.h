/* Formats of nothing but texts and whole numbers, which nearly all are, filled in without printf: that takes
 * five times as long for them. */
#ifndef MAILWHY_PLAIN_FORMAT_H
#define MAILWHY_PLAIN_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Write at most `room` bytes and a NUL at `out`, as vsnprintf would; returns the length of the text, or
 * `room` + 1: it is longer, or the format holds more than %s, %.*s, %u, %d, %zu, %lu and %lld. Then what
 * stands at `out` is undefined. */
size_t plain_format(char *out, size_t room, const char *format, va_list args);

#endif
