/* See postfix_session.h. */
#define _GNU_SOURCE
#include "parsers/log/postfix_session.h"

#include "parsers/base/address.h"
#include "parsers/base/scan.h"
#include "parsers/log/postfix_words.h"

/* " proto=ESMTP helo=<x>", with commas from postscreen: the end of what smtpd writes. */
static bool is_envelope_end(struct slice rest) {
    if (!starts(rest, " proto=") && !starts(rest, ", proto="))
        return false;
    size_t helo = slice_find_char(rest, '<');
    return memchr(slice_from(rest, helo + 1).ptr, '<', slice_from(rest, helo + 1).len) == NULL;
}

/* Is no bracket or quote outside of its quotes, so that it may be all that stands in brackets? */
static bool is_whole(struct slice address) {
    struct slice rest = slice_from(address, log_quoted_length(address));
    return scan_either(rest, '>', '"') == rest.len && scan_char(rest, '<') == rest.len;
}

/* "; from=<a@b> to=<c@d> proto=…", with commas from postscreen: either may be missing. Does the line end
 * there as smtpd ends it? */
static bool read_envelope(struct log_event *e, struct slice rest) {
    if (starts(rest, "; from=")) {
        rest = slice_from(rest, 7);
        e->sender = starts(rest, "<") ? log_take_bracketed(&rest, " ,") : postfix_take_bare(&rest, " ,");
    }
    size_t to = slice_find(slice_upto(rest, 5), SLICE("to="));
    if (to + 3 > rest.len || to > 2)
        return is_whole(e->sender) && is_envelope_end(starts(rest, "; proto=") ? slice_from(rest, 1) : rest);
    rest = slice_from(rest, to + 3);
    e->recipient = starts(rest, "<") ? log_take_bracketed(&rest, " ,:") : postfix_take_bare(&rest, " ,:");
    return is_whole(e->sender) && is_whole(e->recipient) && is_envelope_end(rest);
}

/* May an address in it hold what stands behind it? Before 3.5, and later with info_log_addr_form = internal,
 * a local part that looks like the rest of the line is not quoted: then there are more keys than smtpd
 * writes. */
static bool is_riddle(struct slice envelope) {
    static const struct slice mark = SLICE("=<");
    size_t count = 0;
    for (size_t at; (at = log_find_word_outside(envelope, mark)) < envelope.len; count++)
        envelope = slice_from(envelope, at + mark.len);
    return count > 3; /* from=, to=, helo= */
}

/* What read_envelope reads, whatever stands behind it: it was cut, or a page hid parts of it. */
static void read_part(struct log_event *e, struct slice envelope) {
    if (!is_riddle(envelope))
        read_envelope(e, envelope);
}

/* Of what may be the envelope the first to be found from the end of the line: more are a riddle. */
#define MOST_ENVELOPES 16

/* Take the reply off "554 5.7.1 …; from=<…> to=<…> proto=ESMTP helo=<…>". Its words may be anybody's, and so
 * may an address: smtpd's own envelope is the last that goes on to the end of the line. In the name that the
 * client gave itself no bracket, quote or semicolon is left (smtpd.c, NEUTER_CHARACTERS; seen 2026-11-27). */
static struct slice take_reply(struct log_event *e, struct slice text) {
    static const char *const marks[] = {"; from=", "; to=", "; proto="}; /* of VRFY; of CONNECT and HELO */
    size_t tries = 0;
    for (struct slice before = text; before.len && tries < MOST_ENVELOPES;) {
        const char *mark = memrchr(before.ptr, ';', before.len);
        before.len = mark ? (size_t)(mark - before.ptr) : 0;
        struct slice rest = slice_from(text, before.len);
        struct log_event read = *e;
        bool is_mark = false;
        for (size_t i = 0; mark && i < sizeof marks / sizeof *marks; i++)
            is_mark |= starts(rest, marks[i]);
        tries += is_mark;
        if (is_mark && read_envelope(&read, rest)) {
            *e = read;
            return before;
        }
    }
    size_t end = text.len; /* it was cut, or somebody hid parts of it */
    for (size_t i = 0; i < sizeof marks / sizeof *marks && end == text.len; i++)
        end = log_find_outside(text, marks[i]);
    if (tries < MOST_ENVELOPES)
        read_part(e, slice_from(text, end));
    return slice_upto(text, end);
}

/* Before a sender is named smtpd looks at the client's name as the client wrote it: nothing behind it counts.
 */
static bool is_before_sender(struct slice text) {
    return starts(text, "CONNECT from ") || starts(text, "HELO from ") || starts(text, "EHLO from ");
}

/* What stands behind the last `key`, up to the end. */
static struct slice last_value(struct slice s, const char *key) {
    return slice_from(s, slice_find_last(s, slice_of(key)) + strlen(key));
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

/* Does a client's address with an envelope behind it stand before the last? Either a header that was looked
 * at holds it, or a sender that is not quoted (is_riddle) holds the last: nobody knows which client is meant.
 */
static bool has_client_before(struct slice s, size_t end) {
    return slice_has(slice_upto(s, end), "]; from=<");
}

/* "header Subject: buy now from unknown[192.0.2.9]; from=<a@b> to=<c@d> proto=ESMTP helo=<x>: 5.7.1 spam",
 * with "from local" of what was handed in here: an action of header_checks and the like. */
static void read_checked(struct log_event *e, struct slice text) {
    size_t end = find_envelope(text);
    struct slice before = slice_upto(text, end);
    for (size_t at; (at = postfix_find(before, " from ")) < before.len;)
        before = slice_from(before, at + 6);
    if (!slice_equal(before, SLICE("local")) && !has_client_before(text, end))
        log_split_host(before, &e->client, &e->client_ip);
    struct slice envelope = slice_from(text, end);
    read_part(e, envelope);
    size_t helo = postfix_find(envelope, " helo=<");
    size_t words = helo < envelope.len ? helo + postfix_find(slice_from(envelope, helo), ">: ") + 1 : 0;
    if (!words)
        words = postfix_find(envelope, ">: ") + 1;
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
    size_t from = postfix_find(text, " from ");
    size_t colon = from < text.len ? from + postfix_find(slice_from(text, from), ": ") : text.len;
    if (colon >= text.len)
        return false;
    log_split_host(slice_from(slice_upto(text, colon), from + 6), &e->client, &e->client_ip);
    struct slice rest = slice_from(text, colon + 2);
    e->text = is_before_sender(text) ? slice_upto(rest, postfix_find(rest, "; proto=")) : take_reply(e, rest);
    return true;
}

/* "END-OF-MESSAGE: 554 5.7.0 …; from=<…> …": what a filter behind smtpd refused. */
static enum line_result read_proxy_reject(struct log_facts *f, const struct log_line *line,
                                          struct slice text) {
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    struct slice rest = slice_from(text, postfix_find(text, ": ") + 2);
    e->text = take_reply(e, rest);
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
    struct slice client = slice_upto(text, postfix_find(text, ": SASL "));
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
    if (postfix_read_tls(f, line, text, " TLS connection established from "))
        return LINE_EVENT;
    if (starts(text, "proxy-reject: "))
        return read_proxy_reject(f, line, slice_from(text, 14));
    return postfix_pass(f, starts(text, "warning: ") ? "a warning" : "a connection", line);
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

enum line_result postfix_read_smtpd(struct log_facts *f, const struct log_line *line, struct slice id,
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
    return postfix_pass(f, "a warning or action on one message", line);
}

/* "info: header X-PHP-Originating-Script: 33:mail.php from local; from=<…> to=<…>", which header_checks
 * write. */
static bool read_script(struct log_facts *f, const struct log_line *line, struct slice id,
                        struct slice text) {
    static const char *const marks[] = {"info: header X-PHP-", "warning: header X-PHP-"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t colon = starts(text, marks[i]) ? postfix_find(text, "Script: ") : text.len;
        if (colon == text.len)
            continue;
        struct slice value = slice_from(text, colon + 8);
        size_t end = postfix_find(value, " from ");
        struct log_event *e = log_event_add(f, LOG_CLIENT, line);
        e->queue_id = id;
        e->script = slice_trim(slice_upto(value, end));
        return true;
    }
    return false;
}

enum line_result postfix_read_cleanup(struct log_facts *f, const struct log_line *line, struct slice id,
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
        return postfix_pass(f, "an action of cleanup", line);
    struct log_event *e = log_event_add(f, LOG_MESSAGE_ID, line);
    e->queue_id = id;
    e->message_id = address_unbracket(slice_from(text, 11));
    return LINE_EVENT;
}
