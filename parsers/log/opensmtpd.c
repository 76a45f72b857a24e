/* OpenSMTPD ("smtpd[123]: 9d6d… mta delivery evpid=… from=<…> to=<…> … result="Ok" stat="250 …""; before 6.0
 * with "event=delivery"). Each recipient is an envelope of its own. */
#include "parsers/log/dialect.h"

#include "parsers/base/address.h"

/* key=value, key="value", key=<value>; a blank stands before each key, and none in an address that OpenSMTPD
 * takes. */
static struct slice value_at(struct slice value) {
    if (value.len && value.ptr[0] == '"')
        return slice_upto(slice_from(value, 1), slice_find_char(slice_from(value, 1), '"'));
    return address_unbracket(slice_upto(value, slice_find_char(value, ' ')));
}

static struct slice value_of(struct slice text, const char *key) {
    size_t at = slice_find(text, slice_of(key));
    return at < text.len ? value_at(slice_from(text, at + strlen(key))) : SLICE_EMPTY;
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

static enum line_result read_delivery(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice id = value_of(text, " evpid=");
    struct slice result = value_of(text, " result=");
    if (!id.len)
        return LINE_UNKNOWN;
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->sender = value_of(text, " from=");
    e->recipients = 1;
    e = log_event_add(f, LOG_ATTEMPT, line);
    e->queue_id = id;
    e->recipient = value_of(text, " to=");
    read_relay(value_of(text, " relay="), e);
    e->text = value_of(text, " stat=");
    e->status = slice_equal_nocase(result, SLICE("Ok"))         ? LOG_SENT
                : slice_equal_nocase(result, SLICE("TempFail")) ? LOG_DEFERRED
                : starts(e->text, "Envelope expired")           ? LOG_GIVEN_UP
                                                                : LOG_BOUNCED;
    e->is_last = e->status != LOG_DEFERRED;
    return LINE_EVENT;
}

static enum line_result read_refusal(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice result = last_value_of(text, " result=");
    struct slice command = value_of(text, " command=");
    if (!slice_starts_nocase(command, SLICE("RCPT")) && !slice_starts_nocase(command, SLICE("MAIL")))
        return log_pass(f, &dialect_opensmtpd, "a client's mistake", line);
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    e->text = result;
    e->client_ip = value_of(text, "address=");
    struct slice address = slice_from(text, slice_find_char(text, '<'));
    e->recipient = log_take_bracketed(&address, NULL);
    return LINE_EVENT;
}

static enum line_result opensmtpd_read(struct log_facts *f, const struct log_line *line) {
    if (!slice_equal(line->program, SLICE("smtpd")))
        return LINE_NOT_MINE;
    struct slice text = line->message;
    if (slice_has(text, "delivery evpid="))
        return read_delivery(f, line, text);
    if (slice_has(text, "failed-command"))
        return read_refusal(f, line, text);
    if (slice_has(text, "authentication ") && slice_has(text, "result=permfail")) {
        log_event_add(f, LOG_LOGIN, line);
        return LINE_EVENT;
    }
    if (slice_has(text, "reason=io-error") || slice_has(text, "reason=timeout")) {
        log_event_add(f, LOG_LOST, line);
        return LINE_EVENT;
    }
    return log_pass(f, &dialect_opensmtpd, "a session or notice", line);
}

const struct dialect dialect_opensmtpd = {.name = "opensmtpd", .read = opensmtpd_read};
