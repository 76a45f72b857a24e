/* Lines that were broken: see unfold.h. */
#include "parsers/log/unfold.h"

#include "parsers/log/line_text.h"
#include "parsers/log/program.h"

#define MOST_LINES 12
#define MOST_BYTES ((size_t)4 << 10)
#define MOST_STAMP 40 /* bytes before Exim's first word */

/* Behind the first, a whole line has the second. */
static const struct {
    const char *start, *needed;
} parts[] = {
    {": to=", "stat"}, /* Postfix, Sendmail */
    {", status=", ")"},       {"reject: ", "proto="},      {" delivery evpid=", "stat="}, /* OpenSMTPD */
    {"Fail for", "stat="},    {"Bounced: DCID ", "('"},                                   /* IronPort */
    {"Delayed: DCID ", "('"}, {"Message done DCID ", "["}, {" recipients=", "exitcode="}, /* msmtp */
};

/* "postfix/smtp[1]: 9C1D02B4:" and nothing behind it */
static bool ends_with_id(struct slice text) {
    size_t n = text.len;
    if (!n || text.ptr[n - 1] != ':' || !slice_has(text, "postfix/"))
        return false;
    for (n--; n && ascii_is_alnum(text.ptr[n - 1]); n--)
        continue;
    return text.len - n > 6 && n > 1 && text.ptr[n - 1] == ' ' && text.ptr[n - 2] == ':';
}

/* Does it end where something must follow: behind a comma, a colon, or Exim's "2026-11-24 09:14:07 H=mx
 * [192.0.2.9]"? A line that is not broken stays as it is, for the one behind it begins as lines do. */
static bool ends_open(struct slice text) {
    char last = text.len ? text.ptr[text.len - 1] : ' ';
    return last == ',' || last == ':' ||
           (last == ']' && slice_find(slice_upto(text, MOST_STAMP), SLICE(" H=")) < MOST_STAMP);
}

static bool is_whole(struct slice text) {
    text = slice_trim(text);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t at = slice_find(text, slice_of(parts[i].start));
        if (at < text.len && !slice_has(slice_from(text, at), parts[i].needed))
            return false;
    }
    return !ends_with_id(text) && !ends_open(text);
}

static struct slice without_margin(struct slice line) {
    size_t n = 0;
    while (n < line.len && strchr("> \t`*\r", line.ptr[n] ? line.ptr[n] : 'x'))
        n++;
    return slice_from(line, n);
}

/* Does it begin as lines of logs do, or is it none at all? */
static bool begins_line(struct slice line, int64_t now) {
    struct slice text = without_margin(line);
    struct slice rest = text;
    struct stamps stamps = {.now = now};
    int64_t time;
    if (!text.len || text.ptr[0] == '{' || text.ptr[0] == '[' || stamp_take(&stamps, &rest, &time))
        return true;
    if (text.ptr[0] == '<' && text.len > 1 && ascii_is_digit(text.ptr[1])) /* a priority */
        return true;
    rest = text;
    struct slice program = program_take(&rest);
    bool is_name =
        program.len && !ascii_is_digit(program.ptr[0]); /* nor an envelope's: "66251a4092099e2d: " */
    return is_name && slice_find_char(program, '=') == program.len; /* "relay=mx[192.0.2.1]:25" */
}

/* The lines as one, of MOST_BYTES at most. */
static struct slice put_together(struct slice lines, char *room) {
    size_t used = 0;
    struct slice line;
    bool is_first = true;
    lines = slice_upto(lines, MOST_BYTES);
    while (slice_next_line(&lines, &line)) {
        struct slice words = is_first ? line : without_margin(line);
        while (words.len && ascii_is_space(words.ptr[words.len - 1]))
            words.len--;
        if (!is_first)
            room[used++] = ' '; /* for the end of the line before it */
        if (words.len)
            memcpy(room + used, words.ptr, words.len);
        used += words.len;
        is_first = false;
    }
    return (struct slice){room, used};
}

size_t unfold_length(struct slice rest, size_t len, int64_t now) {
    char room[MOST_BYTES];
    size_t end = len;
    bool is_done = is_whole(slice_upto(rest, len));
    for (int lines = 0; !is_done && lines < MOST_LINES && end < MOST_BYTES && end + 1 < rest.len; lines++) {
        struct slice below = slice_from(rest, end + 1);
        size_t length = slice_find_char(below, '\n');
        if (begins_line(slice_upto(below, length), now))
            break;
        end += 1 + length;
        is_done = is_whole(put_together(slice_upto(rest, end), room));
    }
    return is_done ? end : len;
}

struct slice unfold_text(struct slice lines, struct arena *arena) {
    char *room = arena_alloc(arena, MOST_BYTES);
    return put_together(lines, room);
}
