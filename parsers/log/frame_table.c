/* Lines in cells: see frame_table.h. */
#include "parsers/log/frame_table.h"

#include "parsers/log/line_text.h"

void frame_columns_find(struct frame_columns *columns, struct slice header, struct arena *arena) {
    static const char separators[] = {',', ';', '\t'};
    struct slice line;
    *columns = (struct frame_columns){.is_table = false};
    if (starts(header, "\xef\xbb\xbf"))
        header = slice_from(header, 3);
    if (!slice_next_line(&header, &line) || !line.len ||
        !(ascii_is_alpha(line.ptr[0]) || strchr("\"_@", line.ptr[0] ? line.ptr[0] : ' ')))
        return;
    if (memchr(line.ptr, '{', line.len)) /* a record of JSON has quotes and commas too */
        return;
    columns->names = line;
    for (size_t i = 0; i < sizeof separators && !columns->is_table; i++) {
        if (!memchr(line.ptr, separators[i], line.len))
            continue;
        table_read_names(&columns->table, line, separators[i], arena);
        for (size_t n = 0; n < columns->table.count; n++)
            columns->is_table |= frame_key_rank(KEY_MESSAGE, columns->table.names[n]) >= 0;
    }
}

bool frame_table_take(const struct framing *f, struct log_line *line) {
    const struct frame_columns *columns = &f->frames->columns;
    struct json_nodes *nodes = &f->frames->nodes;
    if (!columns->is_table)
        return false;
    table_row(&columns->table, line->message, nodes, f->arena);
    return frame_keys_take(nodes, f->stamps, f->arena, line);
}
