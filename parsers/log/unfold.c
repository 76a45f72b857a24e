/* Lines that were broken: see unfold.h. */
#include "parsers/log/unfold.h"

#include "parsers/log/line_text.h"
#include "parsers/log/program.h"

#define MOST_LINES   12
#define MOST_BYTES   ((size_t)4 << 10)
#define MOST_STAMP   56 /* bytes before the first word behind an id of Exim */
#define MOST_TAG     12 /* bytes */
#define MOST_PLACE   64 /* bytes of a file's name and a line's number */
#define LEAST_WIDTH  60 /* of a terminal */
#define LEAST_HEADER 20 /* bytes of a header of syslog */

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

/* "122:" of grep, before an empty line */
static bool is_number(struct slice text) {
    size_t width = 0;
    return slice_number(text, &width) >= 0 && width + 1 == text.len;
}

/* Exim's "2026-11-24 09:14:07 1abcDE-0001Ab-2C H=mx [192.0.2.9] X=TLS1.3:…", and nothing said of that host */
static bool lacks_reason(struct slice text) {
    size_t at = slice_find(slice_upto(text, MOST_STAMP), SLICE(" H="));
    struct slice rest = slice_from(text, at + 1);
    struct slice word;
    bool is_field = at < MOST_STAMP && at < text.len;
    while (is_field && slice_next_word(&rest, &word))
        is_field = word.ptr[0] == '[' || word.ptr[0] == '(' || slice_find_char(word, '=') < word.len;
    return is_field;
}

/* Exim's "2026-11-24 09:14:07 1abcDE-0001Ab-2C ** bob@example.org R=dnslookup", and not why */
static bool lacks_failure(struct slice text) {
    static const char *const arrows[] = {" ** ", " == "};
    struct slice head = slice_upto(text, MOST_STAMP);
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++) {
        size_t at = slice_find(head, slice_of(arrows[i]));
        size_t blank = slice_find_last(slice_upto(head, at), SLICE(" "));
        struct slice id = slice_from(slice_upto(head, at), blank + 1);
        if (at < head.len && log_is_exim_id(id))
            return !slice_has(slice_from(text, at), ": ");
    }
    return false;
}

/* Does it end where something must follow: behind a comma, a colon, or a host of Exim's? A line that is not
 * broken stays as it is, for the one behind it begins as lines do. */
static bool ends_open(struct slice text) {
    char last = text.len ? text.ptr[text.len - 1] : ' ';
    return last == ',' || (last == ':' && !is_number(text)) || lacks_reason(text) || lacks_failure(text);
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

/* "<p>" in front of a line of a page */
static struct slice without_tag(struct slice line) {
    size_t end =
        starts(line, "<") && line.len > 2 && ascii_is_alpha(line.ptr[1]) ? slice_find_char(line, '>') : 0;
    return slice_from(line, end && end < MOST_TAG ? end + 1 : 0);
}

/* A time, also in brackets or behind the quote of a program's list. */
static bool is_stamp(struct slice text, int64_t now) {
    struct stamps stamps = {.now = now};
    int64_t time;
    text = slice_from(text, starts(text, "[") || starts(text, "\"") || starts(text, "'"));
    return stamp_take(&stamps, &text, &time);
}

/* Also behind grep's "mail.log:122:". */
static bool begins_with_stamp(struct slice text, int64_t now) {
    size_t most = slice_find_char(slice_upto(text, MOST_PLACE), ' ');
    for (size_t at = 0, colon; at < most; at += colon + 1) {
        if (is_stamp(slice_from(text, at), now))
            return true;
        colon = slice_find_char(slice_from(text, at), ':');
    }
    return false;
}

/* Does it begin as lines of logs do, or is it none at all? */
static bool begins_line(const struct unfold *u, struct slice line) {
    struct slice text = without_tag(without_margin(line));
    if (!text.len || text.ptr[0] == '{' || begins_with_stamp(text, u->now))
        return true;
    if (text.ptr[0] == '<' && text.len > 1 && ascii_is_digit(text.ptr[1])) /* a priority */
        return true;
    if (u->has_stamps)
        return false;
    struct slice rest = text;
    struct slice program = program_take(&rest);
    bool is_name =
        program.len && !ascii_is_digit(program.ptr[0]); /* nor an envelope's: "66251a4092099e2d: " */
    return text.ptr[0] == '[' ||
           (is_name && slice_find_char(program, '=') == program.len); /* "relay=mx[192.0.2.1]:25" */
}

static bool is_usual_width(size_t width) {
    static const size_t widths[] = {80, 100, 120, 132, 160, 200};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        if (width == widths[i])
            return true;
    return false;
}

/* A terminal breaks all lines at the same place, a program at the blank before it. */
struct unfold unfold_begin(struct slice text, int64_t now) {
    struct unfold u = {.now = now};
    struct slice rest = text;
    struct slice line;
    struct slice below;
    size_t broken = 0;
    bool is_same = true;
    while (!u.has_stamps && slice_next_line(&rest, &line))
        u.has_stamps = line.len && begins_with_stamp(without_tag(without_margin(line)), now);
    for (rest = text; u.has_stamps && slice_next_line(&rest, &line);) {
        struct slice peek = rest;
        if (!slice_next_line(&peek, &below) || begins_line(&u, below))
            continue;
        is_same &= !broken || line.len == u.width;
        u.width = line.len;
        broken++;
    }
    bool is_terminal = is_same && u.width >= LEAST_WIDTH && (broken > 2 || is_usual_width(u.width));
    u.width = is_terminal ? u.width : 0;
    return u;
}

/* The lines as one, of MOST_BYTES at most. */
static struct slice put_together(const struct unfold *u, struct slice lines, char *room) {
    size_t used = 0;
    struct slice line;
    bool is_first = true;
    lines = slice_upto(lines, MOST_BYTES);
    while (slice_next_line(&lines, &line)) {
        struct slice words = is_first || u->width ? line : without_margin(line);
        while (!u->width && words.len && ascii_is_space(words.ptr[words.len - 1]))
            words.len--;
        if (!is_first && !u->width)
            room[used++] = ' '; /* for the end of the line before it */
        if (words.len)
            memcpy(room + used, words.ptr, words.len);
        used += words.len;
        is_first = false;
    }
    return (struct slice){room, used};
}

static bool is_done(const struct unfold *u, struct slice lines, size_t last, char *room) {
    return u->width ? last != u->width : is_whole(put_together(u, lines, room));
}

size_t unfold_length(const struct unfold *u, struct slice rest, size_t len) {
    char room[MOST_BYTES];
    size_t end = len;
    bool is_end = u->width ? len != u->width : is_whole(slice_upto(rest, len));
    for (int lines = 0; !is_end && lines < MOST_LINES && end < MOST_BYTES && end + 1 < rest.len; lines++) {
        struct slice below = slice_from(rest, end + 1);
        size_t length = slice_find_char(below, '\n');
        if (begins_line(u, slice_upto(below, length)))
            return u->width ? end : len;
        end += 1 + length;
        is_end = is_done(u, slice_upto(rest, end), length, room);
    }
    return is_end ? end : len;
}

struct slice unfold_text(const struct unfold *u, struct slice lines, struct arena *arena) {
    char *room = arena_alloc(arena, MOST_BYTES);
    return put_together(u, lines, room);
}

/* "Nov 24 09:14:07 mail smtpd[12]: " */
struct header {
    struct slice host, program;
    size_t len;
    bool has_process;
};

static bool begins_with_header(struct slice text, int64_t now, struct header *h) {
    struct stamps stamps = {.now = now};
    const char *start = text.ptr;
    int64_t time;
    if (!stamp_take(&stamps, &text, &time) || !starts(text, " "))
        return false;
    text = slice_from(text, 1);
    h->host = slice_upto(text, slice_find_char(text, ' '));
    struct slice head = slice_from(text, h->host.len + 1);
    text = head;
    h->program = program_take(&text);
    h->has_process = slice_has(slice_upto(head, head.len - text.len), "[");
    h->len = (size_t)(text.ptr - start);
    return h->program.len > 0;
}

/* "2026-11-24 09:14:07 1abcDE-0001Ab-2C " */
static bool begins_exim(struct slice text) {
    struct slice word = slice_from(text, 20);
    return text.len > 20 && ascii_is_digit(text.ptr[0]) && text.ptr[4] == '-' && text.ptr[10] == ' ' &&
           text.ptr[13] == ':' && text.ptr[19] == ' ' &&
           log_is_exim_id(slice_upto(word, slice_find_char(word, ' ')));
}

/* A frame's mark ("<22>Nov", "[HTML]Nov", "\\nNov" in a record) is no end of a line. */
static bool may_end_line(struct slice s) {
    char last = s.ptr[s.len - 1];
    bool is_escape = s.len > 1 && s.ptr[s.len - 2] == '\\';
    return !is_escape && (ascii_is_alnum(last) || last == ')' || last == '.');
}

/* Where a line of syslog, or behind a blank one of the same host and program, begins in the line. */
static bool is_joined(struct slice line, size_t at, int64_t now, const struct header *own) {
    struct header other;
    if (line.ptr[at + 3] != ' ' || !ascii_is_alpha(line.ptr[at]))
        return false;
    if (line.ptr[at - 1] != ' ')
        return may_end_line(slice_upto(line, at)) && begins_with_header(slice_from(line, at), now, &other) &&
               other.has_process;
    return own->program.len && begins_with_header(slice_from(line, at), now, &other) &&
           slice_equal(own->host, other.host) && slice_equal(own->program, other.program);
}

size_t unfold_joined(struct slice line, int64_t now) {
    if (slice_find_char(line, '\033') < line.len) /* colours end in a letter */
        return line.len;
    struct slice text = without_margin(line);
    struct header own = {.len = 1};
    bool is_exim = begins_exim(text);
    if (!begins_with_header(text, now, &own))
        own = (struct header){.len = 1};
    for (size_t i = line.len - text.len + own.len; i + LEAST_HEADER < line.len; i++)
        if (is_joined(line, i, now, &own) ||
            (is_exim && line.ptr[i - 1] == ' ' && begins_exim(slice_from(line, i))))
            return i;
    return line.len;
}
