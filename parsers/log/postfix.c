/* Postfix: "postfix/smtp[123]: QUEUEID: to=<…>, relay=…, status=… (…)". Instances write their own name
 * before the slash, a service may stand between ("postfix/submission/smtpd"). Daemons are rows. */
#define _GNU_SOURCE
#include "parsers/log/dialect.h"

#include "parsers/base/address.h"
#include "parsers/base/scan.h"

struct daemon {
    const char *name;
    size_t length;
    enum line_result (*read)(struct log_facts *f, const struct log_line *line, struct slice id,
                             struct slice text);
};

static size_t find(struct slice s, const char *word) {
    return slice_find(s, slice_of(word));
}

/* The same for a word of which the text holds few first letters: the C library leaps from one to the next. */
static size_t leap(struct slice s, const char *word) {
    size_t at = slice_find_char(s, word[0]);
    while (at < s.len && !starts(slice_from(s, at), word))
        at += 1 + slice_find_char(slice_from(s, at + 1), word[0]);
    return at < s.len ? at : s.len;
}

static enum line_result pass(struct log_facts *f, const char *kind, const struct log_line *line) {
    return log_pass(f, &dialect_postfix, kind, line);
}

/* "a@b" up to one of `ends`, as pages show "<a@b>" that took it for a tag. Postfix itself always writes
 * brackets. */
static struct slice take_bare(struct slice *rest, const char *ends) {
    size_t len = 0;
    while (len < rest->len && !strchr(ends, rest->ptr[len] ? rest->ptr[len] : ends[0]))
        len++;
    struct slice address = slice_upto(*rest, len);
    *rest = slice_from(*rest, len);
    return address;
}

/* "<a@b>, …" */
static struct slice take_address(struct slice *rest) {
    struct slice address = starts(*rest, "<") ? log_take_bracketed(rest, ",") : take_bare(rest, ",");
    if (rest->len && rest->ptr[0] == ',')
        *rest = slice_from(*rest, 1);
    while (rest->len && rest->ptr[0] == ' ')
        *rest = slice_from(*rest, 1);
    return address;
}

/* "; from=<a@b> to=<c@d> proto=…", with commas from postscreen: either may be missing. */
static void read_envelope(struct log_event *e, struct slice rest) {
    if (starts(rest, "; from=")) {
        rest = slice_from(rest, 7);
        e->sender = starts(rest, "<") ? log_take_bracketed(&rest, " ,") : take_bare(&rest, " ,");
    }
    size_t to = slice_find(slice_upto(rest, 5), SLICE("to="));
    if (to + 3 > rest.len || to > 2)
        return;
    rest = slice_from(rest, to + 3);
    e->recipient = starts(rest, "<") ? log_take_bracketed(&rest, " ,:") : take_bare(&rest, " ,:");
}

/* What a status word says; of an address that was only probed (verify(8), sendmail -bv) nothing. */
static enum line_result read_status(struct slice word, enum log_status *status) {
    static const struct {
        const char *word;
        enum log_status status;
        bool is_probe;
    } words[] = {{"sent", LOG_SENT, false},
                 {"deferred", LOG_DEFERRED, false},
                 {"bounced", LOG_BOUNCED, false},
                 {"expired", LOG_GIVEN_UP, false},
                 {"force-expired", LOG_GIVEN_UP, false},
                 {"SOFTBOUNCE", LOG_DEFERRED, false}, /* soft_bounce: a refusal, and another try */
                 {"deliverable", LOG_SENT, true},
                 {"undeliverable", LOG_SENT, true},
                 {"undeliverable-but-not-cached", LOG_SENT, true}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word.len && word.ptr[0] == words[i].word[0] && slice_equal(word, slice_of(words[i].word))) {
            *status = words[i].status;
            return words[i].is_probe ? LINE_PASSED : LINE_EVENT;
        }
    return LINE_UNKNOWN;
}

/* What became of a mail that is called sent: where it went on. What a filter says of it, rules know. */
static void read_sent(struct log_facts *f, const struct log_line *line, struct log_event *e) {
    if (starts(e->text, "forwarded as ")) {
        e->next_queue_id = slice_from(e->text, 13);
        e->is_forwarded = true;
        return;
    }
    if (slice_ends_nocase(line->program, SLICE("/discard")) ||
        slice_equal(e->text, SLICE("delivered to file: /dev/null")))
        e->status = LOG_DISCARDED;
    if (!e->relay_ip.len)
        return;
    e->next_queue_id = log_next_id(e->text);
    if (e->next_queue_id.len || !log_is_near(e->relay_ip))
        return;
    e->try_id = log_verdict_of(f, e->text);
    if (e->try_id.len && e->text.ptr[e->text.len - 1] == ')') /* Proxmox's: its verdict may stand behind */
        e->next_queue_id = e->try_id;
}

/* "Trusted TLS connection established to mx.example.org[192.0.2.25]:25: TLSv1.3 with cipher …" */
static bool read_tls(struct log_facts *f, const struct log_line *line, struct slice text, const char *mark) {
    size_t at = find(slice_upto(text, 60), mark);
    if (at >= text.len || at >= 60)
        return false;
    struct slice rest = slice_from(text, at + strlen(mark));
    size_t version = find(rest, ": TLSv");
    if (version >= rest.len)
        version = find(rest, ": SSLv");
    if (version >= rest.len)
        return false;
    struct slice word = slice_from(rest, version + 2);
    struct log_event *e = log_event_add(f, LOG_TLS_USED, line);
    e->text = slice_upto(word, slice_find_char(word, ' '));
    e->is_remote = mark[sizeof " TLS connection established " - 1] == 't';
    return true;
}

/* The place of "status=" among "relay=…, delay=…, delays=…, dsn=…, status=…". */
static size_t find_status(struct slice s) {
    size_t at = 0;
    while (at < s.len && !(s.ptr[at] == 's' && starts(slice_from(s, at), "status="))) {
        at += scan_char(slice_from(s, at), ',');
        at += at + 1 < s.len ? 2 : 1;
        while (at < s.len && s.ptr[at] == ' ') /* pages double blanks */
            at++;
    }
    return at < s.len ? at : s.len;
}

/* Does "@" and a domain stand right before that place? */
static bool is_behind_domain(struct slice s, size_t at) {
    size_t i = at;
    while (i > 0 && at - i < 256 && (unsigned char)s.ptr[i - 1] > ' ' && !strchr("@<>,;\"", s.ptr[i - 1]))
        i--;
    return i > 0 && i < at && s.ptr[i - 1] == '@';
}

/* Could the address go on behind `status`? Postfix before 3.5, and later with info_log_addr_form = internal,
 * does not quote a local part that looks like the rest of the line; a reply that does looks the same, but
 * where no domain stands before its bracket, which ends a recipient (an original one may have none). Behind
 * the first end that has a status stands what is behind any later one. */
static bool has_second_end(struct slice rest, size_t status, bool has_original) {
    static const char end[] = ">, relay=";
    rest = slice_from(rest, status);
    for (size_t at; (at = leap(rest, end)) < rest.len;) {
        bool is_end = has_original || is_behind_domain(rest, at);
        rest = slice_from(rest, at + sizeof end - 1);
        if (is_end)
            return find_status(rest) < rest.len || leap(rest, ">, relay=status=") < rest.len;
    }
    return false;
}

/* ", delay=0.3, delays=0.04/0/0.07/0.19": before the queue manager, in it, connecting, sending. */
static void read_delays(struct log_event *e, struct slice s) {
    if (!starts(s, ", delay="))
        return;
    s = slice_from(s, 8);
    e->delay = log_take_seconds(&s);
    if (!starts(s, ", delays="))
        return;
    s = slice_from(s, 9);
    uint32_t of[4];
    for (int i = 0; i < 4; i++) {
        of[i] = log_take_seconds(&s);
        s = slice_from(s, 1);
    }
    if (of[2] != LOG_NO_DELAY && of[3] != LOG_NO_DELAY) {
        e->connecting = of[2];
        e->sending = of[3];
    }
}

/* smtp, lmtp, local, virtual, pipe, error, retry, discard: one try at one recipient. */
static enum line_result read_delivery(struct log_facts *f, const struct log_line *line, struct slice id,
                                      struct slice text) {
    bool has_id = id.len > 0;
    if (!starts(text, "to=")) {
        if (!id.len && read_tls(f, line, text, " TLS connection established to "))
            return LINE_EVENT;
        if (text.len && ascii_is_digit(text.ptr[0])) /* of another's daemon by this name: Barracuda's */
            return LINE_UNKNOWN;
        return pass(f, id.len ? "a step of a delivery" : "a connection or notice of a delivery agent", line);
    }
    struct slice rest = slice_from(text, 3);
    struct slice recipient = take_address(&rest);
    struct slice original = SLICE_EMPTY;
    if (starts(rest, "orig_to=")) {
        rest = slice_from(rest, 8);
        original = take_address(&rest);
    }
    if (!starts(rest, "relay="))
        return LINE_UNKNOWN;
    size_t status = find_status(rest);
    if (status == rest.len)
        return LINE_UNKNOWN;
    if (has_second_end(rest, status, original.ptr != NULL))
        return log_name_unknown(f, &dialect_postfix, "a recipient with two ends", SLICE_EMPTY, line);
    struct slice said = slice_from(rest, status + 7);
    struct slice word = slice_upto(said, scan_char(said, ' '));
    enum log_status ended = LOG_SENT;
    enum line_result result = read_status(word, &ended);
    if (result == LINE_UNKNOWN)
        return log_name_unknown(f, &dialect_postfix, "a status of a delivery", word, line);
    if (result == LINE_PASSED)
        return pass(f, "a probe of an address, which is no mail", line);
    struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
    e->queue_id = has_id ? id : log_own_id(f); /* somebody cut it off, or hid it */
    e->is_last = !has_id;
    e->recipient = recipient;
    e->original = original;
    size_t behind_relay = scan_char(rest, ',');
    struct slice relay = slice_from(slice_upto(rest, behind_relay), 6);
    read_delays(e, slice_upto(slice_from(rest, behind_relay), status - behind_relay));
    if (!slice_equal(relay, SLICE("none")))
        log_split_host(relay, &e->relay, &e->relay_ip);
    size_t dsn = status; /* "dsn=5.7.1, " stands in front of it */
    while (dsn > 0 && rest.ptr[dsn - 1] != '=' && status - dsn < 16)
        dsn--;
    if (dsn >= 4 && memcmp(rest.ptr + dsn - 4, "dsn=", 4) == 0)
        e->status_code = slice_upto(slice_from(rest, dsn),
                                    slice_find_char(slice_upto(slice_from(rest, dsn), status - dsn), ','));
    e->status = (unsigned char)ended;
    e->text = slice_from(said, word.len + 2);
    const char *close = e->text.len ? memrchr(e->text.ptr, ')', e->text.len) : NULL;
    if (close) /* what stands behind it was cut off from another line */
        e->text.len = (size_t)(close - e->text.ptr);
    e->is_remote = slice_ends_nocase(line->program, SLICE("/smtp"));
    if (ended == LOG_SENT)
        read_sent(f, line, e);
    else if (e->relay_ip.len && slice_ends_nocase(line->program, SLICE("/lmtp")))
        e->try_id = log_verdict_id(f, recipient);
    return LINE_EVENT;
}

/* What stands behind the last `key`, up to the end. */
static struct slice last_value(struct slice s, const char *key) {
    return slice_from(s, slice_find_last(s, slice_of(key)) + strlen(key));
}

static int64_t number_behind(struct slice s, const char *key) {
    size_t at = find(s, key);
    return at < s.len ? slice_number(slice_from(s, at + strlen(key)), NULL) : -1;
}

static void end_open(struct log_facts *f, const struct log_line *line, struct slice id,
                     enum log_status status) {
    struct log_event *e = log_event_add(f, LOG_ENDED, line);
    e->queue_id = id;
    e->status = (unsigned char)status;
}

static enum line_result read_qmgr(struct log_facts *f, const struct log_line *line, struct slice id,
                                  struct slice text) {
    if (id.len && slice_equal(text, SLICE("removed"))) {
        log_event_add(f, LOG_DONE, line)->queue_id = id;
        return LINE_EVENT;
    }
    if (!id.len || !starts(text, "from="))
        return pass(f, "a notice of the queue manager", line);
    struct slice rest = slice_from(text, 5);
    struct slice sender = take_address(&rest);
    if (starts(rest, "status=expired") || starts(rest, "status=force-expired")) {
        end_open(f, line, id, LOG_GIVEN_UP);
        return LINE_EVENT;
    }
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->sender = sender;
    e->size = starts(rest, "size=") ? slice_number(slice_from(rest, 5), NULL) : number_behind(rest, "size=");
    return LINE_EVENT;
}

/* The last "; from=<": a header that was looked at, and stands before it, may hold the same. */
static size_t find_envelope(struct slice s) {
    static const char mark[] = "; from=<";
    size_t last = s.len;
    for (size_t at = 0, found; at < s.len; at = found + sizeof mark - 1) {
        found = at + log_find_outside(slice_from(s, at), mark);
        if (found < s.len)
            last = found;
    }
    return last;
}

/* "header Subject: buy now from unknown[192.0.2.9]; from=<a@b> to=<c@d> proto=ESMTP helo=<x>: 5.7.1 spam",
 * with "from local" of what was handed in here: an action of header_checks and the like. */
static void read_checked(struct log_event *e, struct slice text) {
    size_t end = find_envelope(text);
    struct slice before = slice_upto(text, end);
    for (size_t at; (at = find(before, " from ")) < before.len;)
        before = slice_from(before, at + 6);
    if (!slice_equal(before, SLICE("local")))
        log_split_host(before, &e->client, &e->client_ip);
    struct slice envelope = slice_from(text, end);
    read_envelope(e, envelope);
    size_t helo = find(envelope, " helo=<");
    size_t words = helo < envelope.len ? helo + find(slice_from(envelope, helo), ">: ") + 1 : 0;
    if (!words)
        words = find(envelope, ">: ") + 1;
    e->text = slice_from(envelope, words + 2);
}

/* "RCPT from host[ip]: 554 5.7.1 …; from=<…> to=<…> proto=ESMTP helo=<…>", or what read_checked reads. */
static bool read_action(struct log_event *e, struct slice text) {
    static const char *const checks[] = {"header ", "body ", "content "};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (starts(text, checks[i])) {
            read_checked(e, text);
            return true;
        }
    size_t from = find(text, " from ");
    size_t colon = from < text.len ? from + find(slice_from(text, from), ": ") : text.len;
    if (colon >= text.len)
        return false;
    log_split_host(slice_from(slice_upto(text, colon), from + 6), &e->client, &e->client_ip);
    struct slice rest = slice_from(text, colon + 2);
    static const char *const ends[] = {"; from=", "; to=", "; proto="}; /* of VRFY; of CONNECT and HELO */
    size_t end = rest.len;
    for (size_t i = 0; i < sizeof ends / sizeof *ends && end == rest.len; i++)
        end = log_find_outside(rest, ends[i]);
    e->text = slice_upto(rest, end);
    if (end < rest.len)
        read_envelope(e, slice_from(rest, end));
    return true;
}

/* "END-OF-MESSAGE: 554 5.7.0 …; from=<…> …": what a filter behind smtpd refused. */
static enum line_result read_proxy_reject(struct log_facts *f, const struct log_line *line,
                                          struct slice text) {
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    struct slice rest = slice_from(text, find(text, ": ") + 2);
    size_t end = log_find_outside(rest, "; from=<");
    e->text = slice_upto(rest, end);
    if (end < rest.len)
        read_envelope(e, slice_from(rest, end));
    return LINE_EVENT;
}

/* Actions of smtpd and cleanup on a message: access tables, header and body checks, milters. What is not here
 * (warn, reject_warning, filter, redirect, info, …) does not end a message. */
static const struct {
    const char *word;
    bool is_reject;
    enum log_status status;
} actions[] = {{"reject: ", true, LOG_BOUNCED},     {"milter-reject: ", true, LOG_BOUNCED},
               {"discard: ", false, LOG_DISCARDED}, {"milter-discard: ", false, LOG_DISCARDED},
               {"hold: ", false, LOG_HELD},         {"milter-hold: ", false, LOG_HELD}};

/* Takes such an action; false: it is none. */
static bool take_action(struct log_facts *f, const struct log_line *line, struct slice id, struct slice text,
                        enum line_result *result) {
    size_t i = 0;
    while (i < sizeof actions / sizeof *actions &&
           (!text.len || text.ptr[0] != actions[i].word[0] || !starts(text, actions[i].word)))
        i++;
    if (i == sizeof actions / sizeof *actions)
        return false;
    struct log_event read = {.kind = LOG_REJECT};
    *result = LINE_UNKNOWN;
    if (!read_action(&read, slice_from(text, strlen(actions[i].word))))
        return true;
    *result = LINE_EVENT;
    if (slice_equal(id, SLICE("NOQUEUE")))
        id = SLICE_EMPTY;
    if (!actions[i].is_reject && read.sender.ptr) {
        struct log_event *queued = log_event_add(f, LOG_QUEUED, line);
        queued->queue_id = id.len ? id : log_own_id(f);
        queued->sender = read.sender;
        queued->recipients = id.len ? -1 : 1;
    }
    struct log_event *e = log_event_add(f, actions[i].is_reject ? LOG_REJECT : LOG_ATTEMPT, line);
    e->text = read.text;
    e->recipient = read.recipient;
    e->queue_id = id;
    if (actions[i].is_reject) {
        e->sender = read.sender;
        e->client = read.client;
        e->client_ip = read.client_ip;
    } else {
        e->queue_id = id.len ? id : log_own_id(f);
        e->status = (unsigned char)actions[i].status;
        e->is_last = !id.len;
    }
    return true;
}

static enum line_result count_failure(struct log_facts *f, enum log_kind kind, const struct log_line *line) {
    log_event_add(f, kind, line);
    return LINE_EVENT;
}

/* "host[ip]: SASL LOGIN authentication failed: …, sasl_username=user": of the reason, which may hold what the
 * client sent, nothing is taken. */
static enum line_result read_failed_login(struct log_facts *f, const struct log_line *line,
                                          struct slice text) {
    struct log_event *e = log_event_add(f, LOG_LOGIN, line);
    struct slice client = slice_upto(text, find(text, ": SASL "));
    log_split_host(client, &e->client, &e->client_ip);
    e->user = last_value(text, ", sasl_username=");
    return LINE_EVENT;
}

static bool is_lost(struct slice text) {
    return starts(text, "lost connection after") || starts(text, "timeout after") ||
           starts(text, "too many errors after");
}

/* Lines of smtpd and postscreen without a queue id. */
static enum line_result read_session(struct log_facts *f, const struct log_line *line, struct slice text) {
    enum line_result result;
    if (take_action(f, line, SLICE_EMPTY, text, &result)) /* before 2.1 without "NOQUEUE: " */
        return result;
    if (is_lost(text))
        return count_failure(f, LOG_LOST, line);
    if (starts(text, "SSL_accept error") || starts(text, "warning: TLS library problem"))
        return count_failure(f, LOG_TLS, line);
    if (starts(text, "warning: ") && slice_has(text, "SASL ") && slice_has(text, "authentication failed"))
        return read_failed_login(f, line, slice_from(text, 9));
    if (read_tls(f, line, text, " TLS connection established from "))
        return LINE_EVENT;
    if (starts(text, "proxy-reject: "))
        return read_proxy_reject(f, line, slice_from(text, 14));
    return pass(f, starts(text, "warning: ") ? "a warning" : "a connection", line);
}

/* "client=host[ip], sasl_method=PLAIN, sasl_username=user": who hands it in. What a filter gives back names
 * who it had it from: "client=localhost[127.0.0.1], orig_queue_id=4Fq2xR6hLm, orig_client=host[ip]"
 * (XFORWARD). */
static enum line_result read_client(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text) {
    size_t end = scan_char(text, ',');
    size_t user = text.len;
    size_t origin = text.len;
    for (size_t at = end; at < text.len && user == text.len;
         at += 1 + scan_char(slice_from(text, at + 1), ',')) {
        struct slice field = slice_from(text, at);
        user = starts(field, ", sasl_username=") ? at : user;
        origin = origin == text.len && starts(field, ", orig_client=") ? at : origin;
    }
    if (!f->wants_stories && user == text.len)
        return LINE_PASSED;
    struct log_event *e = log_event_add(f, LOG_CLIENT, line);
    e->queue_id = id;
    struct slice client = slice_from(slice_upto(text, end), 7);
    if (origin < text.len && user == text.len) { /* a user's name may hold anything */
        client = slice_from(text, origin + 14);
        client = slice_upto(client, slice_find_char(client, ','));
    }
    log_split_host(client, &e->client, &e->client_ip);
    e->user = slice_from(text, user + 16);
    e->user = slice_upto(e->user, scan_char(e->user, ','));
    return LINE_EVENT;
}

static enum line_result read_smtpd(struct log_facts *f, const struct log_line *line, struct slice id,
                                   struct slice text) {
    enum line_result result;
    if (!id.len)
        return read_session(f, line, text);
    if (starts(text, "client="))
        return read_client(f, line, id, text);
    if (take_action(f, line, id, text, &result))
        return result;
    if (is_lost(text))
        return count_failure(f, LOG_LOST, line);
    if (starts(text, "proxy-reject: "))
        return read_proxy_reject(f, line, slice_from(text, 14));
    return pass(f, "a warning or action on one message", line);
}

/* "info: header X-PHP-Originating-Script: 33:mail.php from local; from=<…> to=<…>", which header_checks
 * write. */
static bool read_script(struct log_facts *f, const struct log_line *line, struct slice id,
                        struct slice text) {
    static const char *const marks[] = {"info: header X-PHP-", "warning: header X-PHP-"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t colon = starts(text, marks[i]) ? find(text, "Script: ") : text.len;
        if (colon == text.len)
            continue;
        struct slice value = slice_from(text, colon + 8);
        size_t end = find(value, " from ");
        struct log_event *e = log_event_add(f, LOG_CLIENT, line);
        e->queue_id = id;
        e->script = slice_trim(slice_upto(value, end));
        return true;
    }
    return false;
}

static enum line_result read_cleanup(struct log_facts *f, const struct log_line *line, struct slice id,
                                     struct slice text) {
    enum line_result result;
    bool is_name = id.len && starts(text, "message-id=");
    if (is_name && !f->wants_stories)
        return LINE_PASSED;
    if (id.len && !is_name && take_action(f, line, id, text, &result))
        return result;
    if (id.len && !is_name && read_script(f, line, id, text))
        return LINE_EVENT;
    if (!is_name)
        return pass(f, "an action of cleanup", line);
    struct log_event *e = log_event_add(f, LOG_MESSAGE_ID, line);
    e->queue_id = id;
    e->message_id = address_unbracket(slice_from(text, 11));
    return LINE_EVENT;
}

/* "sender non-delivery notification: 4Fq2xR": nothing is made of it, and no kind of line counted. */
static enum line_result read_bounce(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text) {
    if (!id.len || !slice_has(text, "notification: "))
        return pass(f, "a notice of bounce", line);
    return LINE_PASSED;
}

/* What the administrator did with it. */
static enum line_result read_postsuper(struct log_facts *f, const struct log_line *line, struct slice id,
                                       struct slice text) {
    if (id.len && slice_equal(text, SLICE("placed on hold"))) {
        end_open(f, line, id, LOG_HELD);
        return LINE_EVENT;
    }
    if (!id.len || !slice_equal(text, SLICE("removed")))
        return pass(f, "an action of postsuper", line);
    end_open(f, line, id, LOG_DISCARDED);
    log_event_add(f, LOG_DONE, line)->queue_id = id;
    return LINE_EVENT;
}

static enum line_result read_pickup(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text) {
    if (!id.len || !starts(text, "uid="))
        return pass(f, "a local submission", line);
    struct log_event *e = log_event_add(f, LOG_CLIENT, line);
    e->queue_id = id;
    e->uid = slice_number(slice_from(text, 4), NULL);
    return LINE_EVENT;
}

static enum line_result read_nothing(struct log_facts *f, const struct log_line *line, struct slice id,
                                     struct slice text) {
    (void)id;
    (void)text;
    return pass(f, "a service of Postfix that says nothing of deliveries", line);
}

#define NAME(text) text, sizeof(text) - 1

static const struct daemon daemons[] = {
    {NAME("smtp"), read_delivery},       {NAME("qmgr"), read_qmgr},
    {NAME("smtpd"), read_smtpd},         {NAME("cleanup"), read_cleanup},
    {NAME("lmtp"), read_delivery},       {NAME("local"), read_delivery},
    {NAME("virtual"), read_delivery},    {NAME("pipe"), read_delivery},
    {NAME("error"), read_delivery},      {NAME("retry"), read_delivery},
    {NAME("discard"), read_delivery},    {NAME("postscreen"), read_smtpd},
    {NAME("nqmgr"), read_qmgr},          {NAME("bounce"), read_bounce},
    {NAME("pickup"), read_pickup},       {NAME("postsuper"), read_postsuper},
    {NAME("anvil"), read_nothing},       {NAME("dnsblog"), read_nothing},
    {NAME("master"), read_nothing},      {NAME("scache"), read_nothing},
    {NAME("tlsproxy"), read_nothing},    {NAME("tlsmgr"), read_nothing},
    {NAME("verify"), read_nothing},      {NAME("trivial-rewrite"), read_nothing},
    {NAME("proxymap"), read_nothing},    {NAME("postfix-script"), read_nothing},
    {NAME("postdrop"), read_nothing},    {NAME("sendmail"), read_nothing},
    {NAME("postqueue"), read_nothing},   {NAME("flush"), read_nothing},
    {NAME("showq"), read_nothing},       {NAME("spawn"), read_nothing},
    {NAME("postlog"), read_nothing},     {NAME("qmqpd"), read_nothing},
    {NAME("oqmgr"), read_qmgr},          {NAME("postmap"), read_nothing},
    {NAME("postalias"), read_nothing},   {NAME("submission"), read_smtpd},
    {NAME("policyd-spf"), read_nothing}, {NAME("postlogd"), read_nothing},
    {NAME("postmulti"), read_nothing},   {NAME("postconf"), read_nothing},
    {NAME("trace"), read_bounce},        {NAME("defer"), read_bounce},
};

static const struct daemon *find_daemon(struct slice name) {
    for (size_t i = 0; i < sizeof daemons / sizeof *daemons; i++)
        if (daemons[i].length == name.len && daemons[i].name[0] == name.ptr[0] &&
            memcmp(name.ptr, daemons[i].name, name.len) == 0)
            return &daemons[i];
    return NULL;
}

/* What a byte of a queue id is; 0: none. */
enum { OF_ID = 1, SMALL = 2 };
static const unsigned char id_bytes[256] = {
    ['0' ... '9'] = OF_ID, ['A' ... 'Z'] = OF_ID, ['a' ... 'z'] = OF_ID | SMALL};

/* "4Fq2xR6hLmz9rJ: ", "NOQUEUE: ": taken off the text. */
static struct slice take_id(struct slice *text) {
    size_t i = 0;
    size_t most = text->len < 40 ? text->len : 40;
    unsigned seen = 0;
    for (unsigned char of; i < most && (of = id_bytes[(unsigned char)text->ptr[i]]) != 0; i++)
        seen |= of;
    bool is_word = seen & SMALL && i < 10;                            /* "warning: ", "fatal: " */
    bool is_short = i < 5 && !starts(slice_from(*text, i), ": to=<"); /* none, but one that somebody hid */
    if (!i || is_short || is_word || i + 1 >= text->len || text->ptr[i] != ':' || text->ptr[i + 1] != ' ')
        return SLICE_EMPTY;
    struct slice id = slice_upto(*text, i);
    *text = slice_from(*text, i + 2);
    while (text->len && text->ptr[0] == ' ') /* pages double blanks */
        *text = slice_from(*text, 1);
    return id;
}

static enum line_result postfix_read(struct log_facts *f, const struct log_line *line) {
    struct slice program = line->program;
    const char *slash = program.len ? memrchr(program.ptr, '/', program.len) : NULL;
    if (!slash)
        return LINE_NOT_MINE;
    const struct daemon *daemon = find_daemon(slice_from(program, (size_t)(slash - program.ptr) + 1));
    if (!daemon)
        return starts(program, "postfix") ? pass(f, "a program beside Postfix", line) : LINE_NOT_MINE;
    struct slice text = line->message;
    struct slice id = take_id(&text);
    if (!id.len && daemon->read != read_nothing && starts(text, "warning: ") && daemon->read != read_smtpd)
        return pass(f, "a warning", line);
    size_t before = f->count;
    bool is_delivery =
        id.len && starts(text, "to="); /* also of qmgr and cleanup, which refuse or put off themselves */
    return log_noted(f, line, id, before,
                     is_delivery ? read_delivery(f, line, id, text) : daemon->read(f, line, id, text));
}

const struct dialect dialect_postfix = {.name = "postfix", .read = postfix_read};
