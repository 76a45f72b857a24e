/* qmail and notqmail: qmail-send's lines by multilog (tai64n) or splogger ("qmail: 1795511647.123456 …").
 * A delivery has a number of its own, which the line that begins it ties to message and recipient. */
#include "parsers/log/dialect.h"

#include "parsers/base/address.h"

static struct slice take_number(struct slice *s) {
    size_t n = 0;
    while (n < s->len && ascii_is_digit(s->ptr[n]))
        n++;
    struct slice number = slice_upto(*s, n);
    *s = slice_from(*s, n);
    return number;
}

/* qmail writes blanks in replies as underscores. */
static struct slice words_of(struct log_facts *f, struct slice s) {
    char *text = arena_string(&f->chunk, s);
    for (char *c = text; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    return (struct slice){text, s.len};
}

/* "delivery 7": so that no message can have that name. */
static struct slice try_name(struct log_facts *f, struct slice number) {
    return arena_printf(&f->chunk, "delivery %.*s", (int)number.len, number.ptr);
}

/* "example.org-bob@example.org": a local delivery for a virtual domain, as vpopmail sets it up, names the
 * domain in front (control/virtualdomains, qmail-send.9). */
static struct slice without_domain(struct slice address) {
    struct slice domain = slice_from(address, slice_find_last(address, SLICE("@")) + 1);
    bool has_domain = domain.len && domain.len < address.len && address.ptr[domain.len] == '-' &&
                      slice_equal_nocase(slice_upto(address, domain.len), domain) &&
                      address.len > 2 * domain.len + 2;
    return slice_from(address, has_domain ? domain.len + 1 : 0);
}

static enum line_result read_start(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice rest = slice_from(text, 18);
    struct slice number = take_number(&rest);
    if (!starts(rest, ": msg "))
        return LINE_UNKNOWN;
    rest = slice_from(rest, 6);
    struct slice message = take_number(&rest);
    struct log_event *e = log_event_add(f, LOG_TRY_BEGINS, line);
    e->queue_id = message;
    e->try_id = try_name(f, number);
    size_t blank = slice_find(slice_trim(rest), SLICE("e ")); /* "to remote …" */
    size_t local = slice_find(slice_trim(rest), SLICE("l ")); /* "to local …" */
    e->recipient = slice_from(slice_trim(rest), (blank < local ? blank : local) + 2);
    if (local < blank)
        e->recipient = without_domain(e->recipient);
    return LINE_EVENT;
}

/* qmail-send writes this behind the last error, which was a temporary one. */
static bool is_given_up(struct slice text) {
    static const char said[] = "Remote host said: ";
    struct slice reply = slice_from(text, slice_find(text, slice_of(said)));
    bool is_refused = reply.len > sizeof said && reply.ptr[sizeof said - 1] == '5';
    return !is_refused && slice_ends_nocase(text, SLICE("this message has been in the queue too long./"));
}

static enum line_result read_end(struct log_facts *f, const struct log_line *line, struct slice text) {
    static const struct {
        const char *word;
        enum log_status status;
    } words[] = {{": success: ", LOG_SENT}, {": failure: ", LOG_BOUNCED}, {": deferral: ", LOG_DEFERRED}};
    struct slice rest = slice_from(text, 9);
    struct slice number = take_number(&rest);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!starts(rest, words[i].word))
            continue;
        struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
        e->try_id = try_name(f, number);
        e->text = words_of(f, slice_from(rest, strlen(words[i].word)));
        e->status = (unsigned char)words[i].status;
        if (e->status == LOG_BOUNCED && is_given_up(e->text))
            e->status = LOG_GIVEN_UP;
        struct slice ip = slice_upto(e->text, slice_find_char(e->text, ' '));
        e->relay_ip = address_is_ip(ip) ? ip : SLICE_EMPTY;
        return LINE_EVENT;
    }
    return LINE_UNKNOWN;
}

static enum line_result read_info(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice rest = slice_from(text, 9);
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = take_number(&rest);
    e->size = slice_number(slice_between(rest, "bytes ", " "), NULL);
    size_t from = slice_find(rest, SLICE("from <"));
    rest = slice_from(rest, from < rest.len ? from + 5 : from);
    e->sender = log_take_bracketed(&rest, " ");
    return LINE_EVENT;
}

/* "rblsmtpd: 192.0.2.9 pid 19597: 451 http://…", with the list in front of the colon: what it says to a
 * client. */
static enum line_result read_listed(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice rest = slice_from(text, 10);
    struct slice ip = slice_upto(rest, slice_find_char(rest, ' '));
    size_t reply = slice_find(rest, SLICE(": "));
    if (!starts(slice_from(rest, ip.len), " pid ") || reply == rest.len)
        return log_pass(f, &dialect_qmail, "a connection or notice", line);
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    e->client_ip = ip;
    e->text = slice_from(rest, reply + 2);
    return LINE_EVENT;
}

/* A line of qmail-send, by its words. */
static bool is_step(struct slice text) {
    static const struct {
        const char *words;
        size_t digit; /* that stands behind them */
    } steps[] = {{"new msg ", 8}, {"info msg ", 9},    {"starting delivery ", 18}, {"delivery ", 9},
                 {"end msg ", 8}, {"bounce msg ", 11}, {"status: local ", 14}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (starts(text, steps[i].words) && text.len > steps[i].digit)
            return ascii_is_digit(text.ptr[steps[i].digit]);
    return false;
}

/* Through tai64nlocal: what the frame takes for a host and a program ("delivery 1: ") are words of the line.
 */
static struct slice behind_stamp(const struct log_line *line) {
    if (!line->host.len)
        return line->message;
    return (struct slice){line->host.ptr, (size_t)(line->text.ptr + line->text.len - line->host.ptr)};
}

/* " queue5" at the end: of which of IndiMail's queues the line tells. */
static struct slice without_queue(struct slice text) {
    size_t digits = text.len;
    while (digits && ascii_is_digit(text.ptr[digits - 1]))
        digits--;
    bool is_queue = digits < text.len && slice_ends_nocase(slice_upto(text, digits), SLICE(" queue"));
    return is_queue ? slice_upto(text, digits - 6) : text;
}

static enum line_result qmail_read(struct log_facts *f, const struct log_line *framed) {
    struct log_line kept = *framed;
    const struct log_line *line = &kept;
    struct slice text = line->message;
    bool is_syslog =
        slice_equal(line->program, SLICE("qmail")) || slice_equal(line->program, SLICE("qmail-send"));
    bool is_multilog = line->text.ptr[0] == '@' && line->time != -1;
    struct slice own = behind_stamp(line);
    bool is_local =
        line->time != -1 && ascii_is_digit(line->text.ptr[0]) && is_step(own); /* through tai64nlocal */
    bool is_bare = !line->program.len && starts(text, "qmail: ") && is_step(slice_from(text, 7));
    int64_t time;
    if (!is_syslog && !is_multilog && !is_local && !is_bare)
        return LINE_NOT_MINE;
    if (is_bare)
        text = slice_trim(slice_from(text, 7));
    if (is_local) {
        text = own;
        kept.host = SLICE_EMPTY;
    }
    if (is_multilog)
        text = slice_trim(slice_from(line->text, slice_find_char(line->text, ' ')));
    if (is_syslog && stamp_take(&f->stamps, &text, &time))
        text = slice_trim(text);
    struct slice whole = text;
    text = without_queue(text);
    if (starts(text, "starting delivery "))
        return read_start(f, line, text);
    if (starts(text, "delivery "))
        return read_end(f, line, text);
    if (starts(text, "info msg "))
        return read_info(f, line, text);
    if (starts(text, "end msg ")) {
        log_event_add(f, LOG_DONE, line)->queue_id = slice_from(text, 8);
        return LINE_EVENT;
    }
    if (starts(text, "new msg ") || starts(text, "status: ") || starts(text, "bounce msg ") ||
        starts(text, "triple bounce") ||
        (whole.len > text.len && (starts(text, "local: ") || starts(text, "remote: "))))
        return log_pass(f, &dialect_qmail, "a step of the queue", line);
    if (starts(text, "rblsmtpd: "))
        return read_listed(f, line, text);
    if (starts(text, "tcpserver: ") || starts(text, "warning: ") || starts(text, "alert: "))
        return log_pass(f, &dialect_qmail, "a connection or notice", line);
    return is_multilog ? LINE_NOT_MINE : LINE_UNKNOWN; /* other programs are kept by multilog too */
}

const struct dialect dialect_qmail = {.name = "qmail", .read = qmail_read};
