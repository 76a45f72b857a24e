/* OpenSMTPD ("smtpd[123]: 9d6d… mta delivery evpid=… from=<…> to=<…> … result="Ok" stat="250 …""; before 6.0
 * with "event=delivery"). Each recipient is an envelope of its own. */
#include "parsers/log/dialect.h"

#include "parsers/base/address.h"
#include "parsers/base/smtp_reply.h"

/* key=value, key="value", key=<value>; a blank stands before each key, and none in an address that OpenSMTPD
 * takes. */
static struct slice value_at(struct slice value) {
    if (value.len && value.ptr[0] == '"')
        return slice_upto(slice_from(value, 1), slice_find_char(slice_from(value, 1), '"'));
    value = slice_upto(value, slice_find_char(value, ' '));
    if (value.len && value.ptr[value.len - 1] == ',')
        value.len--;
    return address_unbracket(value);
}

static struct slice value_of(struct slice text, const char *key) {
    size_t at = slice_find(text, slice_of(key));
    return at < text.len ? value_at(slice_from(text, at + strlen(key))) : SLICE_EMPTY;
}

/* The address behind `key` taken off, with all before it. Its local part, which is a client's, may hold in
 * quotes what looks like the rest of the line. */
static struct slice take_address(struct slice *rest, const char *key) {
    size_t at = slice_find(*rest, slice_of(key));
    if (at == rest->len)
        return SLICE_EMPTY;
    *rest = slice_from(*rest, at + strlen(key));
    struct slice whole = *rest;
    struct slice address = log_take_bracketed(rest, " ,");
    return address.ptr ? address : value_at(whole);
}

/* Takes the envelope off: "from=<…> to=<…> rcpt=<…>", with commas before 6.0. */
static void take_envelope(struct slice *rest, struct slice *sender, struct slice *recipient) {
    *sender = take_address(rest, " from=");
    *recipient = take_address(rest, " to=");
    if (starts(*rest, " rcpt=") || starts(*rest, ", rcpt="))
        take_address(rest, " rcpt=");
}

/* Behind a command, which holds the client's words and quotes. */
static struct slice last_value_of(struct slice text, const char *key) {
    size_t last = text.len;
    size_t at = 0;
    for (size_t found; at < text.len; at += found + 1) {
        found = slice_find(slice_from(text, at), slice_of(key));
        if (at + found < text.len)
            last = at + found;
    }
    return last < text.len ? value_at(slice_from(text, last + strlen(key))) : SLICE_EMPTY;
}

/* relay="192.0.2.1 (mx.example.org)" */
static void read_relay(struct slice relay, struct log_event *e) {
    size_t open = slice_find_char(relay, '(');
    e->relay_ip = slice_trim(slice_upto(relay, open));
    struct slice name = slice_from(relay, open + 1);
    e->relay = slice_upto(name, slice_find_char(name, ')'));
}

/* Did this host's own server take it, as filters before 6.7 gave mail back? The reply "250 2.0.0: f6e94209
 * Message accepted for delivery" names a message, whose envelopes the log tells of. */
static bool is_own_server(const struct log_event *e) {
    struct slice reply = e->text;
    struct slice rest = slice_from(reply, starts(reply, "250 2.0.0: ") ? 11 : reply.len);
    return log_is_loopback(e->relay_ip) && starts(slice_from(rest, 8), " Message accepted for delivery");
}

static enum line_result read_delivery(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice id = value_of(text, " evpid=");
    struct slice recipient;
    if (!id.len)
        return LINE_UNKNOWN;
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    take_envelope(&text, &e->sender, &recipient);
    e->recipients = 1;
    e = log_event_add(f, LOG_ATTEMPT, line);
    e->queue_id = id;
    e->recipient = recipient;
    struct slice own = slice_upto(text, slice_find(text, SLICE(" stat="))); /* others' words stand behind */
    struct slice result = value_of(own, " result=");
    read_relay(value_of(own, " relay="), e);
    e->text = value_of(text, " stat=");
    e->status = slice_equal_nocase(result, SLICE("Ok"))         ? LOG_SENT
                : slice_equal_nocase(result, SLICE("TempFail")) ? LOG_DEFERRED
                : starts(e->text, "Envelope expired")           ? LOG_GIVEN_UP
                                                                : LOG_BOUNCED;
    if (e->status == LOG_SENT) {
        e->is_forwarded = is_own_server(e);
        e->next_queue_id = e->is_forwarded ? SLICE_EMPTY : log_next_id(e->text);
    }
    e->is_last = e->status != LOG_DEFERRED;
    return LINE_EVENT;
}

/* "relay: TempFail for 67a9a860d2772c10: from=<…>, to=<…>, …, stat=…", as log_envelope of smtpd writes it. */
static enum line_result read_envelope(struct log_facts *f, const struct log_line *line, struct slice text) {
    static const struct {
        const char *word;
        enum log_status status;
    } words[] = {{"Ok", LOG_SENT},
                 {"TempFail", LOG_DEFERRED},
                 {"PermFail", LOG_BOUNCED},
                 {"Expire", LOG_GIVEN_UP},
                 {"Remove", LOG_DISCARDED}};
    text = slice_from(text, slice_find(text, SLICE(": ")) + 2);
    struct slice word = slice_upto(text, slice_find_char(text, ' '));
    size_t i = 0;
    while (i < sizeof words / sizeof *words && !slice_equal(word, slice_of(words[i].word)))
        i++;
    if (i == sizeof words / sizeof *words)
        return log_name_unknown(f, &dialect_opensmtpd, "a result of a delivery", word, line);
    struct slice id = slice_from(text, word.len + 5);
    size_t colon = slice_find_char(id, ':');
    struct slice rest = slice_from(id, colon);
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = slice_upto(id, colon);
    struct slice recipient;
    take_envelope(&rest, &e->sender, &recipient);
    e->recipients = 1;
    e = log_attempt_add(f, line, slice_upto(id, colon), words[i].status);
    e->recipient = recipient;
    size_t stat = slice_find(rest, SLICE(", stat="));
    e->text = slice_from(rest, stat + 7);
    struct slice relay = slice_from(rest, slice_find(rest, SLICE(" relay=")) + 7);
    relay = slice_upto(relay, slice_find_char(relay, ','));
    size_t open = slice_find_char(relay, '[');
    if (open < relay.len)
        log_split_host(relay, &e->relay, &e->relay_ip);
    else if (slice_find_char(relay, '(') < relay.len)
        read_relay(relay, e);
    e->is_last = e->status != LOG_DEFERRED;
    return LINE_EVENT;
}

/* Is it mail that was refused, and no mistake of the client's? Its filters refuse at DATA too, and a whole
 * connection, at which no command stands. */
static bool refuses_mail(struct slice command, struct slice result) {
    int code = reply_code(result);
    bool is_envelope =
        slice_starts_nocase(command, SLICE("RCPT")) || slice_starts_nocase(command, SLICE("MAIL"));
    bool is_filtered = !command.len || slice_equal_nocase(command, SLICE("DATA"));
    return is_envelope || (is_filtered && code >= 420 && (code < 500 || code > 504));
}

/* "1e722991167e2b80" of "1e722991167e2b80 smtp connected …"; empty: no session is named. */
static struct slice session_of(struct slice text) {
    struct slice id = slice_upto(text, slice_find_char(text, ' '));
    return id.len == 16 ? id : SLICE_EMPTY;
}

/* Since 6.4 this line alone says whose session it is. */
static enum line_result read_connected(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct log_event *e = log_event_add(f, LOG_CLIENT, line);
    e->queue_id = session_of(text);
    e->client_ip = value_of(text, " address=");
    e->client = value_of(text, " host=");
    e->is_client_later = true;
    return LINE_EVENT;
}

static enum line_result read_refusal(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice result = last_value_of(text, " result=");
    struct slice command = value_of(text, " command=");
    if (!refuses_mail(command, result))
        return log_pass(f, &dialect_opensmtpd, "a client's mistake", line);
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    e->text = result;
    e->client_ip = value_of(slice_upto(text, slice_find(text, SLICE(" command="))), "address=");
    e->is_client_later = !e->client_ip.len && session_of(text).len > 0;
    if (e->is_client_later)
        e->queue_id = session_of(text);
    struct slice address = slice_from(text, slice_find_char(text, '<'));
    e->recipient = log_take_bracketed(&address, NULL);
    return LINE_EVENT;
}

/* "TempFail for 67a9a860d2772c10: from=" behind "relay: " or "delivery: ", whoever the line calls its
 * program: in the foreground nobody, elsewhere by another name. */
static bool is_envelope(struct slice text) {
    size_t start = starts(text, "relay: ") ? 7 : starts(text, "delivery: ") ? 10 : text.len;
    struct slice rest = slice_from(text, start);
    size_t at = slice_find(slice_upto(rest, 16), SLICE(" for "));
    struct slice id = slice_from(rest, at + 5);
    struct slice behind = slice_from(id, 16);
    return rest.len > at && id.len > 22 && (starts(behind, ": from=") || starts(behind, ": session="));
}

/* "1e722991167e2b80 mta delivery evpid=…", before 6.0 "smtp event=…", before 5.7 "smtp-in: …": what says so
 * of itself where nobody is named, in the foreground or in a text that left the header out. */
static bool is_bare(struct slice text) {
    static const char *const words[] = {"smtp-in: ",     "smtp-out: ", "smtp event=",   "mta event=",
                                        "debug: smtp: ", "debug: mta", "debug: queue: "};
    static const char *const parts[] = {" smtp ", " mta ", " mda "};
    size_t hex = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (starts(text, words[i]))
            return true;
    while (hex < text.len &&
           (ascii_is_digit(text.ptr[hex]) || (text.ptr[hex] >= 'a' && text.ptr[hex] <= 'f')))
        hex++;
    for (size_t i = 0; hex == 16 && i < sizeof parts / sizeof *parts; i++)
        if (starts(slice_from(text, hex), parts[i]))
            return true;
    return false;
}

/* "7818378b78e6ffe0" behind "session " */
static struct slice old_session_of(struct slice text) {
    static const struct slice mark = SLICE(" session ");
    struct slice id = slice_from(text, slice_find(text, mark) + mark.len);
    size_t end = 0;
    while (end < id.len && ascii_is_alnum(id.ptr[end]))
        end++;
    return end == 16 ? slice_upto(id, end) : SLICE_EMPTY;
}

/* "smtp-in: Failed command on session 7818378b78e6ffe0: "RCPT TO:<bob@example.org>" => 550 Invalid recipient"
 */
static enum line_result read_old_refusal(struct log_facts *f, const struct log_line *line,
                                         struct slice text) {
    struct slice command = slice_from(text, slice_find_char(text, '"') + 1);
    size_t end = slice_find_last(command, SLICE("\" => "));
    struct slice address = slice_from(command, slice_find_char(command, '<'));
    if (end >= command.len || !refuses_mail(slice_upto(command, end), slice_from(command, end + 5)))
        return log_pass(f, &dialect_opensmtpd, "a client's mistake", line);
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    e->text = slice_from(command, end + 5);
    e->recipient = log_take_bracketed(&address, NULL);
    e->queue_id = old_session_of(text);
    e->is_client_later = e->queue_id.len > 0;
    return LINE_EVENT;
}

/* "smtp-in: New session 7818378b78e6ffe0 from host mx.example.net [192.0.2.9]", which alone names the client,
 * "smtp-in: Closing session …", "smtp-in: Received disconnect from session …", "smtp-in: Disconnecting
 * session …: session timeout", "smtp-in: Authentication failed for user ann on session …" (smtp_session.c
 * of 5.3 and 5.4). */
static enum line_result read_old_session(struct log_facts *f, const struct log_line *line,
                                         struct slice text) {
    static const struct slice service = SLICE("smtp-in: ");
    static const struct slice host_mark = SLICE(" from host ");
    static const struct slice login_mark = SLICE("Authentication failed for user ");
    struct slice session = old_session_of(text);
    text = slice_from(text, service.len);
    struct slice host = slice_from(text, slice_find(text, host_mark) + host_mark.len);
    bool is_lost = starts(text, "Disconnecting session ");
    bool is_over = is_lost || starts(text, "Closing session ") || starts(text, "Received disconnect from ");
    struct log_event *e = NULL;
    if (is_lost)
        log_event_add(f, LOG_LOST, line);
    if (is_over && session.len) {
        e = log_event_add(f, LOG_MOVED, line);
        e->queue_id = session;
    } else if (starts(text, "New session ") && session.len) {
        e = log_event_add(f, LOG_CLIENT, line);
        e->queue_id = session;
        log_split_host(host, &e->client, &e->client_ip);
        e->is_client_later = true;
    } else if (starts(text, login_mark.ptr)) {
        e = log_event_add(f, LOG_LOGIN, line);
        e->user = slice_from(text, login_mark.len);
        e->user = slice_upto(e->user, slice_find_char(e->user, ' '));
    }
    return e || is_lost ? LINE_EVENT : log_pass(f, &dialect_opensmtpd, "a session or notice", line);
}

static bool is_part(struct slice text) {
    return starts(text, "mta ") || starts(text, "mda ") || starts(text, "smtp ");
}

/* "delivery" of "1e722991167e2b80 mta delivery …", before 6.0 "mta event=delivery …": what happened. Words of
 * clients stand further behind. */
static struct slice event_of(struct slice text) {
    if (!is_part(text)) /* the number of the session */
        text = slice_from(text, slice_find_char(text, ' ') + 1);
    if (!is_part(text))
        return SLICE_EMPTY;
    text = slice_from(text, slice_find_char(text, ' ') + 1);
    text = slice_from(text, starts(text, "event=") ? 6 : 0);
    return slice_upto(text, slice_find_char(text, ' '));
}

static enum line_result opensmtpd_read(struct log_facts *f, const struct log_line *line) {
    struct slice text = line->message;
    bool goes_on = f->last_dialect == &dialect_opensmtpd && starts(text, "lookup: ");
    if (is_envelope(text))
        return read_envelope(f, line, text);
    if (starts(text, "SCANNER[")) /* of Sophos UTM */
        return LINE_NOT_MINE;
    if (!slice_equal(line->program, SLICE("smtpd")) && (line->program.len || (!is_bare(text) && !goes_on)))
        return LINE_NOT_MINE;
    if (starts(text, "smtp-in: Failed command on session "))
        return read_old_refusal(f, line, text);
    if (starts(text, "smtp-in: "))
        return read_old_session(f, line, text);
    struct slice event = event_of(text);
    if (slice_equal(event, SLICE("delivery")))
        return read_delivery(f, line, text);
    if (starts(text, "relay: ") || starts(text, "delivery: "))
        return slice_has(text, " for ") ? read_envelope(f, line, text)
                                        : log_pass(f, &dialect_opensmtpd, "a session or notice", line);
    if (slice_equal(event, SLICE("failed-command")))
        return read_refusal(f, line, text);
    if (slice_equal(event, SLICE("connected")) && session_of(text).len && slice_has(text, " address="))
        return read_connected(f, line, text);
    if (slice_equal(event, SLICE("authentication")) && slice_has(text, "result=permfail")) {
        log_event_add(f, LOG_LOGIN, line);
        return LINE_EVENT;
    }
    bool is_lost = slice_has(text, "reason=io-error") || slice_has(text, "reason=timeout");
    bool is_over = slice_equal(event, SLICE("disconnected")) && session_of(text).len;
    if (is_lost)
        log_event_add(f, LOG_LOST, line);
    if (is_over)
        log_event_add(f, LOG_MOVED, line)->queue_id = session_of(text);
    return is_lost || is_over ? LINE_EVENT : log_pass(f, &dialect_opensmtpd, "a session or notice", line);
}

const struct dialect dialect_opensmtpd = {.name = "opensmtpd", .read = opensmtpd_read};
