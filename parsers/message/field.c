/* Fields of header blocks (RFC 5322 section 2.2, and the groups of RFC 3464): see field.h. */
#include "parsers/message/field.h"

#include "parsers/base/text.h"

#define LIMIT_FIELD_NAME 256
#define MOST_BLANK       5 /* lines of blanks alone inside of a field */

static bool is_blank(struct slice line) {
    return slice_trim(line).len == 0;
}

static bool starts_field(struct slice line, size_t *name_len, size_t *colon) {
    size_t i = 0;
    if (!line.len || !ascii_is_alpha(line.ptr[0])) /* "07:31:37" is the rest of a date */
        return false;
    size_t most = line.len < LIMIT_FIELD_NAME ? line.len : LIMIT_FIELD_NAME;
    while (i < most && line.ptr[i] > 32 && line.ptr[i] < 127 && line.ptr[i] != ':')
        i++;
    *name_len = i;
    while (i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '\t'))
        i++;
    *colon = i;
    return i < line.len && line.ptr[i] == ':';
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
 * a field nor anything else that is known to stand between fields. `rest` is what follows it. */
static bool continues(struct slice line, struct slice rest) {
    size_t name_len;
    size_t colon;
    if (is_folded(line))
        return !is_blank(line) || goes_on(rest);
    if (is_blank(line))
        return false;
    return !starts_field(line, &name_len, &colon) && line.ptr[0] != '>' &&
           !slice_starts_nocase(line, SLICE("From "));
}

/* Take the next line off `rest` where it continues a field. */
static bool next_continuation(struct slice *rest, struct slice *line) {
    struct slice after = *rest;
    if (!slice_next_line(&after, line) || !continues(*line, after))
        return false;
    *rest = after;
    return true;
}

bool field_next(struct slice *rest, struct field *field) {
    struct slice line;
    size_t name_len;
    size_t colon;
    while (slice_next_line(rest, &line)) {
        if (is_blank(line))
            return false;
        if (!starts_field(line, &name_len, &colon))
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
