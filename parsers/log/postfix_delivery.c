/* See postfix_delivery.h. */
#define _GNU_SOURCE
#include "parsers/log/postfix_delivery.h"

#include "parsers/base/scan.h"
#include "parsers/log/postfix_words.h"

/* The same for a word of which the text holds few first letters: the C library leaps from one to the next. */
static size_t leap(struct slice s, const char *word) {
    size_t at = slice_find_char(s, word[0]);
    while (at < s.len && !starts(slice_from(s, at), word))
        at += 1 + slice_find_char(slice_from(s, at + 1), word[0]);
    return at < s.len ? at : s.len;
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
    bool is_near = log_is_near(e->relay_ip);
    if (e->next_queue_id.len || (!is_near && !slice_ends_nocase(line->program, SLICE("/lmtp"))))
        return;
    e->try_id = log_verdict_of(f, e->text);
    if (!is_near &&
        !log_is_stores(e->try_id)) /* one's own store may stand in another network, a filter does not */
        e->try_id = SLICE_EMPTY;
    if (e->try_id.len && e->text.ptr[e->text.len - 1] == ')') /* Proxmox's: its verdict may stand behind */
        e->next_queue_id = e->try_id;
}

/* The place of "status=" among "relay=…, delay=…, delays=…, dsn=…, status=…"; `comma` is the first one. */
static size_t find_status_behind(struct slice s, size_t comma) {
    size_t at = starts(s, "status=") ? 0 : comma;
    while (at < s.len && s.ptr[at] == ',') {
        at += at + 1 < s.len ? 2 : 1;
        while (at < s.len && s.ptr[at] == ' ') /* pages double blanks */
            at++;
        if (at < s.len && s.ptr[at] == 's' && starts(slice_from(s, at), "status="))
            break;
        at += scan_char(slice_from(s, at), ',');
    }
    return at < s.len ? at : s.len;
}

static size_t find_status(struct slice s) {
    return find_status_behind(s, scan_char(s, ','));
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
    if (memchr(rest.ptr, '>', status)) /* no field of these has one */
        return true;
    rest = slice_from(rest, status);
    for (size_t at; (at = leap(rest, end)) < rest.len;) {
        bool is_end = has_original || is_behind_domain(rest, at);
        rest = slice_from(rest, at + sizeof end - 1);
        if (is_end)
            return find_status(rest) < rest.len || leap(rest, ">, relay=status=") < rest.len;
    }
    return false;
}

/* "delivery temporarily suspended: host mx.example.org[192.0.2.25] refused to talk to me: …": whom an earlier
 * mail was refused by, or lost. */
static void read_suspended(struct log_event *e) {
    static const char head[] = "delivery temporarily suspended: ";
    static const char *const begin[] = {"host ", "lost connection with ", "conversation with "};
    if (!starts(e->text, head))
        return;
    struct slice why = slice_from(e->text, sizeof head - 1);
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++) {
        struct slice host = slice_from(why, strlen(begin[i]));
        host = slice_upto(host, slice_find_char(host, ' '));
        if (starts(why, begin[i]) && host.len && host.ptr[host.len - 1] == ']')
            log_split_host(host, &e->relay, &e->relay_ip);
    }
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

/* "host mx.example.org[192.0.2.25] said: 451 …", "… refused to talk to me: 554 …", and what it says of a
 * connection that broke: why the next host is tried. Who is meant, and how it ends, a line behind it says. */
static bool read_step(struct log_facts *f, const struct log_line *line, struct slice id, struct slice text) {
    bool is_answer = starts(text, "host ") &&
                     (slice_has(text, "] refused to talk to me: ") || slice_has(text, "] said: "));
    if (!is_answer && !starts(text, "lost connection with ") && !starts(text, "conversation with "))
        return false;
    struct log_event *e = log_event_add(f, LOG_WAITS, line);
    e->queue_id = id;
    e->text = text;
    e->is_for_open = e->is_remote = true;
    return true;
}

/* A port at which servers take mail of their users alone, to send it on (RFC 6409, RFC 8314). */
static bool is_submission(struct slice relay) {
    return slice_ends_nocase(relay, SLICE("]:587")) || slice_ends_nocase(relay, SLICE("]:465"));
}

/* A line of a delivery agent that names no recipient. */
static enum line_result read_other(struct log_facts *f, const struct log_line *line, struct slice id,
                                   struct slice text) {
    if (!id.len && postfix_read_tls(f, line, text, " TLS connection established to "))
        return LINE_EVENT;
    if (text.len && ascii_is_digit(text.ptr[0])) /* of another's daemon by this name: Barracuda's */
        return LINE_UNKNOWN;
    if (id.len && read_step(f, line, id, text))
        return LINE_EVENT;
    return postfix_pass(f, id.len ? "a step of a delivery" : "a connection or notice of a delivery agent",
                        line);
}

/* How much of it stands before the parenthesis that closes it: what is behind that was cut off from another
 * line. One that closes a word in parentheses is not meant; then the line was cut before the end. */
static size_t said_length(struct slice said) {
    const char *close = said.len ? memrchr(said.ptr, ')', said.len) : NULL;
    size_t before = close ? (size_t)(close - said.ptr) : 0;
    return close && scan_surplus(slice_upto(said, before), '(', ')') <= 0 ? before : said.len;
}

/* "dsn=5.7.1, ", in front of the status; empty: it is not there. */
static struct slice code_before(struct slice rest, size_t status) {
    struct slice before = slice_upto(rest, status);
    struct slice near = slice_from(before, status < 20 ? 0 : status - 20);
    size_t equals = scan_last_char(near, '=');
    if (equals < 3 || equals == near.len || memcmp(near.ptr + equals - 3, "dsn", 3) != 0)
        return SLICE_EMPTY;
    struct slice code = slice_from(near, equals + 1);
    size_t length = 0;
    while (length < code.len && (ascii_is_digit(code.ptr[length]) || code.ptr[length] == '.'))
        length++;
    return slice_upto(code, length);
}

enum line_result postfix_read_delivery(struct log_facts *f, const struct log_line *line, struct slice id,
                                       struct slice text) {
    bool has_id = id.len > 0;
    if (!starts(text, "to="))
        return read_other(f, line, id, text);
    struct slice rest = slice_from(text, 3);
    struct slice recipient = postfix_take_address(&rest);
    struct slice original = SLICE_EMPTY;
    if (starts(rest, "orig_to=")) {
        rest = slice_from(rest, 8);
        original = postfix_take_address(&rest);
    }
    if (!starts(rest, "relay="))
        return LINE_UNKNOWN;
    size_t behind_relay = scan_char(rest, ',');
    size_t status = find_status_behind(rest, behind_relay);
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
        return postfix_pass(f, "a probe of an address, which is no mail", line);
    struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
    e->queue_id = has_id ? id : log_own_id(f); /* somebody cut it off, or hid it */
    e->is_last = !has_id;
    e->recipient = recipient;
    e->original = original;
    struct slice relay = slice_from(slice_upto(rest, behind_relay), 6);
    read_delays(e, slice_upto(slice_from(rest, behind_relay), status - behind_relay));
    if (!slice_equal(relay, SLICE("none")))
        log_split_host(relay, &e->relay, &e->relay_ip);
    e->status_code = code_before(rest, status);
    e->status = (unsigned char)ended;
    e->text = slice_from(said, word.len + 2);
    e->text = slice_upto(e->text, said_length(e->text));
    e->is_remote = slice_ends_nocase(line->program, SLICE("/smtp"));
    e->is_relayed = ended == LOG_SENT && is_submission(relay);
    if (!e->relay.len && ended == LOG_DEFERRED)
        read_suspended(e);
    if (ended == LOG_SENT)
        read_sent(f, line, e);
    else if (e->relay_ip.len && slice_ends_nocase(line->program, SLICE("/lmtp")))
        e->try_id = log_store_id(f, recipient);
    return LINE_EVENT;
}
