/* Logs that are tables: see dialect.h. RFC 4180, but a cell holds no line end. */
#include "parsers/log/dialect.h"

#include "parsers/base/date.h"

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
static bool read_header(struct log_reader *r, const struct column_name *names) {
    struct slice rest = r->header;
    struct slice line;
    for (int i = 0; i < 8 && slice_next_line(&rest, &line); i++) {
        if (line.len >= 3 && memcmp(line.ptr, "\xef\xbb\xbf", 3) == 0)
            line = slice_from(line, 3);
        if (slice_starts_nocase(line, SLICE("#Fields: ")))
            line = slice_from(line, 9);
        struct slice start = line;
        if (!slice_equal_nocase(next_cell(&start, &r->chunk), slice_of(names->name)))
            continue;
        size_t n = 0;
        memset(r->columns, 0, sizeof r->columns);
        while (line.len && n < sizeof r->columns)
            r->columns[n++] = (unsigned char)column_of(names, next_cell(&line, &r->chunk));
        return true;
    }
    return false;
}

/* Is it that table? The header is held against each once. */
static bool is_table(struct log_reader *r, const struct column_name *names) {
    if (r->table)
        return r->table == names;
    for (unsigned i = 0; i < r->asked_count; i++)
        if (r->asked[i] == names)
            return false;
    if (r->asked_count < sizeof r->asked / sizeof *r->asked)
        r->asked[r->asked_count++] = names;
    if (read_header(r, names))
        r->table = names;
    return r->table == names;
}

bool table_row(struct log_reader *r, const struct column_name *names, const struct log_line *line,
               struct slice cells[COLUMNS]) {
    if (!is_table(r, names))
        return false;
    struct slice rest = line->text;
    memset(cells, 0, COLUMNS * sizeof *cells);
    for (size_t n = 0; rest.len && n < sizeof r->columns; n++) {
        struct slice cell = next_cell(&rest, &r->chunk);
        if (r->columns[n] && !cells[r->columns[n]].len)
            cells[r->columns[n]] = cell;
    }
    return true;
}

static void read_time(struct log_event *e, struct slice text) {
    struct log_reader none = {0};
    int64_t time;
    e->time = log_stamp(&none, &text, &time) ? time : date_parse(text);
}

void table_attempt(struct log_reader *r, const struct log_line *line, const struct slice cells[COLUMNS],
                   enum log_status status) {
    struct slice list = cells[COLUMN_RECIPIENT];
    struct slice id = cells[COLUMN_ID].len ? cells[COLUMN_ID] : cells[COLUMN_MESSAGE_ID];
    while (list.len) {
        struct slice one = slice_upto(list, slice_find_char(list, ';'));
        list = slice_from(list, one.len + 1);
        struct log_event *e = log_event_add(r, LOG_QUEUED, line);
        e->queue_id =
            id.len ? arena_printf(&r->chunk, "%.*s %.*s", (int)id.len, id.ptr, (int)one.len, one.ptr) : one;
        struct slice name = e->queue_id;
        e->address = log_angles(cells[COLUMN_SENDER]);
        e->recipients = 1;
        e->size = slice_number(cells[COLUMN_SIZE], NULL);
        e->host = cells[COLUMN_HOST];
        read_time(e, cells[COLUMN_TIME]);
        if (r->wants_stories) {
            e = log_event_add(r, LOG_MESSAGE_ID, line);
            e->queue_id = name;
            e->host = cells[COLUMN_HOST];
            e->message_id = log_angles(cells[COLUMN_MESSAGE_ID]);
        }
        e = log_event_add(r, LOG_ATTEMPT, line);
        e->queue_id = name;
        e->host = cells[COLUMN_HOST];
        e->address = log_angles(one);
        e->status = (unsigned char)status;
        e->is_last = status != LOG_DEFERRED;
        e->relay = cells[COLUMN_RELAY];
        e->relay_ip = cells[COLUMN_RELAY_IP];
        e->status_code = cells[COLUMN_STATUS];
        e->text = cells[COLUMN_REPLY];
        read_time(e, cells[COLUMN_TIME]);
    }
}
