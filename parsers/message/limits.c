/* Limits of messages: see limits.h. One pass over the lines, before any MIME parser sees them:
 * where a header is (from the start, after a boundary, inside message/rfc822) is judged generously,
 * since what is counted here is only what the parser would keep in memory. */
#include "parsers/message/limits.h"

#include "parsers/message/problem.h"

#include <glib.h>

struct survey {
    unsigned line;
    size_t header_lines, parts;
    bool in_header;
    bool holds_message; /* the header being read announces a message: another header follows it */
    bool has_long_line;
    unsigned long_line;
    const char *stop; /* why reading stopped; NULL: it did not */
    size_t stop_at;   /* offset of the first line not read */
};

static void survey_line(struct survey *s, struct slice line) {
    if (line.len >= 2 && line.ptr[0] == '-' && line.ptr[1] == '-') {
        s->in_header = true;
        s->holds_message = false;
        s->parts++;
    } else if (!s->in_header) {
        return;
    } else if (line.len == 0) {
        s->in_header = s->holds_message;
        s->holds_message = false;
    } else {
        s->header_lines++;
        if (slice_starts_nocase(line, SLICE("content-type:")) &&
            slice_find_nocase(slice_upto(line, 200), SLICE("message/")) < slice_upto(line, 200).len)
            s->holds_message = true;
        if (line.len > LIMIT_HEADER_LINE && !s->has_long_line) {
            s->has_long_line = true;
            s->long_line = s->line;
        }
    }
}

static struct survey survey_message(struct slice bytes) {
    struct survey s = {.in_header = true};
    struct slice rest = bytes;
    struct slice line;
    while (slice_next_line(&rest, &line)) {
        s.line++;
        survey_line(&s, line);
        if (s.header_lines > LIMIT_HEADER_LINES)
            s.stop = "more than " G_STRINGIFY(
                LIMIT_HEADER_LINES) " header lines: the rest of the message was not read";
        if (s.parts > LIMIT_PARTS)
            s.stop =
                "more than " G_STRINGIFY(LIMIT_PARTS) " MIME parts: the rest of the message was not read";
        if (s.stop) {
            s.stop_at = (size_t)(line.ptr - bytes.ptr);
            break;
        }
    }
    return s;
}

static struct slice cut_long_lines(struct slice bytes, struct arena *arena) {
    GString *out = g_string_sized_new(65536);
    struct slice rest = bytes;
    struct slice line;
    while (slice_next_line(&rest, &line)) {
        g_string_append_len(out, line.ptr, (gssize)MIN(line.len, LIMIT_HEADER_LINE));
        g_string_append_c(out, '\n');
    }
    struct slice result = arena_copy(arena, (struct slice){out->str, out->len});
    g_string_free(out, TRUE);
    return result;
}

struct slice message_within_limits(struct slice bytes, struct arena *arena, struct problem_list *problems) {
    struct survey s = survey_message(bytes);
    if (s.stop) {
        problem_add(problems, arena, true, s.line, s.stop);
        bytes = slice_upto(bytes, s.stop_at);
    }
    if (s.has_long_line) {
        problem_add(problems, arena, true, s.long_line, "a header line is longer than 256 KiB: it was cut");
        bytes = cut_long_lines(bytes, arena);
    }
    return bytes;
}
