/* Headers of syslog: see frame_syslog.h. */
#include "parsers/log/frame_syslog.h"

#include "parsers/log/line_text.h"
#include "parsers/log/program.h"

static bool take_program(struct slice *rest, struct log_line *line) {
    struct slice behind = *rest;
    struct slice program = program_take(&behind);
    if (!program.len)
        return false;
    line->program = program;
    *rest = behind;
    return true;
}

/* The same where nothing else says that it is one: with a pid, or with Postfix's slash. */
static bool take_sure_program(struct slice *rest, struct log_line *line) {
    struct slice behind = *rest;
    struct slice program = program_take(&behind);
    bool is_sure = program.len && ascii_is_alnum(program.ptr[0]) &&
                   (program.ptr[program.len] == '[' || memchr(program.ptr, '/', program.len));
    if (!is_sure)
        return false;
    line->program = program;
    *rest = behind;
    return true;
}

/* What programs put in front of a message: Solaris' "[ID 197553 mail.info] ", RFC 5424's byte order mark. */
static void take_mark(struct log_line *line) {
    struct slice message = line->message;
    if (message.len && message.ptr[0] == '[' && starts(message, "[ID ")) {
        size_t end = slice_find(slice_upto(message, 64), SLICE("] "));
        line->message = end < 64 && end < message.len ? slice_from(message, end + 2) : message;
    } else if (message.len && message.ptr[0] == '\xef' && starts(message, "\xef\xbb\xbf")) {
        line->message = slice_from(message, 3);
    }
}

/* "[a@1 b=\"c]\"][d]": the length of RFC 5424's structured data (section 6.3); 0: there is none. */
static size_t structured_length(struct slice s) {
    bool is_open = false, is_quoted = false;
    if (s.len && s.ptr[0] == '-')
        return 1;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (is_quoted && c == '\\')
            i++;
        else if (c == '"' && is_open)
            is_quoted = !is_quoted;
        else if (c == '[' && !is_open)
            is_open = true;
        else if (c == ']' && !is_quoted)
            is_open = false;
        else if (!is_open)
            return i;
    }
    return is_open ? 0 : s.len;
}

/* "host postfix/smtp 123 - - message" behind the time. `is_sure`: a version stood in front of that; else the
 * process id must be one. */
static bool take_rfc5424(struct slice *rest, bool is_sure, struct log_line *line) {
    struct slice s = *rest;
    struct slice host, program, pid, id;
    if (!slice_next_word(&s, &host) || !slice_next_word(&s, &program) || !slice_next_word(&s, &pid))
        return false;
    size_t width = 0;
    bool is_pid = slice_equal(pid, SLICE("-")) || (slice_number(pid, &width) >= 0 && width == pid.len);
    if ((!is_sure && !is_pid) || !slice_next_word(&s, &id))
        return false;
    s = slice_trim(s);
    size_t data = structured_length(s);
    if (!is_sure && (!data || (data < s.len && s.ptr[data] != ' ')))
        return false;
    line->host = host;
    line->program = slice_upto(program, slice_find_char(program, '['));
    *rest = slice_trim(slice_from(s, data));
    return true;
}

/* "<22>", and behind it "1 " of RFC 5424 (*is_5424). */
static bool take_priority(struct slice *rest, bool *is_5424) {
    size_t i = 1;
    if (!rest->len || rest->ptr[0] != '<')
        return false;
    while (i < rest->len && i < 5 && ascii_is_digit(rest->ptr[i]))
        i++;
    if (i < 2 || i >= rest->len || rest->ptr[i] != '>')
        return false;
    *rest = slice_from(*rest, i + 1);
    *is_5424 = starts(*rest, "1 ");
    return true;
}

bool syslog_take_again(const struct frames *f, struct log_line *line) {
    struct slice text = line->message;
    if (!f->prefix_len || text.len <= f->prefix_len || memcmp(text.ptr, f->prefix, f->prefix_len) != 0)
        return false;
    struct slice framed = slice_from(text, f->prefix_len);
    if (!take_program(&framed, line))
        return false;
    line->time = f->prefix_time;
    line->host = (struct slice){text.ptr + f->prefix_host, f->prefix_len - f->prefix_host - 1};
    line->message = framed;
    if (framed.len && (framed.ptr[0] == '[' || framed.ptr[0] == '\xef'))
        take_mark(line);
    return true;
}

static void keep_prefix(struct frames *f, struct slice text, const struct log_line *line) {
    f->prefix_len = 0;
    if (line->host.ptr < text.ptr || line->host.ptr > line->program.ptr) /* it is that of another layer */
        return;
    size_t host = (size_t)(line->host.ptr - text.ptr);
    size_t len = host + line->host.len + 1;
    if (len > sizeof f->prefix || text.ptr + len != line->program.ptr)
        return;
    memcpy(f->prefix, text.ptr, len);
    f->prefix_len = len;
    f->prefix_host = host;
    f->prefix_time = line->time;
}

#define WORD(text)                                                                                           \
    { text, sizeof(text) - 1 }

/* How urgent it is, as a word of its own, with the blanks behind it: "INFO    ", "[info] ", "<mail.info> ",
 * "mail.info ", "<2.6> ". */
static void take_level(struct slice *rest) {
    static const struct slice words[] = {WORD("emerg"), WORD("alert"),   WORD("crit"), WORD("err"),
                                         WORD("error"), WORD("warning"), WORD("warn"), WORD("notice"),
                                         WORD("info"),  WORD("debug")};
    size_t end = slice_find_char(slice_upto(*rest, 24), ' ');
    struct slice word = slice_upto(*rest, end);
    if (!end || end >= 24 || end >= rest->len)
        return;
    bool is_marked =
        (word.ptr[0] == '<' && word.ptr[end - 1] == '>') || (word.ptr[0] == '[' && word.ptr[end - 1] == ']');
    if (is_marked)
        word = slice_upto(slice_from(word, 1), word.len - 2);
    size_t dot = slice_find_char(word, '.');
    if (dot < word.len)
        word = slice_from(word, dot + 1);
    bool is_level = is_marked && word.len && ascii_is_digit(word.ptr[0]); /* "<2.6>" */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        is_level |= word.len && slice_equal_nocase(word, words[i]);
    while (is_level && end < rest->len && rest->ptr[end] == ' ')
        end++;
    *rest = slice_from(*rest, is_level ? end : 0);
}

static bool is_host(struct slice word) {
    for (size_t i = 0; i < word.len; i++)
        if (!ascii_is_alnum(word.ptr[i]) && !strchr(".-_:@/", word.ptr[i] ? word.ptr[i] : ' '))
            return false;
    return word.len && ascii_is_alnum(word.ptr[0]);
}

static struct slice next_host(struct slice *rest) {
    size_t blank = slice_find_char(*rest, ' ');
    struct slice host = slice_upto(*rest, blank);
    if (!host.len || blank == rest->len || host.ptr[host.len - 1] == ':')
        return SLICE_EMPTY;
    *rest = slice_from(*rest, blank + 1);
    while (rest->len && rest->ptr[0] == ' ')
        *rest = slice_from(*rest, 1);
    return host;
}

/* "2026-11-24 09:14:07 " behind the time of whoever passed the line on: no host, and no program "09:" */
static bool begins_with_date(struct slice s) {
    return s.len > 20 && s.ptr[4] == '-' && s.ptr[7] == '-' && s.ptr[10] == ' ' && s.ptr[13] == ':' &&
           ascii_is_digit(s.ptr[0]);
}

/* "[postfix/smtp] message" of metalog, which writes no host; another word in brackets may be anything. */
static bool take_program_in_brackets(struct slice *rest, struct log_line *line) {
    size_t end = slice_find_char(slice_upto(*rest, 48), ']');
    struct slice name = slice_upto(slice_from(*rest, 1), end - 1);
    if (end < 3 || end + 1 >= rest->len || rest->ptr[end + 1] != ' ' || !is_host(name) ||
        slice_find_char(name, '/') == name.len)
        return false;
    line->program = name;
    *rest = slice_from(*rest, end + 2);
    return true;
}

/* "host prog[123]: message" behind the time; the host may be missing, or be two (a relay and the host). */
static bool take_host_and_program(struct slice *rest, struct log_line *line) {
    struct slice s = *rest;
    if (begins_with_date(s))
        return false;
    take_level(&s);
    if (s.len && s.ptr[0] == '[' && take_program_in_brackets(&s, line)) {
        *rest = s;
        return true;
    }
    struct slice direct = s;
    struct slice host = next_host(&s);
    take_level(&s);
    if (!host.len || !take_program(&s, line)) {
        struct slice second = host.len && is_host(host) ? next_host(&s) : SLICE_EMPTY;
        if (second.len && is_host(second) && take_sure_program(&s, line)) {
            host = second;
        } else if (take_sure_program(&direct, line)) {
            host = SLICE_EMPTY;
            s = direct;
        } else {
            return false;
        }
    }
    line->host = host.len ? host : line->host;
    *rest = s;
    return true;
}

/* "relay Nov 24 09:14:07 host prog[123]: message": the header of a host that passed it on. */
static bool take_relay(const struct framing *f, struct slice *rest, struct log_line *line) {
    struct slice s = *rest;
    struct slice host = next_host(&s);
    struct slice inner = s;
    bool is_5424;
    int64_t time;
    take_priority(&inner, &is_5424);
    if (!is_host(host) || !stamp_take(f->stamps, &inner, &time))
        return false;
    line->host = host;
    *rest = s;
    return true;
}

/* The time, also in brackets. */
static bool take_time(const struct framing *f, struct slice *rest, int64_t *time) {
    struct slice s = *rest;
    if (!s.len || s.ptr[0] != '[')
        return stamp_take(f->stamps, rest, time);
    s = slice_from(s, 1);
    if (!stamp_take(f->stamps, &s, time) || !s.len || s.ptr[0] != ']')
        return false;
    *rest = slice_from(s, 1);
    return true;
}

/* "[  123.456789] " of `journalctl -o short-monotonic`, "[  123.456789 <    0.001 >] " of short-delta:
 * seconds since the start of the machine, no time. */
static bool take_uptime(struct slice *rest) {
    if (!rest->len || rest->ptr[0] != '[')
        return false;
    size_t end = slice_find_char(slice_upto(*rest, 32), ']');
    struct slice inside = slice_trim(slice_upto(slice_from(*rest, 1), end - 1));
    size_t i = 0;
    while (i < inside.len &&
           (ascii_is_digit(inside.ptr[i]) || strchr(". <>", inside.ptr[i] ? inside.ptr[i] : 'x')))
        i++;
    if (i < 3 || i < inside.len)
        return false;
    *rest = slice_from(*rest, end + 1);
    return true;
}

/* "<mail.info>" in front of the time, where a number should stand. */
static bool take_named_priority(struct slice *rest) {
    size_t end = slice_find_char(slice_upto(*rest, 24), '>');
    bool is_one = starts(*rest, "<") && end < 24 && end + 1 < rest->len && ascii_is_alpha(rest->ptr[1]) &&
                  memchr(rest->ptr, '.', end);
    *rest = slice_from(*rest, is_one ? end + 1 : 0);
    *rest = slice_from(*rest, is_one && starts(*rest, " "));
    return is_one;
}

static bool take_daemon(struct slice *rest, struct log_line *line) {
    return take_sure_program(rest, line) && memchr(line->program.ptr, '/', line->program.len) &&
           line->program.ptr[line->program.len] == '[';
}

/* "postfix/smtp[450]: " and nothing in front of it but a host, as other programs pass lines on, and as people
 * cut them. */
static bool take_program_alone(struct slice rest, struct log_line *line) {
    struct slice behind = rest;
    if (!take_daemon(&behind, line)) {
        behind = rest;
        struct slice host = next_host(&behind);
        if (!is_host(host) || !take_daemon(&behind, line))
            return false;
        line->host = host;
    }
    line->message = behind;
    return true;
}

bool syslog_take(const struct framing *f, struct log_line *line) {
    struct log_line taken = *line;
    struct slice text = line->message;
    struct slice rest = text;
    bool is_5424 = false;
    bool has_priority = take_priority(&rest, &is_5424) || take_named_priority(&rest);
    if (is_5424 || (starts(rest, "1 ") && rest.len > 6 && rest.ptr[6] == '-')) {
        is_5424 = true;
        rest = slice_from(rest, 2);
    }
    bool has_time = take_time(f, &rest, &taken.time);
    if (is_5424 && !has_time && starts(rest, "- ")) { /* RFC 5424 section 6.2.3: no time is known */
        rest = slice_from(rest, 1);
        has_time = true;
    }
    if (!has_time && !has_priority && !take_uptime(&rest)) {
        bool is_alone = take_program_alone(rest, &taken);
        *line = is_alone ? taken : *line;
        return is_alone;
    }
    if (rest.len > 1 && rest.ptr[0] == ',' && !ascii_is_digit(rest.ptr[1])) /* a row of a table */
        return false;
    rest = slice_from(rest, rest.len && rest.ptr[0] == ':');
    while (rest.len && rest.ptr[0] == ' ')
        rest = slice_from(rest, 1);
    taken.message = rest;
    bool is_multilog = text.ptr[0] == '@'; /* no host, no program */
    bool has_program = !is_multilog && ((is_5424 && take_rfc5424(&taken.message, true, &taken)) ||
                                        take_host_and_program(&taken.message, &taken) ||
                                        take_rfc5424(&taken.message, false, &taken));
    if (!has_program && !has_time)
        return false;
    if (!has_program && !is_multilog)
        take_relay(f, &taken.message, &taken);
    *line = taken;
    if (has_program && line->host.len && !is_5424)
        keep_prefix(f->frames, text, line);
    take_mark(line);
    return true;
}
