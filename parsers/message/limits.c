/* Limits of messages: see limits.h. One pass over the lines, before any MIME parser sees them:
 * where a header is (from the start, after a boundary, inside message/rfc822) is judged generously,
 * since what is counted here is only what the parser would keep in memory. */
#include "parsers/message/limits.h"

#include "parsers/message/field_limits.h"
#include "parsers/message/problem.h"

#include <glib.h>

struct survey {
    unsigned line;
    size_t header_lines, parts;
    bool in_header;
    bool holds_message; /* the header being read announces a message: another header follows it */
    bool has_long_line;
    unsigned long_line;
    const char *stop;  /* why reading stopped; NULL: it did not */
    size_t stop_at;    /* offset of the first line not read */
    bool has_fields;   /* what is read may be fields to the MIME parser: a header, or the text behind one,
                          which is another header if that announced a message */
    const char *field; /* where the present field begins; NULL: there is none */
    unsigned field_line;
    GArray *excesses; /* of struct excess, in order; NULL: none */
};

/* A field that goes beyond its limits: what the MIME parser does not get of it. */
struct excess {
    unsigned line;
    const char *problem;
    struct slice rest;
};

/* The present field ends before `end`. */
static void end_field(struct survey *s, const char *end) {
    struct slice field = {s->field, s->field ? (size_t)(end - s->field) : 0};
    size_t within;
    const char *problem = field_limit(field, &within);
    s->field = NULL;
    if (!problem)
        return;
    if (!s->excesses)
        s->excesses = g_array_new(FALSE, FALSE, sizeof(struct excess));
    struct excess excess = {s->field_line, problem, slice_from(field, within)};
    g_array_append_val(s->excesses, excess);
}

static void survey_field(struct survey *s, struct slice line) {
    if (line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t'))
        return;
    end_field(s, line.ptr);
    if (line.len) {
        s->field = line.ptr;
        s->field_line = s->line;
    }
}

static void survey_line(struct survey *s, struct slice line) {
    if (line.len >= 2 && line.ptr[0] == '-' && line.ptr[1] == '-') {
        s->in_header = s->has_fields = true;
        s->holds_message = false;
        s->parts++;
    } else if (!s->in_header) {
        s->has_fields = s->has_fields && line.len;
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
    struct survey s = {.in_header = true, .has_fields = true};
    struct slice rest = bytes;
    struct slice line;
    while (slice_next_line(&rest, &line)) {
        s.line++;
        if (s.has_fields)
            survey_field(&s, line);
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
    end_field(&s, s.stop ? line.ptr : bytes.ptr + bytes.len);
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

/* A problem for each limit, with the line of the first field beyond it. */
static void tell_excesses(const GArray *excesses, struct arena *arena, struct problem_list *problems) {
    for (guint i = 0; i < excesses->len; i++) {
        const struct excess *e = &g_array_index(excesses, struct excess, i);
        guint earlier = 0;
        while (earlier < i && g_array_index(excesses, struct excess, earlier).problem != e->problem)
            earlier++;
        if (earlier == i)
            problem_add(problems, arena, true, e->line,
                        arena_printf(arena, "%s: the rest of it was not decoded", e->problem).ptr);
    }
}

static struct slice blank_excesses(struct slice bytes, const GArray *excesses, struct arena *arena) {
    struct slice copy = arena_copy(arena, bytes);
    for (guint i = 0; i < excesses->len; i++) {
        struct slice rest = g_array_index(excesses, struct excess, i).rest;
        char *start = (char *)copy.ptr + (rest.ptr - bytes.ptr);
        for (char *p = start; p < start + rest.len; p++)
            if (*p != '\n' && *p != '\r')
                *p = ' ';
    }
    return copy;
}

struct bounded_message message_within_limits(struct slice bytes, struct arena *arena,
                                             struct problem_list *problems) {
    struct survey s = survey_message(bytes);
    if (s.stop) {
        problem_add(problems, arena, true, s.line, s.stop);
        bytes = slice_upto(bytes, s.stop_at);
    }
    if (s.has_long_line) {
        problem_add(problems, arena, true, s.long_line, "a header line is longer than 256 KiB: it was cut");
        bytes = cut_long_lines(bytes, arena);
        g_clear_pointer(&s.excesses, g_array_unref);
        s = survey_message(bytes); /* its fields stand elsewhere now */
    }
    struct bounded_message bounded = {bytes, bytes};
    if (s.excesses) {
        tell_excesses(s.excesses, arena, problems);
        bounded.for_mime = blank_excesses(bytes, s.excesses, arena);
        g_array_unref(s.excesses);
    }
    return bounded;
}
