/* Limits of messages: see limits.h. One pass over the lines, before any MIME parser sees them:
 * where a header is (from the start, after a boundary, inside message/rfc822) is judged generously,
 * since what is counted here is only what the parser would keep in memory. */
#include "parsers/message/limits.h"

#include "parsers/message/field_limits.h"
#include "parsers/message/plain_header.h"
#include "parsers/message/problem.h"

#include <glib.h>

/* In larger messages the headers are little of what GMime reads, and a copy costs memory. */
#define MOST_SIMPLIFIED ((size_t)256 << 10)

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
    GArray *excesses;   /* of struct excess, in order; NULL: none */
    const char *header; /* where the header being read begins; NULL: there is none */
    bool is_plain;      /* what was read of that header is (plain_header.h) */
    GArray *headers;    /* of struct slice: plain headers that end in a blank line, in order; NULL: none */
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

static void survey_header_line(struct survey *s, struct slice line) {
    bool is_first = !s->header;
    if (is_first)
        s->header = line.ptr;
    s->is_plain =
        (is_first || s->is_plain) && (plain_field_starts(line) || (!is_first && plain_field_goes_on(line)));
}

/* The header ends at a blank line, which is `end`. */
static void end_header(struct survey *s, const char *end) {
    if (s->header && s->is_plain) {
        if (!s->headers)
            s->headers = g_array_new(FALSE, FALSE, sizeof(struct slice));
        struct slice header = {s->header, (size_t)(end - s->header)};
        g_array_append_val(s->headers, header);
    }
    s->header = NULL;
}

static void survey_line(struct survey *s, struct slice line) {
    if (line.len >= 2 && line.ptr[0] == '-' && line.ptr[1] == '-') {
        s->in_header = s->has_fields = true;
        s->header = NULL;
        s->holds_message = false;
        s->parts++;
    } else if (!s->in_header) {
        s->has_fields = s->has_fields && line.len;
    } else if (line.len == 0) {
        end_header(s, line.ptr);
        s->in_header = s->holds_message;
        s->holds_message = false;
    } else {
        s->header_lines++;
        survey_header_line(s, line);
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

static void blank_excesses(char *copy, struct slice bytes, const GArray *excesses) {
    for (guint i = 0; i < excesses->len; i++) {
        struct slice rest = g_array_index(excesses, struct excess, i).rest;
        char *start = copy + (rest.ptr - bytes.ptr);
        for (char *p = start; p < start + rest.len; p++)
            if (*p != '\n' && *p != '\r')
                *p = ' ';
    }
}

static void simplify_headers(char *copy, struct slice bytes, const GArray *headers) {
    for (guint i = 0; i < headers->len; i++) {
        struct slice header = g_array_index(headers, struct slice, i);
        plain_header_for_mime(copy + (header.ptr - bytes.ptr), header.len);
    }
}

/* What the MIME parser gets, and what the survey found is forgotten. */
static struct slice bytes_for_mime(struct slice bytes, struct survey *s, struct arena *arena) {
    bool is_simplified = s->headers && bytes.len <= MOST_SIMPLIFIED;
    char *copy = s->excesses || is_simplified ? arena_string(arena, bytes) : NULL;
    if (s->excesses)
        blank_excesses(copy, bytes, s->excesses);
    if (is_simplified)
        simplify_headers(copy, bytes, s->headers);
    return copy ? (struct slice){copy, bytes.len} : bytes;
}

static void forget(struct survey *s) {
    g_clear_pointer(&s->excesses, g_array_unref);
    g_clear_pointer(&s->headers, g_array_unref);
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
        forget(&s);
        s = survey_message(bytes); /* its fields stand elsewhere now */
    }
    if (s.excesses)
        tell_excesses(s.excesses, arena, problems);
    struct bounded_message bounded = {bytes, bytes_for_mime(bytes, &s, arena), SLICE_EMPTY};
    struct slice first = s.headers ? g_array_index(s.headers, struct slice, 0) : SLICE_EMPTY;
    if (first.ptr == bytes.ptr && !plain_header_has_content(first))
        bounded.header = first;
    forget(&s);
    return bounded;
}
