/* Exim's main and reject log, with its own time stamp or through syslog; message ids of both forms
 * (1abcDE-0001Ab-2C, and since 4.97 1abcDE-00000001AbC-2dEF), whatever log_selector adds. */
#include "parsers/log/dialect.h"

#include "parsers/log/exim_message.h"
#include "parsers/log/exim_one.h"
#include "parsers/log/exim_other.h"
#include "parsers/log/exim_text.h"

static enum line_result read_plain_line(struct log_facts *f, const struct log_line *line, struct slice text,
                                        bool is_exim) {
    if (slice_has(text, " rejected ") || slice_has(text, " refused") || slice_has(text, " dropped"))
        if (slice_has(text, "H=") || slice_has(text, "F=<") || starts(text, "U=") ||
            slice_has(text, "onnection from ["))
            return exim_read_reject(f, line, text);
    if (starts(text, "rejected ") && slice_has(text, " from ") && slice_has(text, "]: "))
        return exim_read_refused_name(f, line, text);
    if (is_exim && exim_lost_arrow(text))
        return LINE_UNKNOWN;
    return exim_read_words(f, line, text, is_exim);
}

static bool is_syslog(const struct log_line *line) {
    return line->program.len >= 4 && starts(line->program, "exim");
}

static bool begins_with_stamp(const struct log_line *line) {
    struct slice text = line->text;
    return line->time != -1 && text.len > 20 && text.ptr[4] == '-' && text.ptr[10] == ' ' &&
           ascii_is_digit(text.ptr[0]);
}

/* Exim writes its own stamp ("2026-11-24 10:14:07"); what the reader then takes for a host may be an id. */
static bool has_own_stamp(const struct log_line *line) {
    return begins_with_stamp(line) &&
           (!line->host.len || log_is_exim_id(line->host) || line->host.ptr[0] == '[' ||
            starts(line->host, "H=") || starts(line->host, "U="));
}

/* Do the first lines of the file show that Exim wrote it? Then its other lines are words of the configuration
 * or of Exim itself; else whoever wrote them has the same stamp (dpkg, rspamd, Zimbra). */
static bool is_exim_file(const struct log_facts *f) {
    static const char *const words[] = {
        "H=", "U=", "exim 4", "Start queue run", "SMTP ", "cwd=", "no host name found"};
    if (f->last_dialect == &dialect_exim)
        return true;
    for (struct slice rest = f->header; rest.len > 37;
         rest = slice_from(rest, slice_find_char(rest, '\n') + 1)) {
        struct slice text = slice_from(rest, 20);
        if (rest.ptr[10] != ' ' || rest.ptr[19] != ' ')
            continue;
        if (log_is_exim_id(slice_upto(text, 16)))
            return true;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (starts(text, words[i]))
                return true;
    }
    return false;
}

/* "  278 LOG: MAIN": taken off up to the blank behind the number of the process, which `exim -v` does not
 * write. */
static bool take_process(struct slice *text) {
    size_t digits = 0;
    *text = slice_trim(*text);
    while (digits < text->len && ascii_is_digit(text->ptr[digits]))
        digits++;
    *text = slice_from(*text, digits);
    return digits <= 7;
}

/* Is the file what Exim in a container writes to standard error? There no line has a stamp, and the first
 * lines show such a head. In a reject log the same may stand in the header of a mail that was refused, whose
 * folded lines begin with a blank. */
static bool is_console(const struct log_facts *f) {
    bool has_head = false;
    struct slice rest = f->header;
    struct slice text;
    while (slice_next_line(&rest, &text)) {
        if (text.len > 19 && ascii_is_digit(text.ptr[0]) && text.ptr[4] == '-' && text.ptr[13] == ':')
            return false;
        has_head |= take_process(&text) && (starts(text, " LOG: ") || starts(text, "LOG: "));
    }
    return has_head;
}

/* May it be a line of the console that no number of a process begins? */
static bool is_console_line(struct slice text) {
    return exim_begins_with_arrow(text) || starts(text, "LOG: ") || starts(text, "Completed");
}

/* What Exim in a container writes to standard error: "  278 LOG: MAIN", and then "  278   == bob@example.org
 * …", without a time or an id of the message. */
static enum line_result read_console(struct log_facts *f, const struct log_line *line) {
    struct slice text = line->text;
    bool is_process = take_process(&text);
    bool has_process = text.ptr != slice_trim(line->text).ptr;
    if (!is_process || (has_process ? !starts(text, " ") : !is_console_line(text)) || !is_console(f))
        return LINE_NOT_MINE;
    if (starts(text, has_process ? " LOG: " : "LOG: "))
        return exim_pass(f, "the head of a line on the console", line);
    if (f->last_dialect != &dialect_exim || (has_process && !starts(text, "   ")))
        return LINE_NOT_MINE;
    text = slice_trim(text);
    return exim_is_of_message(text) ? exim_read_without_id(f, line, text)
                                    : read_plain_line(f, line, text, true);
}

/* Does an id with an arrow behind it stand in it? Then it is a line, in a frame that is not known. */
static bool holds_line(struct slice text) {
    size_t at = 0;
    for (size_t blank; at < text.len; at += blank + 1) {
        struct slice word = slice_from(text, at);
        blank = slice_find_char(word, ' ');
        if (log_is_exim_id(slice_upto(word, blank)) && exim_is_of_message(slice_from(word, blank + 1)))
            return true;
    }
    return false;
}

/* A line without a time, which the console writes, or which goes on with the one above. */
static enum line_result read_timeless(struct log_facts *f, const struct log_line *line) {
    enum line_result result = read_console(f, line);
    if (result != LINE_NOT_MINE || f->last_dialect != &dialect_exim)
        return result;
    return holds_line(line->text) ? LINE_UNKNOWN
                                  : exim_pass(f, "a line without a time: the rest of the one above", line);
}

static enum line_result exim_read(struct log_facts *f, const struct log_line *line) {
    if (line->time == -1)
        return read_timeless(f, line);
    struct log_line own = *line;
    if (!is_syslog(line) && !has_own_stamp(line)) {
        own.host = SLICE_EMPTY; /* an address, in the log of one message */
        return begins_with_stamp(line) && exim_is_one(f) ? exim_read_one(f, &own, slice_from(line->text, 20))
                                                         : LINE_NOT_MINE;
    }
    struct slice text = line->message;
    int64_t time;
    if (is_syslog(line)) { /* both stamps, with log_timestamp */
        struct slice rest = text;
        if (stamp_take(&f->stamps, &rest, &time))
            text = slice_trim(rest);
    } else if (line->host.len) {
        text = (struct slice){line->host.ptr, (size_t)(line->text.ptr + line->text.len - line->host.ptr)};
        own.host = SLICE_EMPTY;
    }
    if (text.len && text.ptr[0] == '[') /* "[pid] " */
        text = slice_trim(slice_from(text, slice_find_char(text, ']') + 1));
    struct slice rest = text;
    struct slice id;
    size_t before = f->count;
    if (slice_next_word(&rest, &id) && log_is_exim_id(id))
        return log_noted(f, &own, id, before, exim_read_message_line(f, &own, id, slice_trim(rest)));
    if (!is_syslog(line) && exim_is_one(f))
        return exim_read_one(f, &own, slice_from(line->text, 20));
    bool is_exim = is_syslog(line) || starts(text, "H=") || starts(text, "U=") || is_exim_file(f);
    if (is_exim && (exim_is_of_message(text) || exim_is_of_message(slice_trim(rest))))
        return exim_read_without_id(f, &own, text);
    return read_plain_line(f, &own, text, is_exim);
}

const struct dialect dialect_exim = {.name = "exim", .read = exim_read};
