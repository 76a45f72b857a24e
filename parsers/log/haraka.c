/* Haraka: "[NOTICE] [UUID.1.1] [outbound] recipient <bob@example.org> rejected: 550 …", by syslog, in the
 * console of a container, or through svlogd. A transaction (UUID.1) has a delivery (UUID.1.1) for each
 * domain, which tells how it ended without naming its recipients: the transaction's lines did. The words are
 * those of outbound.js, outbound/hmail.js and connection.js of Haraka 2 and 3. */
#define _GNU_SOURCE
#include "parsers/log/carrier.h"
#include "parsers/log/dialect.h"

#include "parsers/base/address.h"

struct haraka_line {
    struct slice transaction, text;
    bool is_outbound, is_core; /* a plugin may write what it likes */
};

/* "[word] " taken off. */
static bool take_word(struct slice *rest, struct slice *word) {
    size_t end = slice_find_char(slice_upto(*rest, 80), ']');
    if (!starts(*rest, "[") || end >= 80 || end + 1 >= rest->len || rest->ptr[end + 1] != ' ')
        return false;
    *word = slice_from(slice_upto(*rest, end), 1);
    *rest = slice_from(*rest, end + 1);
    while (rest->len && rest->ptr[0] == ' ')
        *rest = slice_from(*rest, 1);
    return true;
}

static bool is_level(struct slice word) {
    static const char *const levels[] = {"DATA",  "PROTOCOL", "DEBUG", "INFO",  "NOTICE", "WARN",
                                         "ERROR", "CRIT",     "ALERT", "EMERG", "LOGDATA"};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (slice_equal(word, slice_of(levels[i])))
            return true;
    return false;
}

/* "930E3B02-4254-4499-8294-70044A00835D.1.1", "-" of what belongs to no connection. */
static bool is_id(struct slice word) {
    if (slice_equal(word, SLICE("-")))
        return true;
    for (size_t i = 0; i < word.len; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (i < 36 ? (is_dash ? word.ptr[i] != '-' : !ascii_is_alnum(word.ptr[i]))
                   : !ascii_is_digit(word.ptr[i]) && word.ptr[i] != '.')
            return false;
    }
    return word.len >= 36;
}

/* "[outbound] recipient <bob@example.org> rejected: 550 …": quoted without the level, and without the id too,
 * of which only what names its recipient tells something. */
static bool read_short_head(struct log_facts *f, const struct log_line *line, struct slice first,
                            struct slice rest, struct haraka_line *h) {
    struct slice origin;
    bool has_id = is_id(first) && first.len > 1 && take_word(&rest, &origin);
    h->is_outbound = slice_equal(has_id ? origin : first, SLICE("outbound"));
    h->transaction = has_id ? first : log_own_id(f);
    const char *dot = has_id && h->is_outbound ? memrchr(first.ptr, '.', first.len) : NULL;
    if (dot)
        h->transaction = slice_upto(first, (size_t)(dot - first.ptr));
    h->text = rest;
    h->is_core = has_id && slice_equal(origin, SLICE("core"));
    bool tells =
        starts(rest, "recipient <") && (slice_has(rest, "> rejected: ") || slice_has(rest, "> deferred: "));
    return !line->program.len && (has_id ? h->is_outbound || h->is_core : h->is_outbound && tells);
}

static bool read_head(struct log_facts *f, const struct log_line *line, struct haraka_line *h) {
    struct slice rest = line->message;
    struct slice level, id, origin, inner;
    if (!take_word(&rest, &level))
        return false;
    if (!is_level(level))
        return read_short_head(f, line, level, rest, h);
    if (!take_word(&rest, &id) || !is_id(id) || !take_word(&rest, &origin))
        return false;
    h->is_outbound = slice_equal(origin, SLICE("outbound"));
    h->is_core = slice_equal(origin, SLICE("core"));
    const char *dot = h->is_outbound ? memrchr(id.ptr, '.', id.len) : NULL;
    h->transaction = dot ? slice_upto(id, (size_t)(dot - id.ptr)) : id;
    struct slice behind = rest; /* a delivery of Haraka 3 names its connection too: "[outbound] [UUID] " */
    h->text = take_word(&behind, &inner) && is_id(inner) ? behind : rest;
    if (starts(h->text, "**")) /* as somebody set it off on a page */
        h->text = slice_from(h->text, 2);
    return true;
}

static enum line_result pass(struct log_facts *f, const char *kind, const struct log_line *line) {
    return log_pass(f, &dialect_haraka, kind, line);
}

/* The value behind the first " key=", up to a blank. */
static struct slice value_of(struct slice text, const char *key) {
    struct slice value = slice_from(text, slice_find(text, slice_of(key)) + strlen(key));
    value = slice_upto(value, slice_find_char(value, ' '));
    bool is_quoted = value.len > 1 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"';
    return is_quoted ? slice_upto(slice_from(value, 1), value.len - 2) : value;
}

static struct log_event *add_try(struct log_facts *f, const struct log_line *line,
                                 const struct haraka_line *h, enum log_status status, struct slice said) {
    struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
    e->queue_id = h->transaction;
    e->status = (unsigned char)status;
    e->text = said;
    e->is_remote = true;
    return e;
}

/* "delivered file=… domain=example.org host=mx.example.org ip=192.0.2.25 … response="Ok" delay=4.5 fails=0
 * rcpts=1/0/0": taken, put off, refused. Between response=" and the last " delay= stands what the other side
 * wrote. */
static enum line_result read_delivered(struct log_facts *f, const struct log_line *line,
                                       const struct haraka_line *h) {
    static const char mark[] = " response=\"";
    size_t place = slice_find(h->text, SLICE(mark));
    struct slice response = slice_from(h->text, place + sizeof mark - 1);
    size_t response_end = slice_find_last(response, SLICE("\" delay="));
    struct slice head = slice_upto(h->text, place);
    struct slice counts = value_of(slice_from(response, response_end), " rcpts=");
    struct slice put_off = slice_from(counts, slice_find_char(counts, '/') + 1);
    if (counts.len && !starts(put_off, "0/"))
        return log_name_unknown(f, &dialect_haraka, "a delivery to some of several recipients", SLICE_EMPTY,
                                line);
    struct slice ip = value_of(head, " ip=");
    struct slice domain = value_of(head, " domain=");
    struct log_event *e = add_try(f, line, h, LOG_SENT, slice_upto(response, response_end));
    e->is_for_open = true;
    e->recipient = domain.len ? arena_printf(&f->chunk, "@%.*s", S(domain)) : domain;
    e->relay = value_of(head, " host=");
    e->relay_ip = address_is_ip(ip) ? ip : SLICE_EMPTY;
    e->is_remote = !slice_has(head, " mode=LMTP ");
    return LINE_EVENT;
}

/* "recipient <bob@example.org> rejected: 550 …", "… deferred: 450 …" */
static enum line_result read_recipient(struct log_facts *f, const struct log_line *line,
                                       const struct haraka_line *h) {
    struct slice rest = slice_from(h->text, 10);
    struct slice recipient = log_take_bracketed(&rest, " ");
    bool is_refused = starts(rest, " rejected: ");
    if (!recipient.len || (!is_refused && !starts(rest, " deferred: ")))
        return LINE_UNKNOWN;
    add_try(f, line, h, is_refused ? LOG_BOUNCED : LOG_DEFERRED, slice_from(rest, 11))->recipient = recipient;
    return LINE_EVENT;
}

/* The recipients of a transaction, before it is told what became of them. */
static void name_recipient(struct log_facts *f, const struct log_line *line, const struct haraka_line *h,
                           struct slice recipient) {
    struct log_event *e = log_event_add(f, LOG_TRY_REPLIED, line);
    e->queue_id = h->transaction;
    e->recipient = recipient;
}

static void name_sender(struct log_facts *f, const struct log_line *line, const struct haraka_line *h,
                        struct slice sender) {
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = h->transaction;
    e->sender = sender;
    e->recipients = -1;
}

/* Behind "MAIL FROM:" and "RCPT TO:", with or without a blank. */
static struct slice address_behind(struct slice text, size_t start) {
    struct slice rest = slice_trim(slice_from(text, start));
    return starts(rest, "<") ? log_take_bracketed(&rest, " ") : SLICE_EMPTY;
}

static enum line_result read_outbound(struct log_facts *f, const struct log_line *line,
                                      const struct haraka_line *h) {
    struct slice text = h->text;
    struct slice said = slice_from(text, slice_find(text, SLICE(": ")) + 2);
    if (starts(text, "delivered file="))
        return read_delivered(f, line, h);
    if (starts(text, "recipient <"))
        return read_recipient(f, line, h);
    if (slice_starts_nocase(text, SLICE("bouncing mail: ")) || starts(text, "Temp failing")) {
        enum log_status status = starts(text, "Temp") ? LOG_DEFERRED : LOG_BOUNCED;
        add_try(f, line, h, status, said)->is_for_open = true;
        return LINE_EVENT;
    }
    if (starts(text, "Temp fail for: ")) { /* "Temp failing …" tells it again, where that is logged */
        struct log_event *e = log_event_add(f, LOG_WAITS, line);
        e->queue_id = h->transaction;
        e->text = said;
        e->is_for_open = e->is_remote = true;
        return LINE_EVENT;
    }
    if (starts(text, "C: RCPT TO:")) {
        name_recipient(f, line, h, address_behind(text, 11));
        return LINE_EVENT;
    }
    if (starts(text, "C: MAIL FROM:")) {
        name_sender(f, line, h, address_behind(text, 13));
        return LINE_EVENT;
    }
    return pass(f, "a step of a delivery", line);
}

/* "recipient <bob@example.org> code=OK msg="" sender="ann@example.com"", with DENY… of one that was refused.
 */
static enum line_result read_asked(struct log_facts *f, const struct log_line *line,
                                   const struct haraka_line *h) {
    struct slice rest = slice_from(h->text, 10);
    struct slice recipient = log_take_bracketed(&rest, " ");
    static const char mark[] = "\" sender=\""; /* behind what a plugin says, which may quote others */
    size_t place = slice_find_last(rest, SLICE(mark));
    struct slice sender = slice_from(rest, place + sizeof mark - 1);
    sender = log_take_address(&sender, '"');
    if (!starts(rest, " code=DENY")) {
        name_recipient(f, line, h, recipient);
        if (sender.len)
            name_sender(f, line, h, address_unbracket(sender));
        return LINE_EVENT;
    }
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    e->recipient = recipient;
    e->sender = address_unbracket(sender);
    struct slice said = slice_upto(rest, place);
    e->text = slice_from(said, slice_find(said, SLICE(" msg=\"")) + 6);
    return LINE_EVENT;
}

/* "sender <ann@example.com> code=OK msg="", with DENY… as of recipients. */
static enum line_result read_sender(struct log_facts *f, const struct log_line *line,
                                    const struct haraka_line *h) {
    struct slice rest = slice_from(h->text, 7);
    struct slice sender = log_take_bracketed(&rest, " ");
    if (!starts(rest, " code=DENY")) {
        name_sender(f, line, h, sender);
        return LINE_EVENT;
    }
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    struct slice said = slice_from(rest, slice_find(rest, SLICE(" msg=\"")) + 6);
    e->sender = sender;
    e->text = slice_upto(said, said.len && said.ptr[said.len - 1] == '"' ? said.len - 1 : said.len);
    return LINE_EVENT;
}

static enum line_result haraka_read(struct log_facts *f, const struct log_line *line) {
    struct haraka_line h = {.is_core = false};
    if (!read_head(f, line, &h))
        return slice_equal(line->program, SLICE("haraka")) ? pass(f, "a line of no connection", line)
                                                           : LINE_NOT_MINE;
    if (line->program.len && !carrier_is_one(line->program))
        return LINE_NOT_MINE;
    if (slice_equal(h.transaction, SLICE("-")))
        return pass(f, "a line of no connection", line);
    if (h.is_outbound)
        return read_outbound(f, line, &h);
    if (h.is_core && starts(h.text, "recipient <"))
        return read_asked(f, line, &h);
    if (h.is_core && starts(h.text, "sender <"))
        return read_sender(f, line, &h);
    return pass(f, "a step of a session", line);
}

const struct dialect dialect_haraka = {.name = "haraka", .read = haraka_read};
