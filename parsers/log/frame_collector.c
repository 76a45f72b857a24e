/* Layers of collectors: see frame_collector.h. */
#include "parsers/log/frame_collector.h"

#include "parsers/log/carrier.h"
#include "parsers/log/line_text.h"

#define MOST_TAG 128 /* bytes */

static size_t tag_length(struct slice s) {
    size_t n = 0;
    while (n < s.len && n < MOST_TAG &&
           (ascii_is_alnum(s.ptr[n]) || strchr("._-/*", s.ptr[n] ? s.ptr[n] : ' ')))
        n++;
    return n;
}

bool collector_take_tagged(const struct framing *f, struct log_line *line) {
    struct slice rest = line->message;
    int64_t time;
    if (!ascii_is_digit(rest.ptr[0]) || !stamp_take(f->stamps, &rest, &time))
        return false;
    bool is_file = starts(rest, "\t");
    size_t zone = starts(rest, " +") || starts(rest, " -") ? 6 : 0; /* " +0000" that the stamp left */
    rest = slice_from(rest, zone);
    if (!is_file && !starts(rest, " "))
        return false;
    rest = slice_from(rest, 1);
    size_t tag = tag_length(rest);
    rest = slice_from(rest, tag);
    if (!starts(rest, is_file ? "\t{" : ": {") || !carrier_is_one((struct slice){rest.ptr - tag, tag}))
        return false;
    line->time = time;
    line->message = slice_from(rest, is_file ? 1 : 2);
    return true;
}

/* What stands between the quotes, which are not escaped: up to the next member or the end of the record. */
static struct slice packed_text(struct slice s) {
    size_t end = slice_find_last(s, SLICE("\"}]"));
    for (size_t at = 0; at < end;) {
        size_t quote = at + slice_find(slice_from(s, at), SLICE("\", \""));
        struct slice name = slice_from(s, quote + 4);
        if (quote >= end)
            break;
        if (starts(slice_from(name, tag_length(name)), "\"=>"))
            return slice_upto(s, quote);
        at = quote + 1;
    }
    return slice_upto(s, end < s.len ? end : 0);
}

/* "[0] mail: [": what stands before the record, without the number where a program wrote it; 0: it is none.
 */
static size_t pack_length(struct slice s) {
    size_t width = 0;
    size_t number = 0;
    if (starts(s, "[") && slice_number(slice_from(s, 1), &width) >= 0 &&
        starts(slice_from(s, 1 + width), "] "))
        number = width + 3;
    struct slice rest = slice_from(s, number);
    size_t tag = tag_length(rest);
    return tag && starts(slice_from(rest, tag), ": [") ? number + tag + 3 : 0;
}

/* Where the text of the record begins, behind the first of these names: what stands behind it may be a
 * stranger's words. */
static struct slice behind_name(struct slice record) {
    static const char *const names[] = {"{\"log\"=>\"",     " \"log\"=>\"",     "{\"message\"=>\"",
                                        " \"message\"=>\"", "{\"MESSAGE\"=>\"", " \"MESSAGE\"=>\""};
    size_t first = record.len;
    size_t begin = record.len;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t at = slice_find(record, slice_of(names[i]));
        if (at < first) {
            first = at;
            begin = at + strlen(names[i]);
        }
    }
    return slice_from(record, begin);
}

bool collector_take_pack(const struct framing *f, struct log_line *line) {
    size_t head = pack_length(line->message);
    struct slice text = head ? packed_text(behind_name(slice_from(line->message, head))) : SLICE_EMPTY;
    (void)f;
    line->message = text.len ? text : line->message;
    return text.len > 0;
}

/* Of an archive: id, when it was made and came in, the source's number, name and address, facility, severity,
 * program, message. */
enum cell { CELL_ID, CELL_TIME, CELL_RECEIVED, CELL_NUMBER, CELL_HOST, CELL_PROGRAM = 8, CELLS };

bool collector_take_cells(const struct framing *f, struct log_line *line) {
    struct slice cells[CELLS];
    struct slice rest = line->message;
    int64_t time, received;
    if (!ascii_is_digit(rest.ptr[0]))
        return false;
    for (size_t i = 0; i < CELLS; i++) {
        size_t tab = slice_find_char(rest, '\t');
        if (tab == rest.len)
            return false;
        cells[i] = slice_upto(rest, tab);
        rest = slice_from(rest, tab + 1);
    }
    size_t width = 0;
    bool is_one = slice_number(cells[CELL_NUMBER], &width) >= 0 && width == cells[CELL_NUMBER].len &&
                  stamp_take(f->stamps, &cells[CELL_TIME], &time) && !cells[CELL_TIME].len &&
                  stamp_take(f->stamps, &cells[CELL_RECEIVED], &received) && !cells[CELL_RECEIVED].len;
    if (!is_one)
        return false;
    line->time = time;
    line->host = cells[CELL_HOST];
    line->program = slice_upto(cells[CELL_PROGRAM], slice_find_char(cells[CELL_PROGRAM], '['));
    line->message = rest;
    return true;
}

/* Milliseconds since the epoch, of 13 digits; -1: it is none. */
static int64_t milliseconds(struct slice cell) {
    for (size_t i = 0; i < cell.len; i++)
        if (!ascii_is_digit(cell.ptr[i]))
            return -1;
    return cell.len == 13 ? slice_number(slice_upto(cell, 9), NULL) * (int64_t)10 + (cell.ptr[9] - '0') : -1;
}

/* Cells by the names of their members: ingestionTime, message, timestamp; or eventId, ingestionTime,
 * logStreamName, message, timestamp. */
bool collector_take_events(const struct framing *f, struct log_line *line) {
    struct slice rest = slice_from(line->message, 7);
    (void)f;
    if (!starts(line->message, "EVENTS\t"))
        return false;
    size_t tab = slice_find_char(rest, '\t');
    bool has_id = milliseconds(slice_upto(rest, tab)) == -1;
    for (int cells = has_id ? 3 : 1; cells; cells--)
        rest = slice_from(rest, slice_find_char(rest, '\t') + 1);
    size_t last = slice_find_last(rest, SLICE("\t"));
    int64_t time = milliseconds(slice_trim(slice_from(rest, last + 1)));
    if (time == -1)
        return false;
    line->time = time;
    line->message = slice_trim(slice_upto(rest, last));
    return line->message.len > 0;
}
