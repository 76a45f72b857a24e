/* Mailboxes: see mailbox.h. */
#include "parsers/message/mailbox.h"

static bool is_from_line(struct slice line) {
    if (!slice_starts_nocase(line, SLICE("From ")) || line.ptr[0] != 'F' || line.len < 12)
        return false;
    /* "From bob@example.org Thu Apr 29 23:34:45 2017": a time and, near the end, a year */
    return slice_find_char(line, ':') < line.len && ascii_is_digit(line.ptr[line.len - 1]);
}

bool is_mbox(struct slice bytes) {
    struct slice line;
    return slice_starts_nocase(bytes, SLICE("From ")) && slice_next_line(&bytes, &line) &&
           is_from_line(slice_trim(line));
}

static unsigned count_lines(struct slice s) {
    unsigned n = 0;
    for (size_t at; (at = slice_find_char(s, '\n')) < s.len; n++)
        s = slice_from(s, at + 1);
    return n;
}

bool mbox_next(struct slice *rest, unsigned *line, struct slice *message, unsigned *first_line) {
    struct slice from;
    if (!slice_next_line(rest, &from))
        return false;
    *first_line = *line + 1;
    struct slice s = *rest;
    size_t end = 0;
    while (end < s.len) {
        struct slice here = slice_from(s, end);
        bool after_blank = end == 0 || (end >= 2 && s.ptr[end - 2] == '\n') ||
                           (end >= 3 && s.ptr[end - 2] == '\r' && s.ptr[end - 3] == '\n');
        struct slice first;
        struct slice probe = here;
        if (after_blank && here.ptr[0] == 'F' && slice_next_line(&probe, &first) &&
            is_from_line(slice_trim(first)))
            break;
        end += slice_find_char(here, '\n') + 1;
    }
    *message = slice_upto(s, end);
    *rest = slice_from(s, end);
    *line = *first_line + count_lines(*message);
    return true;
}
