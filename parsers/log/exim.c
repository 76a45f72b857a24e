/* Exim's main and reject log, with its own time stamp or through syslog; message ids of both forms
 * (1abcDE-0001Ab-2C, and since 4.97 1abcDE-00000001AbC-2dEF), whatever log_selector adds. */
#define _GNU_SOURCE
#include "parsers/log/dialect.h"

#include "parsers/base/address.h"
#include "parsers/base/smtp_reply.h"

static enum line_result pass(struct log_facts *f, const char *kind, const struct log_line *line) {
    return log_pass(f, &dialect_exim, kind, line);
}

/* The next word; a quoted local part may hold blanks. */
static struct slice take_word(struct slice *rest) {
    *rest = slice_trim(*rest);
    if (rest->len && rest->ptr[0] == '<') {
        struct slice whole = *rest;
        if (log_take_bracketed(rest, " :").ptr)
            return slice_upto(whole, (size_t)(rest->ptr - whole.ptr));
    }
    return log_take_address(rest, ' ');
}

/* What stands behind " H=": "mx.example.org (helo) [192.0.2.1]:25" */
static void read_host(struct slice s, struct slice *host, struct slice *ip) {
    size_t at = log_find_outside(s, "H=");
    if (at == s.len)
        return;
    s = slice_from(s, at + 2);
    struct slice name = slice_upto(s, slice_find_char(s, ' '));
    bool is_helo = name.len && name.ptr[0] == '(';
    if (!is_helo && name.len && name.ptr[0] != '[') {
        *host = name;
        s = slice_trim(slice_from(s, name.len));
    }
    if (s.len && s.ptr[0] == '(') { /* words of the client: up to the address behind them */
        size_t end = slice_find(s, SLICE(") ["));
        s = slice_from(s, end < s.len ? end + 2 : end);
    } else {
        s = slice_from(s, slice_find_char(s, '[')); /* "DS [": the name was found by DNSSEC */
    }
    if (s.len && s.ptr[0] == '[')
        *ip = slice_upto(slice_from(s, 1), slice_find_char(slice_from(s, 1), ']'));
    else
        *host = SLICE_EMPTY;
}

/* Past `="…"`, a value that may hold the words of the client or of the other side (T=, DN=, C=, SNI=): Exim
 * writes a quote in it with a backslash. */
static size_t quoted_value_length(struct slice s) {
    if (!starts(s, "=\""))
        return 0;
    size_t i = 2;
    while (i < s.len && s.ptr[i] != '"')
        i += s.ptr[i] == '\\' ? 2 : 1;
    return i < s.len ? i + 1 : s.len;
}

static size_t find_from(struct slice s, size_t start, struct slice word) {
    return start + slice_find(slice_from(s, start), word);
}

/* The place of `word` outside of quoted values, from `start` on; s.len: none. */
static size_t find_unquoted(struct slice s, size_t start, const char *word) {
    size_t at = find_from(s, start, slice_of(word));
    while (at < s.len) {
        struct slice before = slice_from(slice_upto(s, at), start);
        size_t quote = at;
        if (slice_find_char(before, '"') < before.len) /* few lines have one */
            quote = start + slice_find(before, SLICE("=\""));
        if (quote == at)
            return at;
        start = quote + quoted_value_length(slice_from(s, quote));
        if (at < start) /* else it is still the first behind */
            at = find_from(s, start, slice_of(word));
    }
    return s.len;
}

/* What stands behind " KEY=", up to a blank. */
static struct slice behind(struct slice s, const char *key) {
    s = slice_from(s, find_unquoted(s, 0, key));
    s = slice_from(s, strlen(key));
    return slice_upto(s, slice_find_char(s, ' '));
}

/* What the other side answered at the end: behind the last C=, for a certificate's name may hold another. */
static struct slice confirmation(struct slice s) {
    static const char key[] = " C=\"";
    struct slice value = SLICE_EMPTY;
    for (size_t at = 0; (at = find_unquoted(s, at, key)) < s.len;) {
        size_t length = quoted_value_length(slice_from(s, at + 2));
        value = slice_from(slice_upto(s, at + 2 + length), at + 4);
        at += 2 + length;
    }
    if (value.len && value.ptr[value.len - 1] == '"')
        value.len--;
    return value;
}

/* " X=TLS1.3:TLS_AES_256_GCM_SHA384:256"; older ones write TLSv1.2 and TLS1.2, with the cipher behind. */
static void add_tls(struct log_facts *f, const struct log_line *line, struct slice text, bool is_remote) {
    if (!slice_has(text, " X="))
        return;
    struct slice version = behind(text, " X=");
    version = slice_upto(version, slice_find_char(version, ':'));
    if (version.len >= 6 && version.len <= 8 && starts(version, "TLS")) {
        struct log_event *e = log_event_add(f, LOG_TLS_USED, line);
        e->text = version;
        e->is_remote = is_remote;
    }
}

/* "1d2h3m4s", "0.250s", "2m5s": as Exim writes how long something took, in hundredths of a second. */
static uint32_t duration(struct slice s) {
    uint64_t all = 0;
    bool is_read = false;
    while (s.len) {
        uint32_t value = log_take_seconds(&s);
        if (value == LOG_NO_DELAY || !s.len)
            return LOG_NO_DELAY;
        char unit = s.ptr[0];
        all += (uint64_t)value * (unit == 'w'   ? 604800
                                  : unit == 'd' ? 86400
                                  : unit == 'h' ? 3600
                                  : unit == 'm' ? 60
                                                : 1);
        s = slice_from(s, 1);
        is_read = true;
    }
    return is_read && all < LOG_NO_DELAY ? (uint32_t)all : LOG_NO_DELAY;
}

/* "QT=2m5s DT=0.4s" at the end of a delivery's line, behind all that others wrote. */
static void read_durations(struct log_event *e, struct slice text) {
    struct slice end = slice_from(text, text.len > 60 ? text.len - 60 : 0);
    struct slice last;
    const char *quote = end.len ? memrchr(end.ptr, '"', end.len) : NULL;
    if (quote)
        end = slice_from(end, (size_t)(quote - end.ptr) + 1);
    while (slice_next_word(&end, &last)) {
        if (starts(last, "QT="))
            e->delay = duration(slice_from(last, 3));
        else if (starts(last, "DT="))
            e->sending = duration(slice_from(last, 3));
    }
}

static enum line_result read_arrival(struct log_facts *f, const struct log_line *line, struct slice id,
                                     struct slice text) {
    struct slice sender = take_word(&text);
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->sender = slice_equal(sender, SLICE("<>")) ? SLICE_EMPTY : address_unbracket(sender);
    struct slice known = slice_from(text, find_unquoted(text, 0, " P=")); /* before it the client's HELO */
    e->size = slice_number(behind(known, " S="), NULL);
    add_tls(f, line, known, false);
    bool is_local = starts(known, " P=local");
    struct slice user = is_local                  ? behind(text, " U=")
                        : slice_has(known, " A=") ? behind(known, " A=")
                                                  : SLICE_EMPTY;
    if (!f->wants_stories && !user.len)
        return LINE_EVENT;
    struct slice host = SLICE_EMPTY;
    struct slice ip = SLICE_EMPTY;
    read_host(text, &host, &ip);
    e = log_event_add(f, LOG_CLIENT, line);
    e->queue_id = id;
    e->client = host;
    e->client_ip = ip;
    e->user = slice_from(user, is_local ? 0 : slice_find_char(user, ':') + 1);
    if (!f->wants_stories)
        return LINE_EVENT;
    e = log_event_add(f, LOG_MESSAGE_ID, line);
    e->queue_id = id;
    e->message_id = behind(known, " id=");
    return LINE_EVENT;
}

/* "defer (113): No route to host H=mx.example.org [192.0.2.1]: …": what the system said. */
static struct slice system_error(struct slice text) {
    size_t at = find_unquoted(text, 0, " defer (");
    struct slice rest = slice_from(text, at + 8);
    rest = slice_from(rest, slice_find_char(rest, ')'));
    if (!starts(rest, "): "))
        return SLICE_EMPTY;
    rest = slice_from(rest, 3);
    size_t end = find_unquoted(rest, 0, " H=");
    if (end == rest.len)
        end = find_unquoted(rest, 0, " DT=");
    return end < rest.len ? slice_upto(rest, end) : SLICE_EMPTY;
}

/* Where the reason begins: behind the fields "R=…", "T=…", "H=…". */
static struct slice reason_of(struct slice text) {
    struct slice error = system_error(text);
    if (error.len)
        return error;
    static const char *const marks[] = {"]: ", ": "};
    for (size_t i = 0; i < 2; i++) {
        size_t at = find_unquoted(text, 0, marks[i]);
        if (at < text.len)
            return slice_from(text, at + strlen(marks[i]));
    }
    return text;
}

/* "user@example.org <original@example.net> R=… T=… H=… …": the final address, or a pipe or file. */
static void read_recipient(struct log_event *e, struct slice *text) {
    struct slice word = take_word(text);
    e->recipient = word;
    struct slice rest = *text;
    struct slice next = take_word(&rest);
    if (next.len > 2 && next.ptr[0] == '(')
        next = take_word(&rest);
    if (next.len > 2 && next.ptr[0] == '<' && next.ptr[next.len - 1] == '>') {
        e->original = address_unbracket(next);
        if (!slice_has(word, "@"))
            e->recipient = e->original;
        *text = rest;
    }
    if (e->recipient.len && e->recipient.ptr[e->recipient.len - 1] == ':')
        e->recipient.len--;
}

/* ":blackhole: <bob@example.org>" of a redirect router, "blackhole (RCPT ACL discarded recipients)", a file
 * that keeps nothing. */
static bool is_thrown_away(struct slice text) {
    return starts(text, ":blackhole:") || starts(text, "blackhole (") || starts(text, "/dev/null ");
}

static enum line_result read_try(struct log_facts *f, const struct log_line *line, struct slice id,
                                 struct slice text, enum log_status status) {
    struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
    e->queue_id = id;
    e->status = (unsigned char)status;
    if (status == LOG_SENT && is_thrown_away(text))
        e->status = LOG_DISCARDED;
    read_recipient(e, &text);
    if (slice_equal(e->recipient, SLICE("blackhole"))) /* "=> blackhole (DATA ACL discarded recipients)" */
        e->recipient = SLICE_EMPTY;
    read_host(slice_upto(text, slice_find(text, SLICE("]: ")) + 1), &e->relay, &e->relay_ip);
    e->is_remote = slice_has(text, "smtp");
    struct slice fields =
        slice_upto(text, slice_find(text, SLICE(": "))); /* before what the other side said */
    if (slice_has(fields, " I=["))
        e->local_ip = slice_between(behind(fields, " I="), "[", "]");
    if (status != LOG_SENT) {
        e->text = reason_of(text);
        size_t suffix = slice_find(e->text, SLICE(": retry timeout exceeded"));
        if (status == LOG_GIVEN_UP) /* the reply before it is the cause beneath */
            e->text.len = suffix;
        return LINE_EVENT;
    }
    e->text = confirmation(text);
    e->try_id = log_verdict_of(f, e->text);
    e->next_queue_id = e->relay_ip.len ? log_next_id(e->text) : SLICE_EMPTY;
    read_durations(e, text);
    add_tls(f, line, text, true);
    return LINE_EVENT;
}

static enum line_result read_sent(struct log_facts *f, const struct log_line *line, struct slice id,
                                  struct slice text) {
    return read_try(f, line, id, text, LOG_SENT);
}

/* Did the other side refuse for good? Its reply begins with its code behind the first ": " outside of
 * addresses. */
static bool is_refused(struct slice reason) {
    if (slice_has(reason, " after initial connection: ") || slice_has(reason, " after EHLO ") ||
        slice_has(reason, " after HELO "))
        return false; /* a greeting with 5xx: Exim tries again later */
    for (size_t at = log_find_outside(reason, ": "); at < reason.len;) {
        struct slice rest = slice_from(reason, at + 2);
        int code = reply_code(rest);
        if (code)
            return code >= 500;
        size_t next = log_find_outside(rest, ": ");
        at = next < rest.len ? at + 2 + next : reason.len;
    }
    return false;
}

/* Exim writes that it gave up behind the last error, which was a temporary one, or in its place. */
static bool is_given_up(struct slice reason) {
    return starts(reason, "retry time not reached for any host after a long failure period") ||
           (slice_ends_nocase(reason, SLICE("retry timeout exceeded")) && !is_refused(reason));
}

static enum line_result read_failed(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text) {
    struct slice rest = text;
    take_word(&rest); /* the recipient may be called so */
    return read_try(f, line, id, text, is_given_up(reason_of(rest)) ? LOG_GIVEN_UP : LOG_BOUNCED);
}

static enum line_result read_deferred(struct log_facts *f, const struct log_line *line, struct slice id,
                                      struct slice text) {
    struct slice rest = text;
    take_word(&rest);
    if (slice_has(rest, "retry time not reached") && !slice_has(rest, "SMTP error"))
        return pass(f, "not tried, for it is not time yet", line);
    return read_try(f, line, id, text, LOG_DEFERRED);
}

static const struct {
    const char *arrow;
    enum line_result (*read)(struct log_facts *f, const struct log_line *line, struct slice id,
                             struct slice text);
} arrows[] = {{"<=", read_arrival}, {"=>", read_sent},   {"->", read_sent},
              {">>", read_sent},    {"**", read_failed}, {"==", read_deferred}};

/* The address in <> behind `key`; an empty one where it does not stand there. */
static struct slice bracketed_behind(struct slice text, const char *key) {
    size_t at = log_find_outside(text, key);
    struct slice rest = slice_from(text, at < text.len ? at + strlen(key) - 1 : at);
    return at < text.len ? log_take_bracketed(&rest, NULL) : SLICE_EMPTY;
}

/* Past "H=name (helo) [ip]" at the start, where words of the client stand. */
static size_t client_length(struct slice text) {
    size_t open = starts(text, "H=") ? slice_find_char(text, '(') : text.len;
    size_t close = open < slice_find_char(text, '[') ? slice_find(text, SLICE(") [")) : text.len;
    return close < text.len ? close + 1 : 0;
}

/* "rejected HELO from name [192.0.2.9]: syntactically invalid argument(s): x" */
static enum line_result read_refused_name(struct log_facts *f, const struct log_line *line,
                                          struct slice text) {
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

/* "… rejected RCPT <a@b>: reason", "… temporarily rejected …", "… rejected after DATA: reason" */
static enum line_result read_reject(struct log_facts *f, const struct log_line *line, struct slice text) {
    static const char *const marks[] = {
        " rejected ", " dropped by ", " dropped: ", " refused: ", " rejected:", " refused "};
    if (starts(text, "rejected "))
        return read_refused_name(f, line, text);
    size_t client = client_length(text);
    struct slice behind_client = slice_from(text, client);
    size_t at = behind_client.len;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && at == behind_client.len; i++)
        at = log_find_outside(behind_client, marks[i]);
    if (at == behind_client.len)
        return LINE_UNKNOWN;
    at += client;
    struct slice what = slice_from(text, at);
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    read_host(slice_upto(text, at), &e->client, &e->client_ip);
    if (!e->client_ip.len) /* "connection from [192.0.2.9] refused" */
        e->client_ip = slice_between(slice_upto(text, at), "[", "]");
    e->sender = bracketed_behind(behind_client, "F=<");
    e->recipient = bracketed_behind(what, "RCPT <");
    size_t colon = log_find_outside(what, ": ");
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

/* "dovecot_login authenticator failed for (helo) [192.0.2.9]:5132: 535 Incorrect authentication data
 * (set_id=bob)" */
static enum line_result read_failed_login(struct log_facts *f, const struct log_line *line,
                                          struct slice text) {
    struct log_event *e = log_event_add(f, LOG_LOGIN, line);
    size_t code = slice_find(text, SLICE(": 535 "));
    const char *open = code < text.len ? memrchr(text.ptr, '[', code) : NULL;
    struct slice ip = slice_from(text, open ? (size_t)(open - text.ptr) + 1 : text.len);
    e->client_ip = slice_upto(ip, slice_find_char(ip, ']'));
    struct slice behind_code = slice_from(text, code);
    size_t at = slice_find(behind_code, SLICE("(set_id="));
    struct slice user = slice_from(behind_code, at + 8);
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
        return pass(f, "the arguments that Exim was called with", line);
    log_event_add(f, LOG_SCRIPT, line)->script = slice_upto(folder, (size_t)(blank - folder.ptr));
    return LINE_EVENT;
}

/* `is_exim`: the line is Exim's, whatever it says. */
static enum line_result read_words(struct log_facts *f, const struct log_line *line, struct slice text,
                                   bool is_exim) {
    if (slice_has(text, "authenticator failed"))
        return read_failed_login(f, line, text);
    if (starts(text, "cwd=") && slice_has(text, " args: "))
        return read_call(f, line, text);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if ((!is_exim && !lines[i].is_sure) || !slice_has(text, lines[i].words))
            continue;
        if (lines[i].event < 0)
            return pass(f, lines[i].kind, line);
        log_event_add(f, (enum log_kind)lines[i].event, line);
        return LINE_EVENT;
    }
    return is_exim ? pass(f, "words that the configuration wrote", line) : LINE_NOT_MINE;
}

static enum line_result read_message_line(struct log_facts *f, const struct log_line *line, struct slice id,
                                          struct slice text) {
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (starts(text, arrows[i].arrow) && text.len > 3)
            return arrows[i].read(f, line, id, slice_from(text, 3));
    if (starts(text, "Completed")) {
        log_event_add(f, LOG_DONE, line)->queue_id = id;
        return LINE_EVENT;
    }
    if (starts(text, "*>"))
        return pass(f, "a delivery that was only tried for show (-N)", line);
    if (slice_has(text, " rejected ") && (slice_has(text, "F=<") || slice_has(text, "H=")))
        return read_reject(f, line, text);
    if (starts(text, "removed by ")) {
        struct log_event *e = log_event_add(f, LOG_ENDED, line);
        e->queue_id = id;
        e->status = LOG_DISCARDED;
        return LINE_EVENT;
    }
    return read_words(f, line, text, true);
}

static enum line_result read_plain_line(struct log_facts *f, const struct log_line *line, struct slice text,
                                        bool is_exim) {
    if (slice_has(text, " rejected ") || slice_has(text, " refused") || slice_has(text, " dropped"))
        if (slice_has(text, "H=") || slice_has(text, "F=<") || starts(text, "U=") ||
            slice_has(text, "onnection from ["))
            return read_reject(f, line, text);
    if (starts(text, "rejected ") && slice_has(text, " from ") && slice_has(text, "]: "))
        return read_refused_name(f, line, text);
    return read_words(f, line, text, is_exim);
}

static bool is_syslog(const struct log_line *line) {
    return line->program.len >= 4 && starts(line->program, "exim");
}

/* Exim writes its own stamp ("2026-11-24 10:14:07"); what the reader then takes for a host may be an id. */
static bool has_own_stamp(const struct log_line *line) {
    struct slice text = line->text;
    bool has_stamp = line->time != -1 && text.len > 20 && text.ptr[4] == '-' && text.ptr[10] == ' ' &&
                     ascii_is_digit(text.ptr[0]);
    return has_stamp && (!line->host.len || log_is_exim_id(line->host) || line->host.ptr[0] == '[' ||
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

/* What Exim in a container writes to standard error: "  278 LOG: MAIN", and then "  278   == bob@example.org
 * …", without a time or an id of the message. */
static enum line_result read_console(struct log_facts *f, const struct log_line *line) {
    struct slice text = slice_trim(line->text);
    size_t digits = 0;
    while (digits < text.len && ascii_is_digit(text.ptr[digits]))
        digits++;
    text = slice_from(text, digits);
    if (!digits || digits > 7)
        return LINE_NOT_MINE;
    if (starts(text, " LOG: "))
        return pass(f, "the head of a line on the console", line);
    if (f->last_dialect != &dialect_exim || !starts(text, "   "))
        return LINE_NOT_MINE;
    text = slice_trim(text);
    if (starts(text, "<="))
        return pass(f, "an arrival without an id", line);
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (starts(text, arrows[i].arrow) && text.len > 3)
            return arrows[i].read(f, line, log_own_id(f), slice_from(text, 3));
    return read_plain_line(f, line, text, true);
}

static enum line_result exim_read(struct log_facts *f, const struct log_line *line) {
    if (line->time == -1) {
        enum line_result result = read_console(f, line);
        if (result == LINE_NOT_MINE && f->last_dialect == &dialect_exim)
            return pass(f, "a line without a time: the rest of the one above", line);
        return result;
    }
    if (!is_syslog(line) && !has_own_stamp(line))
        return LINE_NOT_MINE;
    struct log_line own = *line;
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
        return log_noted(f, &own, id, before, read_message_line(f, &own, id, slice_trim(rest)));
    bool is_exim = is_syslog(line) || starts(text, "H=") || starts(text, "U=") || is_exim_file(f);
    return read_plain_line(f, &own, text, is_exim);
}

const struct dialect dialect_exim = {.name = "exim", .read = exim_read};
