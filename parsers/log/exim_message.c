/* What became of mails, in Exim's words: see exim_message.h. */
#define _GNU_SOURCE
#include "parsers/log/exim_message.h"

#include "parsers/base/address.h"
#include "parsers/base/scan.h"
#include "parsers/base/smtp_reply.h"
#include "parsers/log/exim_other.h"
#include "parsers/log/exim_text.h"

#define MOST_HOST 300 /* bytes of a host's name with its address */

/* " X=TLS1.3:TLS_AES_256_GCM_SHA384:256"; older ones write TLSv1.2 and TLS1.2, with the cipher behind. */
static void add_tls(struct log_facts *f, const struct log_line *line, struct slice version, bool is_remote) {
    version = slice_upto(version, scan_char(version, ':'));
    if (version.len >= 6 && version.len <= 8 && starts(version, "TLS")) {
        struct log_event *e = log_event_add(f, LOG_TLS_USED, line);
        e->text = version;
        e->is_remote = is_remote;
    }
}

/* "… for bob@example.org carl@example.org" at the end (log_selector = +received_recipients). Before it stands
 * the subject in quotes, the sender in brackets, or a value without blanks: no words of the mail. */
static void name_recipients(struct log_facts *f, const struct log_line *line, struct slice id,
                            struct slice text) {
    static const char mark[] = " for ";
    size_t at = slice_find_last(text, SLICE(mark));
    struct slice head = slice_upto(text, at);
    struct slice list = slice_from(text, at + sizeof mark - 1);
    bool is_behind_name = slice_find_char(exim_value(head, " id="), ' ') == exim_value(head, " id=").len &&
                          !slice_has(slice_from(head, slice_find(head, SLICE(" id=")) + 4), " ");
    char last = head.len ? head.ptr[head.len - 1] : ' ';
    if ((last != '"' && last != '>' && !is_behind_name) || slice_find_char(list, '"') < list.len)
        return;
    while (list.len) {
        struct log_event *e = log_event_add(f, LOG_WAITS, line);
        e->queue_id = id;
        e->recipient = address_unbracket(exim_take_word(&list));
        e->is_for_open = true;
    }
}

/* From " P=" on: before it stand the client's HELO and what its host says of its user (U=), which may look
 * like the rest of the line. Empty: there it looks so. */
static struct slice behind_client(struct slice text) {
    static const char mark[] = " P=";
    size_t host = log_find_outside(text, " H=");
    size_t open = slice_find_char(slice_from(text, host), '(');
    bool is_helo = host + open < text.len && host + open < exim_find_unquoted(text, 0, " [");
    size_t helo = is_helo ? exim_helo_length(slice_from(text, host + open)) : 0;
    struct slice known = slice_from(text, host < text.len ? host + open * (helo > 0) + helo : 0);
    known = slice_from(known, exim_find_unquoted(known, 0, mark));
    return exim_find_unquoted(known, sizeof mark - 1, mark) < known.len ? SLICE_EMPTY : known;
}

static enum line_result read_arrival(struct log_facts *f, const struct log_line *line, struct slice id,
                                     struct slice text) {
    struct slice sender = exim_take_word(&text);
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->sender = slice_equal(sender, SLICE("<>")) ? SLICE_EMPTY : address_unbracket(sender);
    struct slice known = behind_client(text);
    struct slice own =
        slice_upto(known, exim_find_unquoted(known, 0, " id=")); /* which is the sender's word */
    struct exim_keys told = exim_read_keys(own);
    const char *quote = own.len ? memrchr(own.ptr, '"', own.len) : NULL;
    if (quote && told.account.ptr < quote) /* it stands in DN= or SNI= */
        told.account = SLICE_EMPTY;
    e->size = slice_number(told.size, NULL);
    add_tls(f, line, told.tls, false);
    bool is_local = starts(known, " P=local");
    struct slice user = is_local ? exim_value(text, " U=") : told.account;
    if (!f->wants_stories && !user.len)
        return LINE_EVENT;
    struct slice host = SLICE_EMPTY;
    struct slice ip = SLICE_EMPTY;
    exim_read_host(text, &host, &ip);
    e = log_event_add(f, LOG_CLIENT, line);
    e->queue_id = id;
    e->client = host;
    e->client_ip = ip;
    e->user = slice_from(user, is_local ? 0 : slice_find_char(user, ':') + 1);
    if (!f->wants_stories)
        return LINE_EVENT;
    e = log_event_add(f, LOG_MESSAGE_ID, line);
    e->queue_id = id;
    e->message_id = exim_value(known, " id=");
    if (f->wants_named)
        name_recipients(f, line, id, known);
    return LINE_EVENT;
}

/* "defer (113): No route to host H=mx.example.org [192.0.2.1]: …": what the system said. */
static struct slice system_error(struct slice text) {
    size_t at = exim_find_unquoted(text, 0, " defer (");
    struct slice rest = slice_from(text, at + 8);
    rest = slice_from(rest, slice_find_char(rest, ')'));
    if (!starts(rest, "): "))
        return SLICE_EMPTY;
    rest = slice_from(rest, 3);
    size_t end = log_find_outside(rest, " H=");
    if (end == rest.len)
        end = log_find_outside(rest, " DT=");
    return end < rest.len ? slice_upto(rest, end) : SLICE_EMPTY;
}

/* Where the reason begins: behind the fields "R=…", "T=…", "H=… [192.0.2.1]", at the first ": " of which the
 * other side's words can have none. */
static struct slice reason_of(struct slice text) {
    struct slice error = system_error(text);
    if (error.len)
        return error;
    size_t at = exim_find_unquoted(text, 0, ": ");
    size_t host = exim_find_unquoted(slice_upto(text, at), 0, " H=");
    size_t end = slice_find(slice_from(text, host), SLICE("]"));
    if (host < at && host + end > at) /* words of the configuration before the host's */
        at = exim_find_unquoted(text, host + end, ": ");
    return at < text.len ? slice_from(text, at + 2) : text;
}

/* "|/usr/bin/autorespond bob@example.org /home/bob (bob@example.org) <bob@example.org> R=…", "/home/bob/Sent
 * Items/ <bob@example.org> R=…": the address that a pipe or a file with blanks in its name is for. */
static void read_point(struct log_event *e, struct slice *text) {
    static const char *const marks[] = {" SRS=<", " F=<", " P=<", " R="};
    size_t fields = text->len;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        fields = exim_find_unquoted(slice_upto(*text, fields), 0, marks[i]);
    struct slice head = slice_upto(*text, fields);
    const char *open = head.len ? memrchr(head.ptr, '<', head.len) : NULL;
    if (fields == text->len || !open || head.ptr[head.len - 1] != '>')
        return;
    e->original = address_unbracket(slice_from(head, (size_t)(open - head.ptr)));
    e->recipient = e->original;
    *text = slice_from(*text, fields);
}

/* "user@example.org <original@example.net> R=… T=… H=… …": the final address, or a pipe or file. */
static void read_recipient(struct log_event *e, struct slice *text) {
    struct slice word = exim_take_word(text);
    e->recipient = word;
    struct slice rest = *text;
    struct slice next = exim_take_word(&rest);
    if (next.len > 2 && next.ptr[0] == '(')
        next = exim_take_word(&rest);
    if (next.len > 2 && next.ptr[0] == '<' && next.ptr[next.len - 1] == '>') {
        e->original = address_unbracket(next);
        if (!slice_has(word, "@"))
            e->recipient = e->original;
        *text = rest;
    } else if (!slice_has(word, "@")) {
        read_point(e, text);
    }
    if (e->recipient.len && e->recipient.ptr[e->recipient.len - 1] == ':')
        e->recipient.len--;
}

/* ":blackhole: <bob@example.org>" of a redirect router, "discarded <bob@example.org>" of a filter, "blackhole
 * (RCPT ACL discarded recipients)", a file that keeps nothing. */
static bool is_thrown_away(struct slice text) {
    bool is_filtered =
        starts(text, "discarded ") && !slice_has(text, " T="); /* "seen finish": no transport */
    return is_filtered || starts(text, ":blackhole:") || starts(text, "blackhole (") ||
           starts(text, "/dev/null ");
}

/* Behind the first "]: ", which ends the other side's address; `colon` is the first ": ", which only an error
 * of the system has before it. */
static size_t behind_address(struct slice text, size_t colon) {
    if (exim_find_unquoted(slice_upto(text, colon), 0, " defer (") >= colon)
        return colon;
    while (colon < text.len && (!colon || text.ptr[colon - 1] != ']'))
        colon += 1 + log_find_outside(slice_from(text, colon + 1), ": ");
    return colon;
}

/* "blackhole (non-SMTP ACL discarded recipients): Message denied - …": what the ACL has to say of it. */
static struct slice said_of_throwing_away(struct slice text) {
    static const struct slice mark = SLICE("): ");
    size_t at = starts(text, "blackhole (") ? slice_find(text, mark) : text.len;
    return at < text.len ? slice_from(text, at + mark.len) : SLICE_EMPTY;
}

/* "SMTP error from remote mail server after RCPT TO:<bob@example.org>: host mx.example.org [192.0.2.1]: 550
 * …", as older ones name the other side, in no field. */
static void read_old_host(struct log_event *e, struct slice reason) {
    static const struct slice head = SLICE("SMTP error from remote mail server after ");
    static const struct slice mark = SLICE(": host ");
    size_t at = log_find_word_outside(reason, mark);
    struct slice host = slice_from(reason, at + mark.len);
    host = slice_upto(host, slice_find(host, SLICE("]: ")) + 1);
    if (slice_equal(slice_upto(reason, head.len), head) && at < reason.len && host.len < MOST_HOST)
        log_split_host(host, &e->relay, &e->relay_ip);
}

static enum line_result read_try(struct log_facts *f, const struct log_line *line, struct slice id,
                                 struct slice text, enum log_status status) {
    struct log_event *e = log_attempt_add(f, line, id, status);
    if (status == LOG_SENT && is_thrown_away(text))
        e->status = LOG_DISCARDED;
    bool is_scanned = e->status == LOG_DISCARDED && starts(text, "blackhole (local_scan");
    struct slice thrown_away = said_of_throwing_away(text);
    read_recipient(e, &text);
    if (slice_equal(e->recipient, SLICE("blackhole"))) /* "=> blackhole (DATA ACL discarded recipients)" */
        e->recipient = SLICE_EMPTY;
    size_t said = log_find_outside(text, ": "); /* the other side's words stand behind it */
    exim_read_host(slice_upto(text, behind_address(text, said)), &e->relay, &e->relay_ip);
    e->is_remote = slice_has(text, "smtp");
    struct exim_keys keys = exim_read_keys(status == LOG_SENT ? text : slice_upto(text, said));
    if (keys.local.ptr && keys.local.ptr < text.ptr + said)
        e->local_ip = slice_between(keys.local, "[", "]");
    if (status != LOG_SENT) {
        e->text = reason_of(text);
        size_t suffix = slice_find(e->text, SLICE(": retry timeout exceeded"));
        if (status == LOG_GIVEN_UP) /* the reply before it is the cause beneath */
            e->text.len = suffix;
        if (!e->relay_ip.len)
            read_old_host(e, e->text);
        return LINE_EVENT;
    }
    e->is_relayed = slice_has(keys.router, "smarthost"); /* as Debian's configuration calls it */
    e->text = thrown_away.len ? thrown_away : keys.answer;
    e->try_id = is_scanned ? log_verdict_id(f, id) : log_verdict_of(f, e->text);
    e->next_queue_id = e->relay_ip.len ? log_next_id(e->text) : SLICE_EMPTY;
    exim_read_durations(e, text);
    add_tls(f, line, keys.tls, true);
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
           slice_equal(slice_trim(reason),
                       SLICE("delivery cancelled; message timed out")) || /* timeout_frozen_after */
           (slice_ends_nocase(reason, SLICE("retry timeout exceeded")) && !is_refused(reason));
}

static enum line_result read_failed(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text) {
    struct slice rest = text;
    exim_take_word(&rest); /* the recipient may be called so */
    return read_try(f, line, id, text, is_given_up(reason_of(rest)) ? LOG_GIVEN_UP : LOG_BOUNCED);
}

static enum line_result read_deferred(struct log_facts *f, const struct log_line *line, struct slice id,
                                      struct slice text) {
    struct slice rest = text;
    exim_take_word(&rest);
    if (slice_has(rest, "retry time not reached") && !slice_has(rest, "SMTP error")) {
        struct slice words = text;
        struct log_event *e = log_event_add(f, LOG_WAITS, line);
        e->queue_id = id;
        e->recipient = address_unbracket(exim_take_word(&words));
        e->text = reason_of(rest);
        return LINE_EVENT;
    }
    return read_try(f, line, id, text, LOG_DEFERRED);
}

/* Two bytes: no call compares them. */
static inline bool has_arrow(struct slice text, const char *arrow) {
    return text.len >= 2 && text.ptr[0] == arrow[0] && text.ptr[1] == arrow[1];
}

static const struct arrow {
    const char *arrow;
    enum line_result (*read)(struct log_facts *f, const struct log_line *line, struct slice id,
                             struct slice text);
} arrows[] = {{"<=", read_arrival}, {"=>", read_sent},   {"->", read_sent},
              {">>", read_sent},    {"**", read_failed}, {"==", read_deferred}};

/* The arrow that begins a line, with a blank behind it and more; NULL: none does. */
static inline const struct arrow *arrow_of(struct slice text) {
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows && text.len > 3 && text.ptr[2] == ' '; i++)
        if (has_arrow(text, arrows[i].arrow))
            return &arrows[i];
    return NULL;
}

bool exim_begins_with_arrow(struct slice text) {
    for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
        if (has_arrow(text, arrows[i].arrow))
            return true;
    return false;
}

bool exim_is_of_message(struct slice text) {
    return arrow_of(text) != NULL;
}

bool exim_lost_arrow(struct slice text) {
    struct slice rest = text;
    exim_take_word(&rest);
    rest = slice_trim(rest);
    while (starts(rest, "<") || starts(rest, "(")) { /* the address as it was, or as it was rewritten */
        exim_take_word(&rest);
        rest = slice_trim(rest);
    }
    bool is_field = text.len > 1 && text.ptr[1] == '=';          /* "H=mx.example.org" */
    bool is_router = starts(rest, "R=") && !starts(rest, "R=<"); /* "PRDR R=<bob@example.org> acceptance" */
    return (is_router && !is_field) || (exim_begins_with_arrow(text) && !starts(text, "***")) ||
           starts(text, "routing failed for ");
}

/* "SA: Action: silently tossed message: score=31.0 … From <a@b> (host=x [192.0.2.9]) for bob@example.org":
 * what sa-exim says before Exim's own line, "=> blackhole (local_scan() discarded recipients)", which may be
 * missing. */
static enum line_result read_tossed(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text) {
    size_t behind = slice_find_last(text, SLICE("]) for "));
    struct slice recipient = slice_from(text, behind + 7);
    struct log_event *e = log_event_add(f, LOG_VERDICT, line);
    e->try_id = log_verdict_id(f, id);
    e->status = LOG_DISCARDED;
    e->recipient = slice_upto(recipient, slice_find_char(recipient, ' '));
    e->text = slice_upto(slice_from(text, 12), slice_find(slice_from(text, 12), SLICE(" (")));
    return LINE_EVENT;
}

enum line_result exim_read_message_line(struct log_facts *f, const struct log_line *line, struct slice id,
                                        struct slice text) {
    const struct arrow *arrow = arrow_of(text);
    if (arrow)
        return arrow->read(f, line, id, slice_from(text, 3));
    if (starts(text, "Completed")) {
        log_event_add(f, LOG_DONE, line)->queue_id = id;
        return LINE_EVENT;
    }
    if (starts(text, "SA: Action: silently tossed "))
        return read_tossed(f, line, id, text);
    if (starts(text, "*>"))
        return exim_pass(f, "a delivery that was only tried for show (-N)", line);
    if (slice_has(text, " rejected ") && (slice_has(text, "F=<") || slice_has(text, "H=")))
        return exim_read_reject(f, line, text);
    bool is_cancelled = starts(text, "cancelled by "); /* -Mg: the sender is told */
    if (is_cancelled || starts(text, "removed by ")) { /* -Mrm */
        struct log_event *e = log_event_add(f, LOG_ENDED, line);
        e->queue_id = id;
        e->status = is_cancelled ? LOG_BOUNCED : LOG_DISCARDED;
        e->text = text;
        return LINE_EVENT;
    }
    return exim_lost_arrow(text) ? LINE_UNKNOWN : exim_read_words(f, line, text, true);
}

enum line_result exim_read_without_id(struct log_facts *f, const struct log_line *line, struct slice text) {
    const struct arrow *arrow = arrow_of(text);
    if (!arrow)
        return LINE_UNKNOWN;
    return arrow->read == read_arrival ? exim_pass(f, "an arrival without an id", line)
                                       : arrow->read(f, line, log_own_id(f), slice_from(text, 3));
}
