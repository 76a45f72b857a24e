/* The parts of a report: see report_parts.h. */
#include "parsers/bounce/report_parts.h"

#include "parsers/base/html_text.h"
#include "parsers/message/field.h"

#include <glib.h>

static bool is_type(const struct part *part, const char *type) {
    return strcmp(part->type, type) == 0;
}

/* Of the parts that GMime reads a message in, those that are one (RFC 2046, 6532, 1036). */
static bool is_message(const struct part *part) {
    return is_type(part, "message/rfc822") || is_type(part, "message/global") ||
           is_type(part, "message/news");
}

/* The message that the part stands in, where that is inside another one; NULL: it is the outermost's own. */
static const struct part *message_around(const struct part *p) {
    for (p = p->parent; p; p = p->parent)
        if (strncmp(p->type, "message/", strlen("message/")) == 0)
            return p;
    return NULL;
}

static bool is_inside_message(const struct part *p) {
    return message_around(p) != NULL;
}

const struct part *report_part(const struct message *m, const char *const *types) {
    for (const struct part *p = m->parts; p; p = p->next)
        if (g_strv_contains(types, p->type) && !is_inside_message(p))
            return p;
    return NULL;
}

const struct part *report_part_forwarded(const struct message *m, const char *const *types) {
    for (const struct part *p = m->parts; p; p = p->next) {
        const struct part *report = p->parent;
        if (g_strv_contains(types, p->type) && report && strcmp(report->type, "multipart/report") == 0 &&
            report->parent && is_message(report->parent) && !is_inside_message(report->parent))
            return p;
    }
    return NULL;
}

const struct part *report_human_part(const struct message *m, const struct part *report) {
    const struct part *around = report ? message_around(report) : NULL;
    for (int want_html = 0; want_html < 2; want_html++)
        for (const struct part *p = m->parts; p && p != report; p = p->next)
            if (is_type(p, want_html ? "text/html" : "text/plain") && message_around(p) == around &&
                p->body.len)
                return p;
    return NULL;
}

/* How much of a line is the mark of a forwarded text: "> ", or the four spaces of some programs. */
static size_t quote_mark(struct slice line, bool by_indent) {
    size_t n = 0;
    if (!by_indent)
        return line.len && line.ptr[0] == '>' ? 1 + (line.len > 1 && line.ptr[1] == ' ') : 0;
    while (n < 4 && n < line.len && line.ptr[n] == ' ')
        n++;
    return n == 4 ? n : 0;
}

/* Somebody forwarded the report by quoting it: most of the lines bear the mark. */
static bool is_quoted(struct slice text, bool by_indent) {
    struct slice line;
    unsigned quoted = 0;
    unsigned others = 0;
    while (slice_next_line(&text, &line)) {
        bool has_mark = quote_mark(line, by_indent) > 0;
        quoted += has_mark;
        others += line.len && !has_mark;
    }
    return quoted > 3 && quoted > others;
}

struct slice report_unquoted(struct slice text, bool by_indent, struct arena *arena) {
    struct slice line;
    if (!is_quoted(text, by_indent))
        return text;
    char *plain = arena_open(arena, text.len + 1);
    char *end = plain;
    while (slice_next_line(&text, &line)) {
        line = slice_from(line, quote_mark(line, by_indent));
        if (line.len)
            memcpy(end, line.ptr, line.len);
        end += line.len;
        *end++ = '\n';
    }
    return arena_close(arena, plain, (size_t)(end - plain));
}

struct slice report_human_text(struct message *m, const struct part *part, bool whole) {
    if (!part)
        return SLICE_EMPTY;
    struct slice text = whole ? part_text(m, part) : part_text_start(part, ENOUGH_TO_TELL, m->arena);
    return is_type(part, "text/html") ? html_to_text(m->arena, text) : report_unquoted(text, false, m->arena);
}

struct slice report_returned(struct message *m, const struct part *report, const struct part *human,
                             struct slice *whole) {
    bool is_behind = !report && !human;
    for (const struct part *p = m->parts; p; p = p->next) {
        if (is_behind && is_message(p)) {
            *whole = part_whole_message(m, p);
            return p->body;
        }
        if (is_behind && (strstr(p->type, "rfc822-header") || is_type(p, "message/global-headers")))
            return part_text_start(p, ENOUGH_TO_TELL, m->arena);
        is_behind |= p == report || p == human;
    }
    return SLICE_EMPTY;
}

struct slice report_header_in_text(struct slice text) {
    struct slice rest = text;
    struct slice line;
    while (slice_next_line(&rest, &line)) {
        struct slice from_line = {line.ptr, (size_t)(text.ptr + text.len - line.ptr)};
        size_t colon = slice_find_char(line, ':');
        size_t space = slice_find_char(line, ' ');
        if (colon > 1 && colon < line.len && space >= colon && ascii_is_alpha(line.ptr[0]))
            return from_line;
    }
    return SLICE_EMPTY;
}

bool report_is_bare(const struct message *m) {
    static const char *const of_mail[] = {"from", "received", "subject", "content-type"};
    for (size_t i = 0; i < G_N_ELEMENTS(of_mail); i++)
        if (field_list_find(&m->fields, slice_of(of_mail[i])).name.len)
            return false;
    return (field_list_find(&m->fields, SLICE("reporting-mta")).name.len ||
            field_list_find(&m->fields, SLICE("final-recipient")).name.len) &&
           slice_find_nocase(m->bytes, SLICE("Final-Recipient:")) < m->bytes.len;
}
