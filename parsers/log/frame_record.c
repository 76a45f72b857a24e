/* Records of several lines: see frame_record.h. */
#include "parsers/log/frame_record.h"

#include "parsers/log/line_text.h"
#include "parsers/log/queue_list.h"

/* --- the journal's export format --- */

static bool is_field_name(struct slice s) {
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_digit(s.ptr[i]) && s.ptr[i] != '_' && (s.ptr[i] < 'A' || s.ptr[i] > 'Z'))
            return false;
    return s.len > 0;
}

#define MOST_LENGTH UINT32_MAX /* no field is longer; what says so is a line of text */

/* The next field of the record; one that is no text has its length, 64 bits from the lowest byte, behind the
 * line with its name. Of one that is cut *missing is how many bytes are not there, the line end behind them
 * with them, and `rest` is empty: what stands in it is no field. False at the end of the record, with its
 * empty line taken off. */
static bool next_field(struct slice *rest, struct slice *name, struct slice *value, uint64_t *missing) {
    size_t end = slice_find_char(*rest, '\n');
    struct slice line = slice_upto(*rest, end);
    size_t equals = slice_find_char(line, '=');
    *rest = slice_from(*rest, end + 1);
    *name = slice_upto(line, equals);
    *value = slice_from(line, equals + 1);
    if (!line.len || line.ptr[0] == '\r')
        return false;
    if (equals < line.len || !is_field_name(line))
        return true;
    uint64_t length = 0;
    for (size_t i = rest->len < 8 ? rest->len : 8; i > 0; i--)
        length = length << 8 | (unsigned char)rest->ptr[i - 1];
    if (rest->len >= 8 && length > MOST_LENGTH)
        return true;
    *missing = 8 + length + 1 > rest->len ? 8 + length + 1 - rest->len : 0;
    *value = slice_upto(slice_from(*rest, 8), (size_t)length);
    *rest = slice_from(*rest, 8 + (size_t)length + 1);
    return true;
}

struct record_cut record_cut_of(enum record_form form, struct slice bytes) {
    struct slice rest = bytes;
    struct slice name, value;
    struct record_cut cut = {.used = bytes.len};
    while (form == RECORD_EXPORT && rest.len && !cut.missing) {
        if (!memchr(rest.ptr, '\n', rest.len)) {
            cut.used -= rest.len;
            return cut;
        }
        next_field(&rest, &name, &value, &cut.missing);
    }
    cut.is_open = form != RECORD_EXPORT;
    return cut;
}

/* 0: it is not whole. */
static size_t export_length(struct slice bytes) {
    struct slice rest = bytes;
    struct slice name, value;
    bool has_field = false;
    uint64_t missing = 0;
    while (rest.len) {
        bool is_field = next_field(&rest, &name, &value, &missing);
        if (!is_field && has_field)
            return bytes.len - rest.len;
        has_field |= is_field;
    }
    return 0;
}

/* --- journalctl -o verbose --- */

/* "Tue 2026-11-24 09:14:07.123456 UTC [s=0639f…;i=4be…]": the head of a record; what stands before the
 * bracket is the time. 0: it is none. */
static size_t verbose_time(struct slice line) {
    line = slice_upto(line, slice_find_char(line, '\n'));
    size_t open = slice_find(line, SLICE(" [s="));
    bool is_head = open < line.len && line.len && ascii_is_alpha(line.ptr[0]) &&
                   slice_has(slice_from(line, open), ";i=") && slice_has(slice_from(line, open), ";b=");
    return is_head ? open : 0;
}

/* 0: it is not whole. */
static size_t verbose_length(struct slice bytes) {
    size_t used = slice_find_char(bytes, '\n') + 1;
    while (used < bytes.len && (bytes.ptr[used] == ' ' || bytes.ptr[used] == '\n'))
        used += slice_find_char(slice_from(bytes, used), '\n') + 1;
    return used < bytes.len ? used : 0;
}

/* The first of two fields of one name counts, as its message was not written over several lines by whoever
 * sent it: these are indented further. */
static bool take_verbose(const struct framing *f, struct log_line *line) {
    struct slice rest = line->message;
    struct slice field;
    struct frame_values v = {.ranks = {0}};
    frame_values_keep(&v, SLICE("time"), slice_upto(rest, verbose_time(rest)));
    while (slice_next_line(&rest, &field)) {
        bool is_field = starts(field, "    ") && field.len > 4 && field.ptr[4] != ' ';
        size_t equals = slice_find_char(field, '=');
        struct slice name = is_field ? slice_from(slice_upto(field, equals), 4) : SLICE_EMPTY;
        if (is_field_name(name))
            frame_values_keep(&v, name, slice_from(field, equals + 1));
    }
    return frame_values_apply(&v, f->stamps, line);
}

bool record_take(const struct framing *f, struct log_line *line) {
    struct slice rest = line->message;
    struct frame_values v = {.ranks = {0}};
    struct slice name, value;
    uint64_t missing = 0;
    if (memchr(rest.ptr, '\n', rest.len) && verbose_time(rest))
        return take_verbose(f, line);
    if (!starts(rest, "__") || !memchr(rest.ptr, '\n', rest.len))
        return false;
    while (rest.len && next_field(&rest, &name, &value, &missing))
        frame_values_keep(&v, name, value);
    return frame_values_apply(&v, f->stamps, line);
}

/* --- objects --- */

static struct slice skip_blanks(struct slice s) {
    while (s.len && ascii_is_space(s.ptr[0]))
        s = slice_from(s, 1);
    return s;
}

static bool is_list_name(struct slice name) {
    for (const char *const *list = frame_lists; *list; list++)
        if (slice_equal(name, slice_of(*list)))
            return true;
    return false;
}

/* Behind the string whose first quote is at `at`. */
static size_t string_end(struct slice s, size_t at) {
    for (at++; at < s.len && s.ptr[at] != '"'; at++)
        at += s.ptr[at] == '\\';
    return at + 1 < s.len ? at + 1 : s.len;
}

/* Is it, behind the name of a list, the list or what it stands in? Where its first record or that begins. */
static size_t inside_of_list(struct slice s, size_t at) {
    struct slice rest = skip_blanks(slice_from(s, at));
    if (!rest.len || rest.ptr[0] != ':')
        return 0;
    rest = skip_blanks(slice_from(rest, 1));
    if (rest.len && rest.ptr[0] == '[')
        rest = skip_blanks(slice_from(rest, 1));
    return rest.len && rest.ptr[0] == '{' ? s.len - rest.len : 0;
}

/* The length of the object at the start of `s`; 0: it does not end there. Where a list of records is in it,
 * *list is the place of the first one, and it is not looked further; else 0. */
static size_t object_length(struct slice s, size_t *list) {
    size_t depth = 0;
    *list = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '"') {
            size_t end = string_end(s, i);
            if (depth == 1 && end > i + 2 && is_list_name((struct slice){s.ptr + i + 1, end - i - 2}))
                *list = inside_of_list(s, end);
            if (*list)
                return 0;
            i = end - 1;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && depth-- <= 1) {
            return i + 1;
        }
    }
    return 0;
}

/* What stands in front of the next object, and the objects and lists that records stand in, are taken off
 * `rest`. The object's length; 0: it is not whole, or there is none. */
static size_t next_object(struct slice *rest) {
    size_t list = 0;
    size_t length = 0;
    do {
        *rest = slice_from(*rest, list);
        *rest = slice_from(*rest, slice_find_char(*rest, '{'));
        length = object_length(*rest, &list);
    } while (list);
    return length;
}

/* Each object in a line of its own is not of this form. */
static bool is_of_objects(struct slice header) {
    size_t list = 0;
    if (header.ptr[0] == '[') {
        struct slice inside = skip_blanks(slice_from(header, 1));
        return inside.len && inside.ptr[0] == '{';
    }
    struct slice inside = skip_blanks(slice_from(header, 1));
    size_t length = object_length(header, &list);
    size_t line = slice_find_char(header, '\n');
    if (!inside.len || inside.ptr[0] != '"')
        return false;
    if (list || !length) /* one that is printed over several lines begins with a line of its own */
        return list || line < (size_t)(inside.ptr - header.ptr);
    struct slice behind = slice_from(header, length);
    return line < length || (behind.len && behind.ptr[0] != '\n' && behind.ptr[0] != '\r');
}

/* --- strings --- */

static bool ends_with_one(struct slice s, const char *chars) {
    s = slice_trim(s);
    return !s.len || strchr(chars, s.ptr[s.len - 1]);
}

/* The string that is told next, its quotes with it; *rest begins there then. Names and values of objects are
 * none, nor are Loki's times, strings of digits. 0: it is not whole, or there is none. */
static size_t string_length(struct slice *rest) {
    for (;;) {
        size_t quote = slice_find_char(*rest, '"');
        bool is_item = ends_with_one(slice_upto(*rest, quote), "[,");
        *rest = slice_from(*rest, quote);
        size_t end = rest->len ? string_end(*rest, 0) : 0;
        if (!end || end >= rest->len || rest->ptr[end - 1] != '"')
            return 0;
        struct slice behind = skip_blanks(slice_from(*rest, end));
        size_t digits = 1;
        while (digits < end && ascii_is_digit(rest->ptr[digits]))
            digits++;
        is_item &= behind.len && (behind.ptr[0] == ',' || behind.ptr[0] == ']');
        if (is_item && digits + 1 < end)
            return end;
        *rest = slice_from(*rest, end);
    }
}

/* Is it a list of strings, or Loki's answer, whose streams have them under "values"? */
static bool is_of_strings(struct slice header) {
    struct slice inside = skip_blanks(slice_from(header, 1));
    if (header.ptr[0] == '[')
        return inside.len && inside.ptr[0] == '"';
    return starts(inside, "\"status\"") && slice_has(header, "\"streams\"") &&
           slice_has(header, "\"values\"");
}

/* --- octet counts --- */

/* "83 <22>1 …": the length with the count; 0: it is none, or not whole. */
static size_t counted_length(struct slice s) {
    size_t width = 0;
    int count = s.len && ascii_is_digit(s.ptr[0]) ? slice_number(s, &width) : -1;
    bool is_whole =
        count > 0 && width < 7 && starts(slice_from(s, width), " <") && s.len - width > (size_t)count;
    return is_whole ? width + 1 + (size_t)count : 0;
}

static bool is_counted(struct slice header) {
    size_t first = counted_length(header);
    return first && counted_length(slice_from(header, first));
}

/* --- all --- */

/* The length of the record at the start of `rest`, in front of which nothing stands then; 0: it is not whole.
 */
static size_t next_length(enum record_form form, struct slice *rest) {
    return form == RECORD_EXPORT    ? export_length(*rest)
           : form == RECORD_COUNTED ? counted_length(*rest)
           : form == RECORD_QUEUE   ? queue_record_length(*rest)
           : form == RECORD_VERBOSE ? verbose_length(*rest)
           : form == RECORD_STRING  ? string_length(rest)
                                    : next_object(rest);
}

enum record_form record_form_of(struct slice header) {
    if (starts(header, "\xef\xbb\xbf"))
        header = slice_from(header, 3);
    if (starts(header, "\x1e"))
        header = slice_from(header, 1);
    header = skip_blanks(header);
    if (starts(header, "__CURSOR=") || starts(header, "__REALTIME_TIMESTAMP="))
        return RECORD_EXPORT;
    if (is_counted(header))
        return RECORD_COUNTED;
    if (header.len && verbose_time(header))
        return RECORD_VERBOSE;
    bool is_json = header.len && (header.ptr[0] == '[' || header.ptr[0] == '{');
    if (is_json && is_of_strings(header))
        return RECORD_STRING;
    if (is_json && is_of_objects(header))
        return RECORD_OBJECT;
    return queue_list_begins(header) ? RECORD_QUEUE : RECORD_LINE;
}

size_t record_whole(enum record_form form, struct slice bytes) {
    struct slice rest = bytes;
    size_t whole = 0;
    size_t length;
    while ((length = next_length(form, &rest)) > 0) {
        rest = slice_from(rest, length);
        whole = bytes.len - rest.len;
    }
    return whole;
}

bool record_next(enum record_form form, struct slice *rest, struct slice *record) {
    if (form == RECORD_LINE)
        return slice_next_line(rest, record);
    size_t length = next_length(form, rest);
    *record = slice_upto(*rest, length ? length : rest->len);
    *rest = slice_from(*rest, record->len);
    return record->len > 0;
}
