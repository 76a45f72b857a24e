/* Layers of whoever shows or pastes lines: see frame_paste.h. */
#include "parsers/log/frame_paste.h"

#include "parsers/log/line_text.h"

#define MOST_PLACE  256 /* bytes of a file's name and line number */
#define MOST_PLACES 12  /* marks in those that are tried */
#define MOST_TAG    12  /* of a mark in brackets */
#define MOST_DIGITS 6   /* of a line's number */
#define MOST_SIGN   12  /* of a sign before a line */

/* What is left behind the first `n` bytes; nothing is taken where that is nothing. */
static bool take(struct log_line *line, size_t n) {
    if (!n || n >= line->message.len)
        return false;
    line->message = slice_from(line->message, n);
    return true;
}

bool paste_take_mark(const struct framing *f, struct log_line *line) {
    (void)f;
    return take(line, starts(line->message, "\xef\xbb\xbf") ? 3
                      : starts(line->message, "\x1e")       ? 1
                      : starts(line->message, "data: {")    ? 6
                                                            : 0);
}

bool paste_take_margin(const struct framing *f, struct log_line *line) {
    struct slice s = line->message;
    size_t n = 0;
    if (f->frames->is_flush && (s.ptr[0] == ' ' || s.ptr[0] == '\t'))
        return false;
    while (n < s.len && (s.ptr[n] == ' ' || s.ptr[n] == '\t' || s.ptr[n] == '>'))
        n++;
    if (starts(slice_from(s, n), "// ")) /* kept as a remark in a program */
        n += 3;
    return take(line, n);
}

static bool is_quote(char c) {
    return c == '"' || c == '\'' || c == '`';
}

/* A cell of a table (RFC 4180 section 2) or a string of JSON, without what its quotes made necessary. */
static struct slice unquoted(const struct framing *f, struct slice quoted) {
    struct slice inside = {quoted.ptr + 1, quoted.len - 2};
    struct json_nodes *nodes = &f->frames->nodes;
    if (quoted.ptr[0] != '"')
        return inside;
    if (memchr(inside.ptr, '\\', inside.len) && json_read(nodes, quoted) == quoted.len)
        return json_text(&nodes->nodes[0], f->arena);
    if (!slice_has(inside, "\"\""))
        return inside;
    char *plain = arena_open(f->arena, inside.len);
    size_t used = 0;
    for (size_t i = 0; i < inside.len; i++) {
        plain[used++] = inside.ptr[i];
        i += starts(slice_from(inside, i), "\"\"");
    }
    return arena_close(f->arena, plain, used);
}

bool paste_take_quotes(const struct framing *f, struct log_line *line) {
    struct slice s = line->message;
    if (s.len && s.ptr[s.len - 1] == ',')
        s.len--;
    if (s.len < 3 || !is_quote(s.ptr[0]) || s.ptr[s.len - 1] != s.ptr[0])
        return false;
    line->message = unquoted(f, s);
    return line->message.len > 0;
}

bool paste_begins_a_line(const struct framing *f, struct slice s) {
    struct stamps stamps = {.now = f->stamps->now};
    int64_t time;
    return s.len && (s.ptr[0] == '{' || s.ptr[0] == '<' || stamp_take(&stamps, &s, &time));
}

/* A copy of the text without the runs of `marks` stars, which are behind its first ones what closes them. */
static struct slice without_stars(struct slice text, size_t marks, struct arena *arena) {
    char *plain = arena_open(arena, text.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < text.len;) {
        size_t run = 0;
        while (i + run < text.len && text.ptr[i + run] == '*')
            run++;
        if (run && run != marks)
            memset(plain + used, '*', run);
        used += run != marks ? run : 0;
        i += run;
        if (!run)
            plain[used++] = text.ptr[i++];
    }
    return arena_close(arena, plain, used);
}

static struct slice without_last_ticks(struct slice text) {
    while (text.len && text.ptr[text.len - 1] == '`')
        text.len--;
    return text;
}

bool paste_take_emphasis(const struct framing *f, struct log_line *line) {
    struct slice s = line->message;
    size_t stars = starts(s, "**") ? 2 : starts(s, "*") ? 1 : 0;
    size_t marks = stars ? stars : starts(s, "```") ? 3 : starts(s, "`");
    if (!marks || !paste_begins_a_line(f, slice_from(s, marks)))
        return false;
    struct slice rest = slice_from(s, marks);
    line->message = stars ? without_stars(rest, stars, f->arena) : without_last_ticks(slice_trim(rest));
    return line->message.len > 0;
}

/* "[HTML]", "[/quote]": a mark of a page; 0: none. */
static size_t tag_length(struct slice s) {
    size_t n = starts(s, "[/") ? 2 : 1;
    size_t name = n;
    while (n < s.len && n < MOST_TAG && (ascii_is_alnum(s.ptr[n]) || s.ptr[n] == '='))
        n++;
    return s.len > 1 && s.ptr[0] == '[' && n > name && n < s.len && s.ptr[n] == ']' &&
                   !ascii_is_digit(s.ptr[1])
               ? n + 1
               : 0;
}

/* "12 Nov 24 …", "3. Nov 24 …": the number of a line, or of an item of a list, with the blanks behind it; 0:
 * none. */
static size_t number_length(struct slice s) {
    size_t n = 0;
    while (n < s.len && n < MOST_DIGITS && ascii_is_digit(s.ptr[n]))
        n++;
    bool is_number = n > 0;
    n += is_number && n < s.len && (s.ptr[n] == '.' || s.ptr[n] == ')' || s.ptr[n] == ':');
    size_t sign = n;
    while (n < s.len && s.ptr[n] == ' ')
        n++;
    return is_number && n > sign ? n : 0;
}

/* A sign of a list, a remark or a program that shows lines ("# ", "- ", "\u274c "), with the blanks behind
 * it; 0: none. */
static size_t sign_length(struct slice s) {
    size_t n = 0;
    while (n < s.len && n < MOST_SIGN &&
           ((unsigned char)s.ptr[n] >= 0x80 || strchr("#-+|;", s.ptr[n] ? s.ptr[n] : ' ')))
        n++;
    size_t sign = n;
    while (n < s.len && s.ptr[n] == ' ')
        n++;
    bool is_remark = n == 1 && s.len > 1 && strchr("#+-", s.ptr[0]) &&
                     ascii_is_alnum(s.ptr[1]); /* "#2026-11-24 …", "+Nov 24 …" of diff */
    if (starts(s, "//") && s.len > 2 && ascii_is_alnum(s.ptr[2]))
        return 2;
    return is_remark || (sign && n > sign) ? n : number_length(s);
}

bool paste_take_sign(const struct framing *f, struct log_line *line) {
    size_t n = tag_length(line->message);
    if (!n)
        n = sign_length(line->message);
    return n && !f->frames->is_flush && paste_begins_a_line(f, slice_from(line->message, n)) && take(line, n);
}

#define MOST_CELLS 5 /* in front of the message */

/* "| 7 | 2026-11-24 09:14:07 | mail | postfix/smtp[9]: | 4FA1… |": a row of a table as mysql and Markdown
 * draw it, but for a number in its first cell: its cells with a blank between them. */
bool paste_take_row(const struct framing *f, struct log_line *line) {
    struct slice s = slice_trim(line->message);
    if (!starts(s, "| ") || s.ptr[s.len - 1] != '|' || s.len < 4)
        return false;
    s = slice_trim((struct slice){s.ptr + 2, s.len - 3});
    size_t width = 0;
    size_t first = slice_find(s, SLICE(" |"));
    if (slice_number(s, &width) >= 0 && width &&
        !slice_trim(slice_upto(slice_from(s, width), first - width)).len)
        s = slice_trim(slice_from(s, first + 2));
    if (!paste_begins_a_line(f, s))
        return false;
    char *plain = arena_open(f->arena, s.len + MOST_CELLS);
    size_t used = 0;
    for (int i = 0; s.len; i++) {
        size_t end = i < MOST_CELLS ? slice_find(s, SLICE(" |")) : s.len;
        struct slice cell = slice_trim(slice_upto(s, end));
        if (used)
            plain[used++] = ' ';
        memcpy(plain + used, cell.ptr, cell.len);
        used += cell.len;
        s = slice_trim(slice_from(s, end + 2));
    }
    line->message = arena_close(f->arena, plain, used);
    return used > 0;
}

bool paste_take_count(const struct framing *f, struct log_line *line) {
    size_t n = 0;
    (void)f;
    if (!line->message.len || !ascii_is_digit(line->message.ptr[0]) || slice_number(line->message, &n) < 0)
        return false;
    struct slice rest = slice_from(line->message, n);
    bool is_count = n < 7 && starts(rest, " <") && rest.len > 2 && ascii_is_digit(rest.ptr[2]);
    return take(line, is_count ? n + 1 : 0);
}

/* "\"message\" => \"Nov 24 …\",": a field as Logstash's rubydebug shows it. */
bool paste_take_field(const struct framing *f, struct log_line *line) {
    static const char mark[] = "\"message\" => \"";
    struct slice s = line->message;
    if (!starts(s, mark))
        return false;
    s = slice_from(s, sizeof mark - 1);
    size_t end = slice_find_last(s, SLICE("\""));
    char *plain = end && end < s.len ? arena_open(f->arena, end) : NULL;
    size_t used = 0;
    for (size_t i = 0; plain && i < end; i++) {
        i += s.ptr[i] == '\\' && i + 1 < end;
        plain[used++] = s.ptr[i];
    }
    if (plain)
        line->message = arena_close(f->arena, plain, used);
    return plain != NULL;
}

bool paste_take_stream(const struct framing *f, struct log_line *line) {
    struct slice s = line->message;
    (void)f;
    bool is_stream = starts(s, "stdout ") || starts(s, "stderr ");
    bool is_tagged = is_stream && s.len > 9 && (s.ptr[7] == 'F' || s.ptr[7] == 'P') && s.ptr[8] == ' ';
    return take(line, is_tagged ? 9 : 0);
}

/* A file's name has no more blanks or signs than that. */
static bool is_of_place(char c) {
    return ascii_is_alnum(c) || (c && strchr("/._-+~@:\t[]", c)) || (unsigned char)c >= 0x80;
}

bool paste_take_place(const struct framing *f, struct log_line *line) {
    struct slice s = slice_upto(line->message, MOST_PLACE);
    size_t places = 0;
    for (size_t i = 0; i < s.len && places < MOST_PLACES && is_of_place(s.ptr[i]); i++) {
        bool is_mark = i && (s.ptr[i] == ':' || s.ptr[i] == '-' || s.ptr[i] == '\t');
        places += is_mark;
        size_t blank =
            s.ptr[i] == ':' && i + 2 < s.len && s.ptr[i + 1] == ' ' && ascii_is_alnum(s.ptr[i + 2]);
        if (is_mark &&
            paste_begins_a_line(f, slice_from(line->message, i + 1 + blank))) /* "mail.info: Nov 24 …" too */
            return take(line, i + 1 + blank);
        if (s.ptr[i] == '\t')
            break;
    }
    return false;
}

struct slice paste_without_colours(struct slice text, struct arena *arena) {
    if (!memchr(text.ptr, '\x1b', text.len))
        return text;
    char *plain = arena_open(arena, text.len);
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\x1b') {
            plain[used++] = text.ptr[i];
            continue;
        }
        if (i + 1 < text.len && text.ptr[i + 1] == '[')
            i++;
        while (i + 1 < text.len && text.ptr[i + 1] >= ' ' && text.ptr[i + 1] <= '?')
            i++; /* parameters; the byte behind them says what is meant */
        i++;
    }
    return arena_close(arena, plain, used);
}
