/* Logs that are tables: see table.h. */
#include "parsers/log/table.h"

/* The next cell; without its quotes, doubled ones made single (in the arena). */
static struct slice next_cell(struct slice *rest, struct arena *arena) {
    if (!rest->len || rest->ptr[0] != '"') {
        struct slice cell = slice_upto(*rest, slice_find_char(*rest, ','));
        *rest = slice_from(*rest, cell.len + 1);
        return slice_trim(cell);
    }
    struct slice raw = slice_from(*rest, 1);
    char *text = arena_open(arena, raw.len + 1);
    size_t used = 0;
    size_t i = 0;
    for (; i < raw.len && !(raw.ptr[i] == '"' && (i + 1 == raw.len || raw.ptr[i + 1] != '"')); i++) {
        i += raw.ptr[i] == '"';
        text[used++] = raw.ptr[i];
    }
    raw = slice_from(raw, i);
    *rest = slice_from(raw, slice_find_char(raw, ',') + 1);
    return arena_close(arena, text, used);
}

static enum column column_of(const struct column_name *names, struct slice name) {
    for (; names->name; names++)
        if (slice_equal_nocase(name, slice_of(names->name)))
            return names->column;
    return COLUMN_NONE;
}

/* The line of the header that names the first of the columns: "date-time,…", "#Fields: date-time,…". */
static bool read_header(struct table *t, const struct column_name *names, struct arena *arena) {
    struct slice rest = t->header;
    struct slice line;
    for (int i = 0; i < 8 && slice_next_line(&rest, &line); i++) {
        if (line.len >= 3 && memcmp(line.ptr, "\xef\xbb\xbf", 3) == 0)
            line = slice_from(line, 3);
        if (slice_starts_nocase(line, SLICE("#Fields: ")))
            line = slice_from(line, 9);
        struct slice start = line;
        if (!slice_equal_nocase(next_cell(&start, arena), slice_of(names->name)))
            continue;
        size_t n = 0;
        memset(t->columns, 0, sizeof t->columns);
        while (line.len && n < sizeof t->columns)
            t->columns[n++] = (unsigned char)column_of(names, next_cell(&line, arena));
        return true;
    }
    return false;
}

/* Is it that table? The header is held against each once. */
static bool is_table(struct table *t, const struct column_name *names, struct arena *arena) {
    if (t->names)
        return t->names == names;
    for (unsigned i = 0; i < t->asked_count; i++)
        if (t->asked[i] == names)
            return false;
    if (t->asked_count < sizeof t->asked / sizeof *t->asked)
        t->asked[t->asked_count++] = names;
    if (read_header(t, names, arena))
        t->names = names;
    return t->names == names;
}

void table_begin(struct table *t) {
    t->names = NULL;
    t->asked_count = 0;
}

bool table_row(struct table *t, const struct column_name *names, struct slice text, struct arena *arena,
               struct slice cells[COLUMNS]) {
    if (!is_table(t, names, arena))
        return false;
    memset(cells, 0, COLUMNS * sizeof *cells);
    for (size_t n = 0; text.len && n < sizeof t->columns; n++) {
        struct slice cell = next_cell(&text, arena);
        if (t->columns[n] && !cells[t->columns[n]].len)
            cells[t->columns[n]] = cell;
    }
    return true;
}
