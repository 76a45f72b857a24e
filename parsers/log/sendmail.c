/* Sendmail (and its queue runner sm-mta): "5A1…: to=<…>, …, dsn=5.1.1, stat=…". There is no line for the
 * end of a message: it is over when every recipient has got a final answer. */
#define _GNU_SOURCE
#include "parsers/log/dialect.h"

#include "parsers/base/address.h"

static enum line_result pass(struct log_facts *f, const char *kind, const struct log_line *line) {
    return log_pass(f, &dialect_sendmail, kind, line);
}

/* What is read of a line, and whose words stand in it, as sendmail 8 writes them (logsender in envelope.c,
 * logdelivery in deliver.c, rscheck in srvrsmtp.c, milter.c):
 *
 *     from=SENDER, size=, class=, nrcpts=, msgid=SENDER, bodytype=, proto=, daemon=, relay=
 *     to=RECIPIENTS, ctladdr=SENDER, delay=, xdelay=, mailer=, pri=, relay=, dsn=, reply=OTHER SIDE,
 *         stat=OTHER SIDE
 *     ruleset=, arg1=CLIENT (check_…) or HEADER FIELD, relay=, reject=
 *
 * Addresses end at their bracket; stat= and reject= take all that follows. What a message calls itself, and a
 * header field, end where the program's own words begin, which are the last ones of their kind. */
enum field { FROM, SIZE, NRCPTS, TO, CTLADDR, RELAY, DSN, REPLY, STAT, REJECT, RULESET, ARG1, FIELDS };

static const char *const field_names[FIELDS] = {
    [FROM] = "from",       [SIZE] = "size",     [NRCPTS] = "nrcpts",   [TO] = "to",
    [CTLADDR] = "ctladdr", [RELAY] = "relay",   [DSN] = "dsn",         [STAT] = "stat",
    [REPLY] = "reply",     [REJECT] = "reject", [RULESET] = "ruleset", [ARG1] = "arg1"};

struct fields {
    struct slice of[FIELDS]; /* empty: not there; each the first of its name */
};

struct pair {
    struct slice key, value;
};

/* "key=value, " taken off `rest`; addresses of a value, also several ("<a@b>,<c@d>"), may hold commas. */
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
    if (slice_equal(pair->key,
                    SLICE("dsn"))) { /* digits and dots; somebody may have cut the blank behind it */
        size_t comma = slice_find_char(value, ',');
        pair->value = slice_upto(value, comma);
        *rest = slice_from(value, comma + 1);
        *rest = slice_from(*rest, starts(*rest, " "));
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

static struct fields read_fields(struct slice text) {
    struct fields fields = {0};
    struct pair pair;
    while (take_pair(&text, &pair))
        for (size_t i = 0; i < FIELDS; i++)
            if (!fields.of[i].ptr && slice_equal(pair.key, slice_of(field_names[i])))
                fields.of[i] = pair.value;
    return fields;
}

/* "[M0645134]<ann@example.com>", as a client or a program wrote it: the address. */
static struct slice bare_address(struct slice s) {
    struct slice inside = slice_find_char(s, '"') == s.len ? address_in_brackets(s) : SLICE_EMPTY;
    bool is_last = inside.len && inside.ptr + inside.len + 1 == s.ptr + s.len;
    return is_last ? inside : address_unbracket(s);
}

/* Behind the last ", relay=": the program's own, and what it says behind it. */
static struct slice behind_last_relay(struct slice text) {
    static const struct slice mark = SLICE(", relay=");
    return slice_from(text, slice_find_last(text, mark) + mark.len);
}

static void set_client(struct log_event *e, struct slice relay) {
    log_split_host(slice_upto(relay, slice_find(relay, SLICE(", "))), &e->client, &e->client_ip);
}

static struct log_event *add_reject(struct log_facts *f, const struct log_line *line, struct slice relay,
                                    struct slice reason) {
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    e->text = reason;
    set_client(e, relay);
    return e;
}

#define LONGEST_SENDER 200 /* bytes that are written of it */
#define LONGEST_NAME   100 /* of msgid= */

/* The length of "from=<…>" at the start. Of a sender whose quotes are not closed in what is written of it,
 * all that is. */
static size_t sender_length(struct slice text) {
    struct slice rest = slice_from(text, 5);
    struct slice written = slice_upto(rest, LONGEST_SENDER);
    bool is_cut = starts(written, "<\"") && !log_quoted_length(slice_from(written, 1)) &&
                  starts(slice_from(rest, LONGEST_SENDER), ", size=");
    struct pair pair;
    if (is_cut)
        return 5 + LONGEST_SENDER;
    rest = text;
    return take_pair(&rest, &pair) ? (size_t)(pair.value.ptr + pair.value.len - text.ptr) : text.len;
}

static enum line_result read_from(struct log_facts *f, const struct log_line *line, struct slice id,
                                  struct slice text) {
    static const char name_mark[] = "msgid=";
    size_t length = sender_length(text);
    struct slice sender = bare_address(slice_from(slice_upto(text, length), 5));
    struct slice rest = slice_from(text, length + 2);
    size_t name = slice_find(rest, SLICE(name_mark)); /* numbers stand before it */
    struct fields fields = read_fields(slice_upto(rest, name));
    struct slice relay = name < rest.len ? behind_last_relay(rest) : fields.of[RELAY];
    if (fields.of[REJECT].len) {
        add_reject(f, line, relay, slice_from(rest, (size_t)(fields.of[REJECT].ptr - rest.ptr)))->sender =
            sender;
        return LINE_EVENT;
    }
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->sender = sender;
    e->size = slice_number(fields.of[SIZE], NULL);
    e->recipients = slice_number(fields.of[NRCPTS], NULL);
    bool is_over = e->recipients == 0; /* every recipient was refused */
    if (!f->wants_stories && !is_over)
        return LINE_EVENT;
    struct pair named = {SLICE_EMPTY, SLICE_EMPTY};
    struct slice behind = slice_from(rest, name);
    take_pair(&behind, &named);
    e = log_event_add(f, LOG_MESSAGE_ID, line);
    e->queue_id = id;
    e->message_id = address_unbracket(slice_upto(named.value, LONGEST_NAME));
    e = log_event_add(f, LOG_CLIENT, line);
    e->queue_id = id;
    set_client(e, relay);
    e->is_client_later = true;
    if (is_over)
        log_event_add(f, LOG_DONE, line)->queue_id = id;
    return LINE_EVENT;
}

static enum log_status status_of(struct slice stat, struct slice dsn) {
    if (starts(stat, "Sent") || starts(stat, "sent"))
        return LOG_SENT;
    if (starts(stat, "Deferred") || starts(stat, "I/O error") || starts(stat, "host map: lookup"))
        return LOG_DEFERRED;
    if (starts(stat, "Cannot send message") || starts(stat, "Cannot send within") ||
        starts(stat, "Message could not be delivered for"))
        return LOG_GIVEN_UP;
    if (stat.len > 3 && ascii_is_digit(stat.ptr[0]) && ascii_is_digit(stat.ptr[1]))
        return stat.ptr[0] == '4' ? LOG_DEFERRED : LOG_BOUNCED;
    return starts(dsn, "4.") ? LOG_DEFERRED : LOG_BOUNCED;
}

static bool agrees(enum log_status status, struct slice dsn) {
    return (status == LOG_SENT) == starts(dsn, "2.") && (status == LOG_BOUNCED ? !starts(dsn, "4.") : true) &&
           (status == LOG_DEFERRED ? !starts(dsn, "5.") : true);
}

/* What sendmail says of a try. Behind reply= the other side's words may hold ", stat=Sent" too, and so may
 * those that the program's own stat= repeats: it is the first that agrees with dsn=, which stands before all
 * of them. */
static struct slice own_stat(const struct fields *fields) {
    struct slice stat = fields->of[STAT];
    struct slice dsn = fields->of[DSN];
    bool is_behind_reply = fields->of[REPLY].ptr && fields->of[REPLY].ptr < stat.ptr && dsn.len &&
                           dsn.ptr < fields->of[REPLY].ptr;
    for (size_t at = 0; is_behind_reply && at < stat.len; at += 7) {
        struct slice rest = slice_from(stat, at);
        if (agrees(status_of(rest, dsn), dsn))
            return rest;
        at += slice_find(rest, SLICE(", stat="));
    }
    return stat;
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

/* One recipient of those that a line says `try` of. */
static void add_try(struct log_facts *f, const struct log_line *line, const struct log_event *try,
                    struct slice recipient) {
    struct log_event *e = log_event_add(f, (enum log_kind)try->kind, line);
    e->queue_id = try->queue_id;
    e->recipient = recipient;
    if (e->kind == LOG_WAITS)
        return;
    e->original = try->original;
    e->relay = try->relay;
    e->relay_ip = try->relay_ip;
    e->status_code = try->status_code;
    e->text = try->text;
    e->status = try->status;
    e->is_last = try->is_last;
    e->is_relayed = try->is_relayed;
    e->is_for_open = try->is_for_open;
    bool is_thrown_away = e->status == LOG_SENT && slice_equal(recipient, SLICE("/dev/null"));
    if (is_thrown_away)
        e->status = LOG_DISCARDED;
    else
        e->next_queue_id = try->next_queue_id;
}

/* "to=<a@b>,<c@d>, …": an event for each. */
static enum line_result read_to(struct log_facts *f, const struct log_line *line, struct slice id,
                                struct slice text) {
    struct fields fields = read_fields(text);
    struct slice list =
        slice_upto(fields.of[TO], log_find_outside(fields.of[TO], " ctladdr=")); /* as edited */
    struct slice stat = own_stat(&fields);
    if (!stat.len)
        return LINE_UNKNOWN; /* cut, or altered */
    struct log_event try = {.kind = slice_equal(stat, SLICE("queued")) ? LOG_WAITS : LOG_ATTEMPT,
                            .queue_id = id,
                            .text = stat,
                            .status_code = fields.of[DSN]};
    try.original = address_unbracket(fields.of[CTLADDR]);
    if (slice_has(try.original, "("))
        try.original = SLICE_EMPTY;
    log_split_host(fields.of[RELAY], &try.relay, &try.relay_ip);
    try.status = (unsigned char)status_of(stat, try.status_code);
    if (try.status == LOG_SENT) {
        try.next_queue_id = log_next_id(stat);
        try.is_relayed =
            try.relay_ip.len && !log_is_near(try.relay_ip) && slice_has(text, ", mailer=relay, ");
    }
    if (starts(stat, "Deferred: "))
        try.text = slice_from(stat, 10);
    try.is_last = try.status != LOG_DEFERRED;
    try.is_for_open = !list.len; /* "to=, ": a page took <bob@example.org> for one of its tags */
    bool is_closed = true;       /* what is not is looked for once */
    do {
        struct slice one = take_program(&list);
        if (!one.len && is_closed && starts(list, "<")) {
            one = log_take_bracketed(&list, ",");
            is_closed = one.ptr != NULL;
        }
        if (!one.ptr)
            one = bare_address(log_take_address(&list, ','));
        list = slice_from(list, 1);
        add_try(f, line, &try, one);
    } while (list.len);
    return LINE_EVENT;
}

/* Rule sets that are asked about the next server (cf/README, "STARTTLS"): the line with to= tells how it
 * ended. */
static bool is_of_delivery(struct slice ruleset) {
    return slice_equal(ruleset, SLICE("tls_rcpt")) || slice_equal(ruleset, SLICE("tls_server")) ||
           slice_equal(ruleset, SLICE("try_tls"));
}

/* Of a header field, which may look like the rest of the line, the program's own words are the last. */
static enum line_result read_ruleset(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct fields fields = read_fields(text);
    struct slice ruleset = fields.of[RULESET];
    struct slice relay = fields.of[RELAY];
    struct slice reason = fields.of[REJECT];
    if (!starts(ruleset, "check_") || slice_equal(ruleset, SLICE("check_subject"))) {
        static const char mark[] = ", reject=";
        relay = behind_last_relay(text);
        size_t at = slice_find(relay, SLICE(mark));
        reason = slice_from(relay, at + sizeof mark - 1);
    } else if (behind_last_relay(text).ptr != relay.ptr) {
        relay = SLICE_EMPTY; /* a recipient that looks like the rest of the line: which is the program's? */
    }
    if (!reason.len)
        return pass(f, "a rule set that did not refuse", line);
    if (is_of_delivery(ruleset))
        return pass(f, "a step of a delivery", line);
    struct slice argument = address_unbracket(fields.of[ARG1]);
    struct log_event *e = add_reject(f, line, relay, reason);
    if (slice_equal(ruleset, SLICE("check_rcpt")))
        e->recipient = argument;
    else if (slice_equal(ruleset, SLICE("check_mail")) || slice_equal(ruleset, SLICE("check_compat")))
        e->sender = argument;
    return LINE_EVENT;
}

/* "Milter: to=<bob@example.org>, reject=550 …", "milter=x, action=header, discard"; what a milter adds to a
 * header or changes there ("Milter change: header Subject: …") is another's words. */
static enum line_result read_milter(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text) {
    bool is_about_mail = starts(text, "Milter: ");
    struct fields fields = read_fields(slice_from(text, is_about_mail ? 8 : 0));
    if (!is_about_mail && (!starts(text, "milter=") || slice_has(text, ", quarantine="))) /* in its words */
        return pass(f, "a milter's action", line);
    struct slice recipient = address_unbracket(fields.of[TO]);
    if (fields.of[REJECT].len) {
        struct log_event *e = log_event_add(f, LOG_REJECT, line);
        e->text = fields.of[REJECT];
        e->recipient = recipient;
        return LINE_EVENT;
    }
    if (!slice_ends_nocase(text, SLICE(", discard")))
        return pass(f, "a milter's action", line);
    struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
    e->queue_id = id;
    e->recipient = recipient;
    e->status = LOG_DISCARDED;
    e->is_last = true;
    return LINE_EVENT;
}

/* "8AO9E7aB012346: sender notify: Cannot send message for 5 days", as a mail of that id tells (dropenvelope
 * in envelope.c); "<bob@example.org>... User unknown": the line with from= behind it tells of the client. */
static enum line_result read_other(struct log_facts *f, const struct log_line *line, struct slice id,
                                   struct slice text) {
    struct slice told = slice_from(text, slice_find_char(text, ':'));
    if (starts(told, ": sender notify: Cannot send message for ") && !slice_has(text, "...")) {
        struct log_event *e = log_event_add(f, LOG_ENDED, line);
        e->queue_id = id;
        e->status = LOG_GIVEN_UP;
        return LINE_EVENT;
    }
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
    if (starts(text, "to=")) /* somebody cut the id off */
        return read_to(f, line, log_own_id(f), text);
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
    if (starts(text, "AUTH failure")) {
        set_client(log_event_add(f, LOG_LOGIN, line), behind_last_relay(text));
        return LINE_EVENT;
    }
    bool is_lost = starts(text, "lost input channel") || starts(text, "timeout waiting for input") ||
                   starts(text, "collect: premature EOM");
    if (is_lost || (starts(text, "STARTTLS") && slice_has(text, "error"))) {
        log_event_add(f, is_lost ? LOG_LOST : LOG_TLS, line);
        return LINE_EVENT;
    }
    return read_other(f, line, id, text);
}

const struct dialect dialect_sendmail = {.name = "sendmail", .read = sendmail_read};
