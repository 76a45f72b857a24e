/* A line of a zone file in the place of its text: see zone_line.h. */
#include "parsers/dns/zone_line.h"

#define MOST_OF_WORDS 4 /* name, TTL, class and type */

/* Behind the type; false: what begins `text` is not the beginning of a line. */
static bool find_fields(struct slice text, struct slice *fields) {
    struct slice word;
    for (unsigned i = 0; i < MOST_OF_WORDS && slice_next_word(&text, &word); i++) {
        bool is_type = slice_is_nocase(word, "TXT") || slice_is_nocase(word, "SPF");
        bool is_printed = slice_is_nocase(word, "text"); /* name, "text" and "=" */
        *fields = slice_trim(text);
        if (is_printed && i && fields->len && fields->ptr[0] == '=') {
            *fields = slice_trim(slice_from(*fields, 1));
            return true;
        }
        if (is_type)
            return true;
        if (slice_find_char(word, '=') < word.len || slice_find_char(word, ';') < word.len)
            return false;
    }
    return false;
}

struct slice zone_line_text(struct slice text, struct arena *arena) {
    struct slice fields;
    if (!find_fields(text, &fields))
        return SLICE_EMPTY;
    if (fields.len && fields.ptr[0] == '(')
        fields = slice_trim(slice_from(fields, 1));
    if (!fields.len || fields.ptr[0] != '"')
        return slice_trim(slice_upto(fields, slice_find_char(fields, ')')));
    char *out = arena_open(arena, fields.len + 1);
    size_t used = 0;
    bool is_inside = false;
    for (size_t i = 0; i < fields.len; i++) {
        char c = fields.ptr[i];
        if (c == '"')
            is_inside = !is_inside;
        else if (!is_inside && (c == ')' || c == ';')) /* the end, or a remark */
            break;
        else if (is_inside)
            out[used++] = c;
    }
    return arena_close(arena, out, used);
}
