/* Logs that are tables: see table.h. */
#include "parsers/log/table.h"

#define MOST_UNCLOSED                                                                                        \
    4 /* rows whose quotes are not closed: a file with more of them means no cells by quotes */

/* The next cell; without its quotes, doubled ones made single (in the arena). */
static struct slice next_cell(struct slice *rest, char separator, struct arena *arena) {
    if (!rest->len || rest->ptr[0] != '"') {
        struct slice cell = slice_upto(*rest, slice_find_char(*rest, separator));
        *rest = slice_from(*rest, cell.len + 1);
        return slice_trim(cell);
    }
    struct slice raw = slice_from(*rest, 1);
    size_t i = 0;
    bool has_doubled = false;
    for (; i < raw.len && !(raw.ptr[i] == '"' && (i + 1 == raw.len || raw.ptr[i + 1] != '"')); i++) {
        has_doubled |= raw.ptr[i] == '"';
        i += raw.ptr[i] == '"';
    }
    struct slice cell = slice_upto(raw, i);
    raw = slice_from(raw, cell.len);
    *rest = slice_from(raw, slice_find_char(raw, separator) + 1);
    if (!has_doubled)
        return cell;
    char *text = arena_open(arena, cell.len);
    size_t used = 0;
    for (i = 0; i < cell.len; i++) {
        i += cell.ptr[i] == '"';
        if (i < cell.len)
            text[used++] = cell.ptr[i];
    }
    return arena_close(arena, text, used);
}

/* Microsoft writes the blanks of a value as '+'. */
static struct slice next_word(struct slice *rest, struct arena *arena) {
    struct slice word = slice_upto(*rest, slice_find_char(*rest, ' '));
    bool is_inside = false;
    *rest = slice_from(*rest, word.len + 1);
    if (slice_equal(word, SLICE("-")))
        return SLICE_EMPTY;
    if (slice_find_char(word, '+') == word.len)
        return word;
    char *text = arena_open(arena, word.len);
    for (size_t i = 0; i < word.len; i++) {
        is_inside = word.ptr[i] == '<' || (is_inside && word.ptr[i] != '>');
        text[i] = word.ptr[i] == '+' && !is_inside ? ' ' : word.ptr[i];
    }
    return slice_trim(arena_close(arena, text, word.len));
}

void table_read_names(struct table *t, struct slice line, char separator, struct arena *arena) {
    t->separator = separator;
    for (t->count = 0; line.len && t->count < LIMIT_COLUMNS; t->count++)
        t->names[t->count] = separator == ' ' ? next_word(&line, arena) : next_cell(&line, separator, arena);
}

/* Past `count` characters of valid or any other UTF-8. */
static size_t bytes_of(struct slice s, size_t count) {
    size_t at = 0;
    while (at < s.len && count--) {
        at++;
        while (at < s.len && ((unsigned char)s.ptr[at] & 0xc0) == 0x80)
            at++;
    }
    return at;
}

/* The cell that begins at character `start`, up to character `end`. */
static struct slice cut(struct slice line, size_t start, size_t end) {
    struct slice cell = slice_from(line, bytes_of(line, start));
    return slice_trim(slice_upto(cell, bytes_of(cell, end - start)));
}

bool table_read_dashes(struct table *t, struct slice line, struct slice dashes) {
    bool has_begun = false;
    t->separator = '\0';
    t->count = 0;
    for (size_t i = 0; i < dashes.len; i++) {
        if (dashes.ptr[i] != '-' && dashes.ptr[i] != ' ')
            return false;
        bool is_dash = dashes.ptr[i] == '-';
        if (is_dash && !has_begun && t->count < LIMIT_COLUMNS)
            t->starts[t->count++] = i;
        has_begun = is_dash;
    }
    for (size_t i = 0; i < t->count; i++)
        t->names[i] = cut(line, t->starts[i], i + 1 < t->count ? t->starts[i + 1] : SIZE_MAX);
    return t->count > 1;
}

void table_row(const struct table *t, struct slice text, struct json_nodes *nodes, struct arena *arena) {
    json_make_object(nodes);
    for (size_t i = 0; i < t->count && (text.len || !t->separator); i++) {
        size_t width = i + 1 < t->count ? t->starts[i + 1] - t->starts[i] : SIZE_MAX;
        struct slice cell;
        if (t->separator == ' ') {
            cell = next_word(&text, arena);
        } else if (t->separator) {
            cell = next_cell(&text, t->separator, arena);
        } else {
            size_t from = i ? 0 : t->starts[0];
            text = slice_from(text, bytes_of(text, from));
            cell = slice_upto(text, bytes_of(text, width));
            text = slice_from(text, cell.len);
            cell = slice_trim(cell);
        }
        json_add_member(nodes, t->names[i], cell);
    }
}

/* Does the row go on behind the end of this line, because a cell's quotes are not closed? `is_open`: such a
 * cell goes on in it. */
static bool goes_on(const struct table *t, struct slice line, bool is_open) {
    bool is_begun = !is_open; /* a cell begins here */
    bool is_quoted = is_open; /* the cell began with a quote, of which two are one */
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (is_begun)
            is_quoted = c == '"';
        if (c == '"' && is_quoted)
            is_open = !is_open;
        is_begun = !is_open && c == t->separator;
    }
    return is_open;
}

size_t table_row_length(struct table *t, struct slice rest, size_t len) {
    size_t most = rest.len < LIMIT_ROW ? rest.len : LIMIT_ROW;
    bool has_quotes = t->separator && t->separator != ' ' && t->unclosed < MOST_UNCLOSED;
    bool is_open = has_quotes && goes_on(t, slice_upto(rest, len), false);
    size_t end = len;
    while (is_open && end < most) {
        struct slice behind = slice_from(rest, end + 1);
        size_t more = slice_find_char(behind, '\n');
        is_open = goes_on(t, slice_upto(behind, more), true);
        end += 1 + more;
    }
    t->unclosed += is_open;
    return is_open ? len : end < rest.len ? end : rest.len;
}
