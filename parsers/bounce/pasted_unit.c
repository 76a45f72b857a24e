/* Paragraphs and lines of logs in what was pasted: see pasted_unit.h. */
#include "parsers/bounce/pasted_unit.h"

#include "parsers/base/address.h"

#include <string.h>

#define MOST_BEFORE_PROGRAM ((size_t)120) /* bytes of a line of syslog */

/* "… postfix/smtp[2107]: …": a program and its process (RFC 3164 section 4.1.3). */
static bool has_process(struct slice line) {
    struct slice start = slice_upto(line, MOST_BEFORE_PROGRAM);
    size_t close = slice_find(start, SLICE("]: "));
    size_t at = close;
    while (at && close < start.len && ascii_is_digit(start.ptr[at - 1]))
        at--;
    return at > 1 && at < close && start.ptr[at - 1] == '[' && ascii_is_alpha(start.ptr[at - 2]);
}

/* "2026-11-24 09:14:07 …" of Exim. */
static bool has_day(struct slice line) {
    static const char form[] = "0000-00-00 00:00:00";
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (i >= line.len || (form[i] == '0' ? !ascii_is_digit(line.ptr[i]) : line.ptr[i] != form[i]))
            return false;
    return true;
}

struct slice pasted_unit_next(struct slice *rest) {
    struct slice start = *rest;
    struct slice after = *rest;
    size_t length = 0;
    for (struct slice line; slice_next_line(&after, &line); *rest = after) {
        struct slice words = slice_trim(line);
        bool is_fence = slice_starts_nocase(words, SLICE("```")) && slice_find_char(words, ' ') == words.len;
        if (!words.len || is_fence) {
            *rest = after;
            return slice_upto(start, length);
        }
        if (length && (has_process(words) || has_day(words)))
            return slice_upto(start, length);
        length = (size_t)(line.ptr + line.len - start.ptr);
    }
    return slice_upto(start, length);
}

struct slice pasted_unclosed(struct slice reply) {
    size_t open = 0;
    for (size_t i = 0; i < reply.len; i++) {
        open += reply.ptr[i] == '(';
        if (reply.ptr[i] != ')' || open--)
            continue;
        struct slice behind = slice_trim(slice_from(reply, i + 1));
        return !behind.len || address_is_valid(address_strip(behind)) ? slice_trim(slice_upto(reply, i))
                                                                      : reply;
    }
    return reply;
}
