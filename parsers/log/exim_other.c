/* Exim's lines that are about no message: see exim_other.h. */
#define _GNU_SOURCE
#include "parsers/log/exim_other.h"

#include "parsers/log/exim_text.h"

/* The address in <> behind `key`; an empty one where it does not stand there. */
static struct slice bracketed_behind(struct slice text, const char *key) {
    size_t at = log_find_outside(text, key);
    struct slice rest = slice_from(text, at < text.len ? at + strlen(key) - 1 : at);
    return at < text.len ? log_take_bracketed(&rest, NULL) : SLICE_EMPTY;
}

/* Past "H=name (helo) [ip]" at the start, where words of the client stand; text.len: they look like the rest
 * of the line. */
static size_t client_length(struct slice text) {
    size_t open = starts(text, "H=") ? slice_find_char(text, '(') : text.len;
    return open < slice_find_char(text, '[') ? open + exim_helo_length(slice_from(text, open)) : 0;
}

#define MOST_QUOTED 4 /* values in quotes: DN=, SNI= */

/* Past values in quotes before the sender or what was refused: the name in a client's certificate and the
 * like are its words. */
static size_t quoted_length(struct slice text) {
    size_t length = 0;
    for (int i = 0; i < MOST_QUOTED; i++) {
        struct slice rest = slice_from(text, length);
        size_t quote = slice_find(rest, SLICE("=\""));
        if (quote >= slice_find(rest, SLICE(" F=<")) || quote >= slice_find(rest, SLICE(" rejected ")))
            break;
        length += quote + exim_quoted_length(slice_from(rest, quote));
    }
    return length;
}

enum line_result exim_read_refused_name(struct log_facts *f, const struct log_line *line, struct slice text) {
    size_t colon = slice_find(text, SLICE("]: "));
    const char *open = colon < text.len ? memrchr(text.ptr, '[', colon) : NULL;
    if (!open)
        return LINE_UNKNOWN;
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    struct slice ip = slice_from(text, (size_t)(open - text.ptr) + 1);
    e->client_ip = slice_upto(ip, slice_find_char(ip, ']'));
    e->text = slice_from(text, colon + 3);
    return LINE_EVENT;
}

/* A quote in a certificate's name is written as it is, and may end the value: is there a sender behind what
 * was refused, at `refused`, or a second one? */
static bool is_sender_riddle(struct slice text, size_t refused) {
    static const struct slice mark = SLICE(" F=<");
    size_t first = log_find_word_outside(text, mark);
    size_t second = log_find_word_outside(slice_from(text, first + 1), mark);
    return first < text.len && (first > refused || first + 1 + second < text.len);
}

enum line_result exim_read_reject(struct log_facts *f, const struct log_line *line, struct slice text) {
    static const char *const marks[] = {
        " rejected ", " dropped by ", " dropped: ", " refused: ", " rejected:", " refused "};
    if (starts(text, "rejected "))
        return exim_read_refused_name(f, line, text);
    if (starts(text, "SMTP protocol synchronization error ")) /* what the client sent stands behind it */
        text = slice_upto(text, slice_find(text, SLICE(" input=\"")));
    size_t client = client_length(text);
    size_t quoted = quoted_length(slice_from(text, client));
    client += quoted;
    struct slice behind_client = slice_from(text, client);
    size_t at = behind_client.len;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && at == behind_client.len; i++)
        at = log_find_outside(behind_client, marks[i]);
    if (at == behind_client.len)
        return LINE_UNKNOWN;
    at += client;
    struct slice what = slice_from(text, at);
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    exim_read_host(slice_upto(text, at), &e->client, &e->client_ip);
    if (!e->client_ip.len) /* "connection from [192.0.2.9] refused" */
        e->client_ip = slice_between(slice_upto(text, at), "[", "]");
    size_t colon =
        log_find_outside(what, ": "); /* behind it stand words of the configuration and of the mail */
    if (!quoted || !is_sender_riddle(behind_client, at - client)) {
        e->sender = bracketed_behind(behind_client, "F=<");
        e->recipient = bracketed_behind(slice_upto(what, colon), "RCPT <");
    }
    e->text = slice_trim(slice_from(what, colon < what.len ? colon + 2 : 0));
    return LINE_EVENT;
}

/* Other lines, told by their words: the first that fits. What fits none was written by the configuration
 * (logwrite, log_message), which may write what it likes. */
static const struct {
    const char *words, *kind;
    int event;    /* of enum log_kind; -1: none */
    bool is_sure; /* nobody else writes these words */
} lines[] = {
    {"SMTP connection from", "a connection", -1, true},
    {"SMTP protocol error", "a client's mistake", -1, true},
    {"SMTP syntax error", "a client's mistake", -1, true},
    {"SMTP call from", "a client's mistake", -1, true},
    {"unexpected disconnection while reading SMTP", "", LOG_LOST, true},
    {"SMTP command timeout", "", LOG_LOST, true},
    {"SMTP data timeout", "", LOG_LOST, true},
    {"lost while reading message", "", LOG_LOST, false},
    {"TLS error on connection", "", LOG_TLS, true},
    {"TLS error", "", LOG_TLS, false},
    {"daemon started", "start or end of the daemon", -1, false},
    {"unexpected disconnection", "", LOG_LOST, false},
    {"no host name found", "a look-up of a client", -1, false},
    {"no IP address found", "a look-up of a client", -1, false},
    {"TLS client disconnected", "", LOG_TLS, false},
    {"SSL verify error", "", LOG_TLS, false},
    {"SSL_", "", LOG_TLS, false},
    {"Start queue run", "a queue run", -1, true},
    {"End queue run", "a queue run", -1, true},
    {"daemon started: pid=", "start or end of the daemon", -1, true},
    {"daemon restarted", "start or end of the daemon", -1, false},
    {"SIGHUP received", "start or end of the daemon", -1, false},
    {"no host name found for IP address", "a look-up of a client", -1, true},
    {"host lookup", "a look-up of a client", -1, false},
    {"no IP address found for host", "a look-up of a client", -1, true},
    {"ignoring AUTH=", "a client's mistake", -1, true},
    {"Warning:", "a warning", -1, false},
    {"VRFY", "a client's question", -1, true},
    {"EXPN", "a client's question", -1, true},
    {"ETRN", "a client's question", -1, true},
    {"DNS list lookup ", "a look-up of a client", -1, true},
    {"sender verify defer for <", "a check of a sender", -1, true},
    {"sender verify fail for <", "a check of a sender", -1, true},
    {"callout", "a callout", -1, false},
    {"cwd=", "the arguments that Exim was called with", -1, false},
    {"event ", "an event that the configuration logs", -1, false},
    {"DKIM", "a result of DKIM, DMARC, SPF or ARC", -1, false},
    {"dkim", "a result of DKIM, DMARC, SPF or ARC", -1, false},
    {"DMARC", "a result of DKIM, DMARC, SPF or ARC", -1, false},
    {"SPF", "a result of DKIM, DMARC, SPF or ARC", -1, false},
    {"Authentication-Results", "a result of DKIM, DMARC, SPF or ARC", -1, false},
    {"sender verify", "a check of a sender", -1, false},
    {"rozen", "a frozen message", -1, false},
    {"error ignored", "a failure that is ignored on purpose", -1, false},
    {"removed by", "an action of the administrator", -1, false},
    {"cancelled by", "an action of the administrator", -1, false},
    {"SMTP error from remote", "a step of a delivery", -1, false},
    {"Remote host", "a step of a delivery", -1, false},
    {"Connection refused", "a step of a delivery", -1, false},
    {"Connection timed out", "a step of a delivery", -1, false},
    {"LMTP error", "a step of a delivery", -1, false},
    {"retry", "a step of a delivery", -1, false},
    {"queue", "a queue run", -1, false},
    {"Failed", "an error of Exim itself", -1, false},
    {"failed", "an error of Exim itself", -1, false},
    {"rror", "an error of Exim itself", -1, false},
    {"unable to", "an error of Exim itself", -1, false},
    {"cannot", "an error of Exim itself", -1, false},
};

/* Where the first ": 535 " or another reply that refuses stands; the length: nowhere. */
static size_t find_refusal(struct slice text) {
    for (size_t i = slice_find_char(text, ':'); i + 6 < text.len;
         i += 1 + slice_find_char(slice_from(text, i + 1), ':'))
        if (text.ptr[i + 1] == ' ' && (text.ptr[i + 2] == '4' || text.ptr[i + 2] == '5') &&
            ascii_is_digit(text.ptr[i + 3]) && ascii_is_digit(text.ptr[i + 4]) && text.ptr[i + 5] == ' ')
            return i;
    return text.len;
}

/* "dovecot_login authenticator failed for (helo) [192.0.2.9]:5132: 535 Incorrect authentication data
 * (set_id=bob)", "…: 435 Unable to authenticate at present (set_id=bob): cannot connect to …" */
static enum line_result read_failed_login(struct log_facts *f, const struct log_line *line,
                                          struct slice text) {
    struct log_event *e = log_event_add(f, LOG_LOGIN, line);
    size_t code = find_refusal(text);
    struct slice behind = slice_from(text, code + 1);
    if (find_refusal(behind) < behind.len) /* one of them stands in words of the client */
        code = text.len;
    const char *open = code < text.len ? memrchr(text.ptr, '[', code) : NULL;
    struct slice ip = slice_from(text, open ? (size_t)(open - text.ptr) + 1 : text.len);
    e->client_ip = slice_upto(ip, slice_find_char(ip, ']'));
    struct slice behind_code = slice_from(text, code);
    size_t at = slice_find(behind_code, SLICE("(set_id="));
    struct slice user = slice_from(behind_code, at + 8);
    if (starts(behind_code, ": 435 ")) /* behind it Exim says why it could not ask */
        user = slice_upto(user, slice_find_last_nocase(user, SLICE("): ")) + 1);
    if (at < behind_code.len && user.len && user.ptr[user.len - 1] == ')')
        e->user = slice_upto(user, user.len - 1);
    return LINE_EVENT;
}

/* "cwd=/home/web42/public_html 3 args: /usr/sbin/sendmail -t -i"; the daemon, queue runs, deliveries and
 * bounces hand nothing in. */
static enum line_result read_call(struct log_facts *f, const struct log_line *line, struct slice text) {
    static const char *const others[] = {" -bd", " -bp", " -q", " -M", " -E"};
    size_t end = slice_find(text, SLICE(" args: "));
    struct slice folder = slice_from(slice_upto(text, end), 4);
    const char *blank =
        folder.len ? memrchr(folder.ptr, ' ', folder.len) : NULL; /* before the number of args */
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (slice_has(slice_from(text, end), others[i]))
            blank = NULL;
    if (end == text.len || !blank)
        return exim_pass(f, "the arguments that Exim was called with", line);
    log_event_add(f, LOG_SCRIPT, line)->script = slice_upto(folder, (size_t)(blank - folder.ptr));
    return LINE_EVENT;
}

enum line_result exim_read_words(struct log_facts *f, const struct log_line *line, struct slice text,
                                 bool is_exim) {
    if (slice_has(text, "authenticator failed"))
        return read_failed_login(f, line, text);
    if (starts(text, "cwd=") && slice_has(text, " args: "))
        return read_call(f, line, text);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if ((!is_exim && !lines[i].is_sure) || !slice_has(text, lines[i].words))
            continue;
        if (lines[i].event < 0)
            return exim_pass(f, lines[i].kind, line);
        log_event_add(f, (enum log_kind)lines[i].event, line);
        return LINE_EVENT;
    }
    return is_exim ? exim_pass(f, "words that the configuration wrote", line) : LINE_NOT_MINE;
}
