/* Forms with files: see form_data.h. Each byte is looked at once for the boundary, and once more in a header.
 */
#define _GNU_SOURCE
#include "parsers/web/form_data.h"

#define CRLF SLICE("\r\n")

static struct slice behind(struct slice s, const char *place) {
    return slice_from(s, (size_t)(place - s.ptr));
}

static struct slice trim_blanks(struct slice s) {
    while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
        s = slice_from(s, 1);
    return s;
}

static bool is_among(char c, struct slice set) {
    return slice_find_char(set, c) < set.len;
}

/* A token (RFC 9110 section 5.6.2), leniently: up to what can stand behind one. */
static struct slice take_token(struct slice *rest) {
    size_t length = 0;
    while (length < rest->len && !is_among(rest->ptr[length], SLICE(" \t\r\n;=\"")))
        length++;
    struct slice token = slice_upto(*rest, length);
    *rest = slice_from(*rest, length);
    return token;
}

static bool ends_value(struct slice text, size_t quote) {
    struct slice behind_it = trim_blanks(slice_from(text, quote + 1));
    return !behind_it.len || is_among(behind_it.ptr[0], SLICE(";\r\n"));
}

/* Up to the next quotation mark without a backslash; a backslash before anything else is itself, as in
 * C:\file. Not every client masks what a file's name may hold, so a mark ends it only where the value can
 * end, and a value may hold the ends of lines; without such a mark it is all that is left. */
static struct slice take_quoted(struct slice *rest) {
    struct slice text = slice_from(*rest, 1);
    size_t end = 0;
    while (end < text.len && !(text.ptr[end] == '"' && ends_value(text, end)))
        end += text.ptr[end] == '\\' && end + 1 < text.len && text.ptr[end + 1] == '"' ? 2 : 1;
    *rest = slice_from(text, end + 1);
    return slice_upto(text, end);
}

/* Take "; name=value" off. Returns false at the end, and where it is none; `rest` is then not empty. */
static bool take_parameter(struct slice *rest, struct slice *name, struct slice *value) {
    struct slice at = trim_blanks(*rest);
    if (!at.len || at.ptr[0] != ';')
        return false;
    at = trim_blanks(slice_from(at, 1));
    *name = take_token(&at);
    at = trim_blanks(at);
    if (!name->len || !at.len || at.ptr[0] != '=')
        return false;
    at = trim_blanks(slice_from(at, 1));
    *value = at.len && at.ptr[0] == '"' ? take_quoted(&at) : take_token(&at);
    *rest = at;
    return true;
}

static bool is_boundary(struct slice s) {
    if (!s.len || s.len > FORM_BOUNDARY_MOST || s.ptr[s.len - 1] == ' ')
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_alnum(s.ptr[i]) && !is_among(s.ptr[i], SLICE("'()+_,-./:=? ")))
            return false;
    return true;
}

bool form_boundary_read(struct slice content_type, struct form_boundary *boundary) {
    struct slice rest = trim_blanks(content_type), name, value, found = SLICE_EMPTY;
    if (!slice_equal_nocase(take_token(&rest), SLICE("multipart/form-data")))
        return false;
    while (take_parameter(&rest, &name, &value))
        if (!found.len && slice_equal_nocase(name, SLICE("boundary")))
            found = value;
    if (trim_blanks(rest).len || !is_boundary(found))
        return false;
    memcpy(boundary->text, "\r\n--", 4);
    memcpy(boundary->text + 4, found.ptr, found.len);
    boundary->length = found.len + 4;
    return true;
}

/* --- the body --- */

/* What stands behind a boundary: the end of a line, or two dashes for the last one. */
enum mark { MARK_NONE, MARK_NEXT, MARK_LAST };

static enum mark take_mark(struct slice *rest) {
    if (slice_starts_nocase(*rest, SLICE("--")))
        return MARK_LAST;
    struct slice at = trim_blanks(*rest);
    if (!slice_starts_nocase(at, CRLF))
        return MARK_NONE;
    *rest = slice_from(at, 2);
    return MARK_NEXT;
}

/* Content up to the next boundary, which is taken off with what stands behind it. */
static enum mark take_content(struct form_data *form, struct slice *content) {
    struct slice whole = form->rest, at = whole;
    const char *found;
    while (at.len && (found = memmem(at.ptr, at.len, form->boundary->text, form->boundary->length))) {
        struct slice after = slice_from(behind(at, found), form->boundary->length);
        enum mark mark = take_mark(&after);
        *content = slice_upto(whole, (size_t)(found - whole.ptr));
        form->rest = after;
        if (mark != MARK_NONE)
            return mark;
        at = after; /* the boundary holds a CRLF at its beginning only: none begins within it */
    }
    return MARK_NONE;
}

/* `value` may go on behind the end of its line: a file's name may hold such an end. */
static bool read_disposition(struct slice value, struct form_part *part) {
    struct slice name, text;
    bool has_name = false;
    value = trim_blanks(value);
    if (!slice_equal_nocase(take_token(&value), SLICE("form-data")))
        return false;
    while (take_parameter(&value, &name, &text)) {
        if (!has_name && slice_equal_nocase(name, SLICE("name"))) {
            part->name = text;
            has_name = true;
        } else if (!part->is_file && slice_equal_nocase(name, SLICE("filename"))) {
            part->file_name = text;
            part->is_file = true;
        }
    }
    return has_name;
}

/* The header of a part, with the empty line behind it. */
static bool take_header(struct form_data *form, struct form_part *part) {
    struct slice disposition = SLICE("Content-Disposition:");
    struct slice within = slice_upto(form->rest, LIMIT_FORM_HEADER), found = SLICE_EMPTY;
    for (;;) {
        size_t length = slice_find(within, CRLF);
        if (length == within.len)
            return false;
        if (!length)
            break;
        if (!found.len && slice_starts_nocase(within, disposition))
            found = slice_from(within, disposition.len);
        within = slice_from(within, length + 2);
    }
    form->rest = slice_from(behind(form->rest, within.ptr), 2);
    return found.len && read_disposition(slice_upto(found, found.len - within.len - CRLF.len), part);
}

static enum mark take_first_boundary(struct form_data *form) {
    struct slice first = {form->boundary->text + 2, form->boundary->length - 2};
    if (!slice_equal(slice_upto(form->rest, first.len), first))
        return MARK_NONE;
    form->rest = slice_from(form->rest, first.len);
    return take_mark(&form->rest);
}

static const enum form_state state_behind[] = {
    [MARK_NONE] = FORM_WRONG, [MARK_NEXT] = FORM_OPEN, [MARK_LAST] = FORM_DONE};

enum form_step form_data_next(struct form_data *form, struct form_part *part) {
    *part = (struct form_part){0};
    if (form->state == FORM_FRESH)
        form->state = state_behind[take_first_boundary(form)];
    if (form->state == FORM_OPEN) {
        enum mark mark = take_header(form, part) ? take_content(form, &part->content) : MARK_NONE;
        form->state = state_behind[mark];
        return mark == MARK_NONE ? FORM_BROKEN : FORM_PART;
    }
    return form->state == FORM_DONE ? FORM_END : FORM_BROKEN;
}
