/* Frames: see frame.h. */
#include "parsers/log/frame.h"

#include "parsers/log/journal.h"

/* "prog[123]: ", "prog: ", also with a priority in front as RFC 5424 and some relays write it. */
static bool take_program(struct slice *rest, struct log_line *line) {
    struct slice start = slice_upto(*rest, 120);
    const char *colon = start.len ? memchr(start.ptr, ':', start.len) : NULL;
    if (!colon || colon == start.ptr || memchr(start.ptr, ' ', (size_t)(colon - start.ptr)))
        return false;
    const char *end = colon;
    if (end[-1] == ']') {
        while (end > start.ptr && end[-1] != '[')
            end--;
        end -= end > start.ptr;
    }
    line->program = (struct slice){start.ptr, (size_t)(end - start.ptr)};
    size_t used = (size_t)(colon - start.ptr) + 1;
    *rest = slice_from(*rest, used < rest->len && rest->ptr[used] == ' ' ? used + 1 : used);
    return line->program.len > 0;
}

/* "<22>1 2026-11-24T09:14:07Z host postfix/smtp 123 - - message" (RFC 5424), without the priority. */
static bool take_rfc5424(struct slice *rest, struct log_line *line) {
    struct slice pid;
    struct slice id;
    if (!slice_next_word(rest, &line->host) || !slice_next_word(rest, &line->program) ||
        !slice_next_word(rest, &pid) || !slice_next_word(rest, &id))
        return false;
    *rest = slice_trim(*rest);
    if (rest->len && rest->ptr[0] == '[') { /* structured data */
        size_t end = slice_find(*rest, SLICE("] "));
        *rest = slice_from(*rest, end + 1);
    } else {
        *rest = slice_from(*rest, 1);
    }
    *rest = slice_trim(*rest);
    return true;
}

static bool take_priority(struct slice *rest) {
    size_t i = 1;
    if (!rest->len || rest->ptr[0] != '<')
        return false;
    while (i < rest->len && i < 5 && ascii_is_digit(rest->ptr[i]))
        i++;
    if (i >= rest->len || rest->ptr[i] != '>')
        return false;
    bool is_5424 = i + 2 < rest->len && rest->ptr[i + 1] == '1' && rest->ptr[i + 2] == ' ';
    *rest = slice_from(*rest, is_5424 ? i + 3 : i + 1);
    return is_5424;
}

/* Lines of one second and one host begin alike: then only the program is to be read. */
static bool has_same_prefix(const struct frames *f, struct slice text, struct log_line *line) {
    if (!f->prefix_len || text.len <= f->prefix_len || memcmp(text.ptr, f->prefix, f->prefix_len) != 0)
        return false;
    struct slice framed = slice_from(text, f->prefix_len);
    if (!take_program(&framed, line))
        return false;
    line->time = f->prefix_time;
    line->host = (struct slice){text.ptr + f->prefix_host, f->prefix_len - f->prefix_host - 1};
    line->message = framed;
    return true;
}

static void keep_prefix(struct frames *f, struct slice text, const struct log_line *line) {
    size_t host = (size_t)(line->host.ptr - text.ptr);
    size_t len = host + line->host.len + 1;
    f->prefix_len = 0;
    if (len > sizeof f->prefix)
        return;
    memcpy(f->prefix, text.ptr, len);
    f->prefix_len = len;
    f->prefix_host = host;
    f->prefix_time = line->time;
}

/* "host prog[123]: message", behind a time stamp. */
static void take_host_and_program(struct frames *f, struct log_line *line) {
    struct slice framed = line->message;
    size_t blank = slice_find_char(framed, ' ');
    struct slice host = slice_upto(framed, blank);
    framed = slice_from(framed, blank + 1);
    if (host.len && host.ptr[host.len - 1] != ':' && take_program(&framed, line)) {
        line->host = host;
        line->message = framed;
        keep_prefix(f, line->text, line);
    } else {
        line->program = SLICE_EMPTY;
    }
}

void frame_take(struct frames *f, struct stamps *stamps, struct slice text, struct arena *arena,
                struct log_line *line) {
    struct slice rest = text;
    *line = (struct log_line){.text = text, .time = -1, .message = text};
    if (text.ptr[0] == '{' && FROM_MODULE(MODULE_JSON, journal_take)(line, arena))
        return;
    if (has_same_prefix(f, text, line))
        return;
    bool is_5424 = take_priority(&rest);
    if (!stamp_take(stamps, &rest, &line->time))
        return;
    line->message = rest.len && rest.ptr[0] == ' ' ? slice_from(rest, 1) : rest;
    if (text.ptr[0] == '@') /* multilog: no host, no program */
        return;
    struct slice framed = line->message;
    if (is_5424 && take_rfc5424(&framed, line))
        line->message = framed;
    else
        take_host_and_program(f, line);
}
