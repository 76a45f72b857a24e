/* Fields of header blocks (RFC 5322 section 2.2, and the groups of RFC 3464): see field.h. */
#include "parsers/message/field.h"

#include "parsers/base/text.h"

#define LIMIT_FIELD_NAME 256
#define MOST_BLANK       5 /* lines of blanks alone inside of a field */
#define MOST_LISTED      500

static bool is_blank(struct slice line) {
    return slice_trim(line).len == 0;
}

/* What names of fields consist of: printable ASCII but the colon (RFC 5322 section 2.2). */
static const bool is_of_name[256] = {[33 ... ':' - 1] = true, [':' + 1 ... 126] = true};

/* Does the first line of `s`, whose end need not be known, begin a field? */
static bool starts_field(struct slice s, size_t *name_len, size_t *colon) {
    size_t i = 0;
    if (!s.len || !ascii_is_alpha(s.ptr[0])) /* "07:31:37" is the rest of a date */
        return false;
    size_t most = s.len < LIMIT_FIELD_NAME ? s.len : LIMIT_FIELD_NAME;
    while (i < most && is_of_name[(unsigned char)s.ptr[i]])
        i++;
    *name_len = i;
    while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\t'))
        i++;
    *colon = i;
    return i < s.len && s.ptr[i] == ':';
}

static bool is_folded(struct slice line) {
    return line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t');
}

/* Does a folded line with words follow lines of blanks alone? Those are of the field then (RFC 5322 section
 * 4.2), as in SpamAssassin's reports; else they end the header, as a line without its blanks does. */
static bool goes_on(struct slice rest) {
    struct slice line;
    for (unsigned i = 0; i < MOST_BLANK && slice_next_line(&rest, &line) && is_folded(line); i++)
        if (!is_blank(line))
            return true;
    return false;
}

/* A folded line; or one that lost its blanks on the way through a text or HTML, so that it begins neither
 * a field (which is known then) nor anything else that is known to stand between fields. `rest` is what
 * follows it. */
static bool continues(struct slice line, struct slice rest) {
    if (is_folded(line))
        return !is_blank(line) || goes_on(rest);
    return !is_blank(line) && line.ptr[0] != '>' && !slice_starts_nocase(line, SLICE("From "));
}

/* Take the next line off `rest` where it continues a field. */
static bool next_continuation(struct slice *rest, struct slice *line) {
    struct slice after = *rest;
    size_t name_len;
    size_t colon;
    if (starts_field(*rest, &name_len, &colon) || !slice_next_line(&after, line) || !continues(*line, after))
        return false;
    *rest = after;
    return true;
}

bool field_next(struct slice *rest, struct field *field) {
    struct slice line;
    size_t name_len;
    size_t colon;
    while (rest->len) {
        bool is_field = starts_field(*rest, &name_len, &colon);
        slice_next_line(rest, &line);
        if (!is_field && is_blank(line))
            return false;
        if (!is_field)
            continue;
        field->name = slice_upto(line, name_len);
        field->raw = slice_from(line, colon + 1);
        while (next_continuation(rest, &line))
            field->raw.len = (size_t)(line.ptr + line.len - field->raw.ptr);
        return true;
    }
    return false;
}

struct slice field_value(struct arena *arena, struct field field) {
    return text_clean_line(arena, slice_trim(field.raw));
}

struct field field_find(struct slice header, struct slice name) {
    struct field field;
    while (field_next(&header, &field))
        if (slice_equal_nocase(field.name, name))
            return field;
    return (struct field){SLICE_EMPTY, SLICE_EMPTY};
}

struct field_list field_list_read(struct arena *arena, struct slice header) {
    struct field_list list = {NULL, header};
    const struct listed_field **end = &list.first;
    struct field field;
    for (unsigned i = 0; i < MOST_LISTED && list.rest.len; i++) {
        if (!field_next(&list.rest, &field)) { /* nothing behind the end of the block counts */
            list.rest = SLICE_EMPTY;
            break;
        }
        struct listed_field *one = ARENA_NEW(arena, struct listed_field);
        one->field = field;
        *end = one;
        end = &one->next;
    }
    return list;
}

bool field_list_next(struct field_list *left, struct field *field) {
    if (!left->first)
        return left->rest.len && field_next(&left->rest, field);
    *field = left->first->field;
    left->first = left->first->next;
    return true;
}

struct field field_list_find(const struct field_list *list, struct slice name) {
    const struct listed_field *f = list->first;
    while (f && !slice_equal_nocase(f->field.name, name))
        f = f->next;
    return f ? f->field : field_find(list->rest, name);
}
