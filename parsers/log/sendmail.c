/* Sendmail (and its queue runner sm-mta): "5A1…: to=<…>, …, dsn=5.1.1, stat=…". There is no line for the
 * end of a message: it is over when every recipient has got a final answer. */
#define _GNU_SOURCE
#include "parsers/log/dialect.h"

#include "parsers/base/address.h"

static enum line_result pass(struct log_facts *f, const char *kind, const struct log_line *line) {
    return log_pass(f, &dialect_sendmail, kind, line);
}

/* "key=value, " taken off `rest`; addresses of a value, also several ("<a@b>,<c@d>"), may hold commas. stat=
 * and reject= take all that follows: there stand the words of the other side. */
struct pair {
    struct slice key, value;
};

static bool take_pair(struct slice *rest, struct pair *pair) {
    size_t equals = slice_find_char(*rest, '=');
    if (equals == rest->len)
        return false;
    pair->key = slice_upto(*rest, equals);
    for (size_t comma; (comma = slice_find(pair->key, SLICE(", "))) < pair->key.len;)
        pair->key = slice_from(pair->key, comma + 2); /* words without a value */
    *rest = slice_from(*rest, equals + 1);
    struct slice value = *rest;
    if (slice_equal(pair->key, SLICE("stat")) || slice_equal(pair->key, SLICE("reject"))) {
        pair->value = value;
        *rest = SLICE_EMPTY;
        return true;
    }
    if (rest->len && rest->ptr[0] == '"') { /* a program: "|/usr/bin/x a, b" */
        size_t close = slice_find(slice_from(*rest, 1), SLICE("\", "));
        *rest = slice_from(*rest, close + 2);
    }
    while (log_take_bracketed(rest, ", ").ptr && rest->len && rest->ptr[0] == ',' && !starts(*rest, ", "))
        *rest = slice_from(*rest, 1);
    size_t end = slice_find(*rest, SLICE(", "));
    pair->value = slice_upto(value, (size_t)(rest->ptr - value.ptr) + end);
    *rest = slice_from(*rest, end + 2);
    return true;
}

/* The first value of a key; empty where there is none. */
static struct slice value_of(struct slice text, const char *key) {
    struct pair pair;
    while (take_pair(&text, &pair))
        if (slice_equal(pair.key, slice_of(key)))
            return pair.value;
    return SLICE_EMPTY;
}

/* The last one: that of a line which words of the sender may fill before. */
static struct slice last_value_of(struct slice text, const char *key) {
    struct slice value = SLICE_EMPTY;
    struct pair pair;
    while (take_pair(&text, &pair))
        if (slice_equal(pair.key, slice_of(key)))
            value = pair.value;
    return value;
}

static struct log_event *add_reject(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    e->text = value_of(text, "reject");
    log_split_host(value_of(text, "relay"), &e->client, &e->client_ip);
    return e;
}

static enum line_result read_from(struct log_facts *f, const struct log_line *line, struct slice id,
                                  struct slice text) {
    struct slice sender = address_unbracket(value_of(text, "from"));
    if (value_of(text, "reject").len) {
        add_reject(f, line, text)->sender = sender;
        return LINE_EVENT;
    }
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->sender = sender;
    e->size = slice_number(value_of(text, "size"), NULL);
    e->recipients = slice_number(value_of(text, "nrcpts"), NULL);
    bool is_over = e->recipients == 0; /* every recipient was refused */
    if (!f->wants_stories && !is_over)
        return LINE_EVENT;
    e = log_event_add(f, LOG_MESSAGE_ID, line);
    e->queue_id = id;
    e->message_id = address_unbracket(value_of(text, "msgid"));
    e = log_event_add(f, LOG_CLIENT, line);
    e->queue_id = id;
    log_split_host(last_value_of(text, "relay"), &e->client, &e->client_ip); /* behind msgid= */
    if (is_over)
        log_event_add(f, LOG_DONE, line)->queue_id = id;
    return LINE_EVENT;
}

static enum log_status status_of(struct slice stat, struct slice dsn) {
    if (starts(stat, "Sent") || starts(stat, "sent"))
        return LOG_SENT;
    if (starts(stat, "Deferred") || starts(stat, "queued") || starts(stat, "I/O error") ||
        starts(stat, "host map: lookup"))
        return LOG_DEFERRED;
    if (starts(stat, "Cannot send message") || starts(stat, "Cannot send within") ||
        starts(stat, "Message could not be delivered for"))
        return LOG_GIVEN_UP;
    if (stat.len > 3 && ascii_is_digit(stat.ptr[0]) && ascii_is_digit(stat.ptr[1]))
        return stat.ptr[0] == '4' ? LOG_DEFERRED : LOG_BOUNCED;
    return starts(dsn, "4.") ? LOG_DEFERRED : LOG_BOUNCED;
}

/* "|/usr/bin/x a, b" at the start of a list, with its quotes, which end it or stand before a comma. */
static struct slice take_program(struct slice *list) {
    if (!starts(*list, "\"|") && !starts(*list, "\"/"))
        return SLICE_EMPTY;
    struct slice inside = slice_from(*list, 1);
    size_t close = slice_find(inside, SLICE("\","));
    struct slice program = slice_upto(*list, close < inside.len ? close + 2 : list->len);
    *list = slice_from(*list, program.len);
    return program;
}

/* "to=<a@b>,<c@d>, …": an event for each. */
static enum line_result read_to(struct log_facts *f, const struct log_line *line, struct slice id,
                                struct slice text) {
    struct slice list = value_of(text, "to");
    struct slice stat = value_of(text, "stat");
    if (!stat.len)
        return pass(f, "a step of a delivery", line);
    while (list.len) {
        struct slice one = take_program(&list);
        if (!one.len)
            one = log_take_bracketed(&list, ",");
        if (!one.ptr)
            one = log_take_address(&list, ',');
        list = slice_from(list, 1);
        struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
        e->queue_id = id;
        e->recipient = one;
        e->original = address_unbracket(value_of(text, "ctladdr"));
        if (slice_has(e->original, "("))
            e->original = SLICE_EMPTY;
        log_split_host(value_of(text, "relay"), &e->relay, &e->relay_ip);
        e->status_code = value_of(text, "dsn");
        e->status = (unsigned char)status_of(stat, e->status_code);
        if (e->status == LOG_SENT && slice_equal(one, SLICE("/dev/null")))
            e->status = LOG_DISCARDED;
        if (e->status == LOG_SENT)
            e->next_queue_id = log_next_id(stat);
        e->text = stat;
        if (starts(stat, "Deferred: "))
            e->text = slice_from(stat, 10);
        e->is_last = e->status != LOG_DEFERRED;
    }
    return LINE_EVENT;
}

static enum line_result read_ruleset(struct log_facts *f, const struct log_line *line, struct slice text) {
    if (!value_of(text, "reject").len)
        return pass(f, "a rule set that did not refuse", line);
    struct slice ruleset = value_of(text, "ruleset");
    struct slice argument = address_unbracket(value_of(text, "arg1"));
    struct log_event *e = add_reject(f, line, text);
    if (slice_equal(ruleset, SLICE("check_rcpt")))
        e->recipient = argument;
    else if (slice_equal(ruleset, SLICE("check_mail")) || slice_equal(ruleset, SLICE("check_compat")))
        e->sender = argument;
    return LINE_EVENT;
}

static enum line_result read_milter(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text) {
    bool is_discarded = slice_ends_nocase(text, SLICE("discard"));
    text = slice_from(text, starts(slice_from(text, 6), ": ") ? 8 : 0); /* "Milter: ", "milter=x, " */
    struct slice reply = value_of(text, "reject");
    if (is_discarded) {
        struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
        e->queue_id = id;
        e->recipient = address_unbracket(value_of(text, "to"));
        e->status = LOG_DISCARDED;
        e->is_last = true;
        return LINE_EVENT;
    }
    if (!reply.len)
        return pass(f, "a milter's action", line);
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    e->text = reply;
    e->recipient = address_unbracket(value_of(text, "to"));
    return LINE_EVENT;
}

/* "<bob@example.org>... User unknown": the line with from= that comes behind it tells of the client. */
static enum line_result read_refused(struct log_facts *f, const struct log_line *line, struct slice id,
                                     struct slice text) {
    struct slice recipient = log_take_bracketed(&text, ".");
    if (!recipient.len || !starts(text, "... "))
        return pass(f, "another notice on a message", line);
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    e->queue_id = id;
    e->recipient = recipient;
    e->text = slice_from(text, 4);
    e->is_client_later = true;
    return LINE_EVENT;
}

/* "rejecting commands from mx.example.org [192.0.2.9] due to pre-greeting traffic after 0 seconds" */
static enum line_result read_refused_client(struct log_facts *f, const struct log_line *line,
                                            struct slice text) {
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    struct slice client = slice_from(text, 24);
    client = slice_upto(client, slice_find(client, SLICE("] ")) + 1);
    log_split_host(client, &e->client, &e->client_ip);
    e->text = text;
    return LINE_EVENT;
}

static enum line_result sendmail_read(struct log_facts *f, const struct log_line *line) {
    if (!starts(line->program, "sendmail") && !starts(line->program, "sm-") && !starts(line->program, "sm_"))
        return LINE_NOT_MINE;
    struct slice text = line->message;
    if (starts(text, "ruleset=")) /* of a client that has no message yet */
        return read_ruleset(f, line, text);
    size_t colon = slice_find(text, SLICE(": "));
    struct slice id = slice_upto(text, colon);
    if (colon == text.len || slice_has(id, " "))
        return pass(f, "a notice of the daemon", line);
    text = slice_from(text, colon + 2);
    if (starts(text, "from="))
        return read_from(f, line, id, text);
    if (starts(text, "to="))
        return read_to(f, line, id, text);
    if (starts(text, "ruleset="))
        return read_ruleset(f, line, text);
    if (starts(text, "Milter") || starts(text, "milter"))
        return read_milter(f, line, id, text);
    if (starts(text, "rejecting commands from "))
        return read_refused_client(f, line, text);
    if (slice_has(text, "AUTH failure")) {
        struct log_event *e = log_event_add(f, LOG_LOGIN, line);
        log_split_host(last_value_of(text, "relay"), &e->client, &e->client_ip);
        return LINE_EVENT;
    }
    if (slice_has(text, "lost input channel") || slice_has(text, "timeout waiting for input") ||
        slice_has(text, "collect: premature EOM")) {
        log_event_add(f, LOG_LOST, line);
        return LINE_EVENT;
    }
    if (slice_has(text, "STARTTLS") && slice_has(text, "error")) {
        log_event_add(f, LOG_TLS, line);
        return LINE_EVENT;
    }
    return read_refused(f, line, id, text);
}

const struct dialect dialect_sendmail = {.name = "sendmail", .read = sendmail_read};
