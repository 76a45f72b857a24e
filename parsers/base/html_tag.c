/* Tags and comments: see html_tag.h. */
#include "parsers/base/html_tag.h"

static bool ends_name(char c) {
    return ascii_is_space(c) || c == '/' || c == '>';
}

/* Behind the first `mark` at or behind `from`; the end where there is none. */
static size_t behind(struct slice s, size_t from, struct slice mark) {
    size_t at = slice_find(slice_from(s, from), mark);
    return from + at < s.len ? from + at + mark.len : s.len;
}

/* "<!-- … -->", also "<!-->" and "<!--->", and closed by "--!>". */
static size_t comment_length(struct slice s) {
    struct slice inside = slice_from(s, 4);
    if (inside.len && inside.ptr[0] == '>')
        return 5;
    if (inside.len > 1 && inside.ptr[0] == '-' && inside.ptr[1] == '>')
        return 6;
    for (size_t at = 4; at < s.len;) {
        at = behind(s, at, SLICE("--"));
        while (at < s.len && s.ptr[at] == '-')
            at++;
        if (at < s.len && s.ptr[at] == '>')
            return at + 1;
        if (at + 1 < s.len && s.ptr[at] == '!' && s.ptr[at + 1] == '>')
            return at + 2;
    }
    return s.len;
}

/* The end of an attribute's value that begins at `at`. */
static size_t value_end(struct slice s, size_t at) {
    if (at < s.len && (s.ptr[at] == '"' || s.ptr[at] == '\'')) {
        size_t end = at + 1 + slice_find_char(slice_from(s, at + 1), s.ptr[at]);
        return end < s.len ? end + 1 : s.len;
    }
    while (at < s.len && !ascii_is_space(s.ptr[at]) && s.ptr[at] != '>')
        at++;
    return at;
}

static size_t skip_spaces(struct slice s, size_t at) {
    while (at < s.len && ascii_is_space(s.ptr[at]))
        at++;
    return at;
}

/* The end of an attribute's name at `at`, which may begin with "=". */
static size_t attribute_name_end(struct slice s, size_t at) {
    size_t end = at + 1;
    while (end < s.len && !ends_name(s.ptr[end]) && s.ptr[end] != '=')
        end++;
    return end;
}

/* Past one attribute at `at`; *value is where its value begins, s.len: it has none. */
static size_t attribute_end(struct slice s, size_t at, size_t *name_end, size_t *value) {
    *name_end = attribute_name_end(s, at);
    size_t equals = skip_spaces(s, *name_end);
    if (equals == s.len || s.ptr[equals] != '=') {
        *value = s.len;
        return *name_end;
    }
    *value = skip_spaces(s, equals + 1);
    return value_end(s, *value);
}

/* Where the > of a tag stands, outside quoted values; s.len: it is not closed. */
static size_t tag_end(struct slice s, size_t at) {
    while (at < s.len && s.ptr[at] != '>') {
        size_t name_end;
        size_t value;
        if (ascii_is_space(s.ptr[at]) || s.ptr[at] == '/')
            at++;
        else
            at = attribute_end(s, at, &name_end, &value);
    }
    return at;
}

enum html_markup html_markup_read(struct slice s, size_t *len, struct html_tag *tag) {
    bool is_end = s.len > 1 && s.ptr[1] == '/';
    size_t start = is_end ? 2 : 1;
    char first = start < s.len ? s.ptr[start] : '\0';
    if (!ascii_is_alpha(first)) {
        bool is_comment = slice_starts_nocase(s, SLICE("<!--"));
        bool is_bogus = first && (first == '!' || first == '?' || is_end);
        *len = is_comment ? comment_length(s) : is_bogus ? behind(s, start, SLICE(">")) : 1;
        return is_comment || is_bogus ? HTML_NOTHING : HTML_TEXT;
    }
    size_t name_end = start;
    while (name_end < s.len && !ends_name(s.ptr[name_end]))
        name_end++;
    size_t end = tag_end(s, name_end);
    *len = end < s.len ? end + 1 : s.len;
    tag->name = slice_from(slice_upto(s, name_end), start);
    tag->attributes = slice_from(slice_upto(s, end), name_end);
    return end == s.len ? HTML_NOTHING : is_end ? HTML_END_TAG : HTML_START_TAG;
}

bool html_attribute_next(struct slice *rest, struct slice *name, struct slice *value) {
    size_t at = 0;
    while (at < rest->len && (ascii_is_space(rest->ptr[at]) || rest->ptr[at] == '/'))
        at++;
    if (at == rest->len)
        return false;
    size_t name_end;
    size_t value_start;
    size_t end = attribute_end(*rest, at, &name_end, &value_start);
    *name = slice_from(slice_upto(*rest, name_end), at);
    *value = slice_from(slice_upto(*rest, end), value_start);
    if (value->len > 1 && (value->ptr[0] == '"' || value->ptr[0] == '\''))
        *value = slice_from(slice_upto(*value, value->len - 1), 1);
    *rest = slice_from(*rest, end);
    return true;
}
