/* Lines as records: see pairs.h. */
#define _GNU_SOURCE
#include "parsers/log/pairs.h"

#include "parsers/log/line_text.h"

#define LONGEST_NAME 64

static bool is_of_name(char c) {
    return ascii_is_alnum(c) || c == '_' || c == '-' || c == '.';
}

/* The name that ends there, behind a blank, a comma or a brace; empty: there is none. */
static struct slice name_before(struct slice line, size_t end) {
    size_t start = end;
    while (start && end - start < LONGEST_NAME && is_of_name(line.ptr[start - 1]))
        start--;
    bool is_name = start < end && ascii_is_alpha(line.ptr[start]) &&
                   (!start || strchr(" ,\t{", line.ptr[start - 1] ? line.ptr[start - 1] : 'x'));
    return is_name ? slice_upto(slice_from(line, start), end - start) : SLICE_EMPTY;
}

struct pair {
    struct slice name;
    size_t start; /* of the name */
    size_t value;
    bool is_wide; /* " = ", and then values may hold blanks */
};

/* The first pair at or behind `from`. */
static bool find_pair(struct slice line, size_t from, struct pair *pair) {
    for (size_t i = from; i < line.len; i++) {
        i += slice_find_char(slice_from(line, i), '=');
        if (i >= line.len)
            return false;
        bool is_wide = i > from + 1 && line.ptr[i - 1] == ' ' && i + 1 < line.len && line.ptr[i + 1] == ' ';
        struct slice name = name_before(line, is_wide ? i - 1 : i);
        if (!name.len || name.ptr < line.ptr + from)
            continue;
        *pair = (struct pair){name, (size_t)(name.ptr - line.ptr), i + (is_wide ? 2 : 1), is_wide};
        return true;
    }
    return false;
}

/* Behind a closing quote nothing else of the value can stand. */
static bool is_end(struct slice s, size_t at) {
    return at >= s.len || s.ptr[at] == ' ' || s.ptr[at] == ',' || s.ptr[at] == '}' || s.ptr[at] == ']';
}

/* The bytes to the end of what begins with a quote: the first that can be it; s.len: it is not closed. Behind
 * a backslash a double quote is one of the value (Stalwart's crates/trc/src/serializers/escape.rs, seen
 * 2026-11-27). */
static size_t quoted_length(struct slice s) {
    for (size_t i = 1; i < s.len; i++) {
        if (s.ptr[i] == s.ptr[0] && is_end(s, i + 1))
            return i + 1;
        i += s.ptr[0] == '"' && s.ptr[i] == '\\';
    }
    return s.len;
}

/* The value of a quoted one, without the backslashes before quotes and backslashes. */
static struct slice without_escapes(struct slice value, struct arena *arena) {
    if (!slice_has(value, "\\\"") && !slice_has(value, "\\\\"))
        return value;
    char *text = arena_open(arena, value.len);
    size_t used = 0;
    for (size_t i = 0; i < value.len; i++) {
        bool is_escaped = i + 1 < value.len && value.ptr[i] == '\\' &&
                          (value.ptr[i + 1] == '"' || value.ptr[i + 1] == '\\');
        i += is_escaped;
        text[used++] = value.ptr[i];
    }
    return arena_close(arena, text, used);
}

/* The bytes of a value without quotes: up to a blank; of wide ones up to a comma behind which a pair stands,
 * outside of braces. */
static size_t bare_length(struct slice s, bool is_wide) {
    size_t depth = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        depth += is_wide && c == '{';
        depth -= depth && c == '}';
        if (is_wide && c == '"') {
            i += quoted_length(slice_from(s, i)) - 1;
            continue;
        }
        if (!is_wide && (c == ' ' || c == '\t'))
            return i;
        struct slice behind = slice_from(s, i + 2);
        size_t name = 0;
        if (!is_wide || depth || c != ',')
            continue;
        while (name < behind.len && name < LONGEST_NAME && is_of_name(behind.ptr[name]))
            name++;
        if (name && starts(slice_from(behind, name), " = "))
            return i;
    }
    return s.len;
}

/* The bytes of what begins with a bracket, without the one that closes it. */
static size_t list_length(struct slice s) {
    size_t i = 1;
    while (i < s.len && s.ptr[i] != ']')
        i += s.ptr[i] == '"' ? quoted_length(slice_from(s, i)) : 1;
    return i;
}

/* What stands in brackets, "a", "b", as a;b. */
static struct slice list_text(struct slice s, struct arena *arena) {
    char *out = arena_open(arena, s.len);
    size_t used = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < s.len; i++) {
        is_quoted ^= s.ptr[i] == '"';
        if (s.ptr[i] == '"' || (!is_quoted && s.ptr[i] == ' '))
            continue;
        i += is_quoted && s.ptr[i] == '\\' && i + 1 < s.len;
        out[used++] = (char)(!is_quoted && s.ptr[i] == ',' ? ';' : s.ptr[i]);
    }
    return arena_close(arena, out, used);
}

/* The value at the start of `s`, and how many bytes it takes there. */
static struct slice take_value(struct slice s, bool is_wide, size_t *used, struct arena *arena) {
    bool is_quoted = s.len && (s.ptr[0] == '"' || (s.ptr[0] == '\'' && !is_wide));
    if (is_quoted) {
        *used = quoted_length(s);
        bool is_closed = *used > 1 && s.ptr[*used - 1] == s.ptr[0];
        struct slice value = slice_upto(slice_from(s, 1), *used - 1 - is_closed);
        return s.ptr[0] == '"' ? without_escapes(value, arena) : value;
    }
    if (is_wide && s.len && s.ptr[0] == '[') {
        size_t end = list_length(s);
        *used = end + (end < s.len);
        return list_text(slice_from(slice_upto(s, end), 1), arena);
    }
    *used = bare_length(s, is_wide);
    return slice_upto(s, *used);
}

static void add_member(struct json_nodes *nodes, struct slice name, struct slice value, struct arena *arena) {
    bool is_second = false;
    for (size_t i = 1; i < nodes->count && !is_second; i++)
        is_second = slice_equal(nodes->nodes[i].name, name);
    if (is_second)
        name = arena_printf(arena, "%.*s#2", S(name));
    json_add_member(nodes, name, value);
}

/* "queue: delivered  {…}" */
static bool read_json(struct json_nodes *nodes, struct slice line, struct arena *arena) {
    size_t brace = slice_find_char(line, '{');
    struct slice text = slice_trim(slice_upto(line, brace));
    struct slice json = slice_from(line, brace);
    bool is_plain = text.len && !memchr(text.ptr, '\\', text.len) && !memchr(text.ptr, '"', text.len);
    if (!is_plain || json.len < 4 || json.ptr[1] != '"' || json.ptr[json.len - 1] != '}')
        return false;
    struct slice whole =
        arena_printf(arena, "{\"" PAIRS_TEXT "\":\"%.*s\",%.*s", S(text), S(slice_from(json, 1)));
    return json_read(nodes, whole) == whole.len;
}

/* The pair that ends the line, under a name of its own. A value before it may be another's words, with pairs
 * in them that look like this one. */
static void add_last(struct json_nodes *nodes, struct slice line, struct arena *arena) {
    const char *equals = memrchr(line.ptr, '=', line.len);
    size_t at = (size_t)(equals - line.ptr);
    struct slice name = name_before(line, at);
    struct slice value = slice_from(line, at + 1);
    if (name.len && value.len && slice_find_char(value, ' ') == value.len &&
        value.len == bare_length(value, false) && !strchr("'\"", value.ptr[value.len - 1]))
        json_add_member(nodes, arena_printf(arena, "%.*s" PAIRS_LAST, S(name)), value);
}

bool pairs_read(struct json_nodes *nodes, struct slice line, struct arena *arena) {
    struct pair pair;
    size_t at = 0;
    size_t count = 0;
    line = slice_trim(line);
    if (read_json(nodes, line, arena))
        return true;
    if (!find_pair(line, 0, &pair))
        return false;
    json_make_object(nodes);
    if (pair.start)
        json_add_member(nodes, SLICE(PAIRS_TEXT), slice_trim(slice_upto(line, pair.start)));
    add_last(nodes, line, arena);
    do {
        size_t used = 0;
        struct slice value = take_value(slice_from(line, pair.value), pair.is_wide, &used, arena);
        add_member(nodes, pair.name, slice_trim(value), arena);
        at = pair.value + used;
    } while (++count < LIMIT_PAIRS && find_pair(line, at, &pair));
    return true;
}
