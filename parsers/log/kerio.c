/* Kerio Connect's mail log: "[24/Nov/2026 09:14:07] Sent: Queue-ID: 65ee8b47-00000009, Recipient:
 * <bob@example.org>, Result: delivered, Status: 2.0.0 , Remote-Host: 192.0.2.25, Msg-Id: <x@example.com>";
 * by syslog its name is "mail". Addresses end at their bracket, the other side's words at an address of its
 * host with the Msg-Id behind it; the subject and what stands behind it is not read. */
#include "parsers/log/dialect.h"

#include "parsers/base/address.h"

/* ", name: " taken off, and nothing before it. */
static bool take_name(struct slice *rest, const char *name) {
    if (!starts(*rest, name))
        return false;
    *rest = slice_from(*rest, strlen(name));
    return true;
}

static struct slice take_word(struct slice *rest) {
    struct slice word = slice_upto(*rest, slice_find_char(*rest, ','));
    *rest = slice_from(*rest, word.len);
    return word;
}

static enum line_result read_status(struct slice word, enum log_status *status) {
    static const struct {
        const char *word;
        enum log_status status;
    } words[] = {{"delivered", LOG_SENT},
                 {"delayed", LOG_DEFERRED},
                 {"deferred", LOG_DEFERRED},
                 {"failed", LOG_BOUNCED}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_equal(word, slice_of(words[i].word))) {
            *status = words[i].status;
            return LINE_EVENT;
        }
    return LINE_UNKNOWN;
}

#define REMOTE ", Remote-Host: "

/* Does ", Remote-Host: 192.0.2.25" end the line there, but for ", Msg-Id: …"? */
static bool is_remote(struct slice behind) {
    struct slice ip = take_word(&behind);
    return address_is_ip(ip) && (!behind.len || starts(behind, ", Msg-Id: "));
}

/* The other side's words, and its address. Both these words and the message's id, which the sender wrote, may
 * hold what looks like the mark between them; of two such marks nobody can tell which is Kerio's. */
static void read_answer(struct log_event *e, struct slice rest) {
    size_t end = rest.len;
    for (size_t at = 0, next; (next = slice_find(slice_from(rest, at), SLICE(REMOTE))) + at < rest.len;
         at++) {
        at += next;
        struct slice behind = slice_from(rest, at + sizeof REMOTE - 1);
        if (!is_remote(behind))
            continue;
        e->relay_ip = end == rest.len ? take_word(&behind) : SLICE_EMPTY;
        end = end < at ? end : at;
    }
    e->text = slice_trim(slice_upto(rest, end));
    e->status_code = slice_upto(e->text, slice_find_char(e->text, ' '));
}

static enum line_result read_sent(struct log_facts *f, const struct log_line *line, struct slice rest) {
    struct slice id = take_word(&rest);
    if (!take_name(&rest, ", Recipient: "))
        return LINE_UNKNOWN;
    struct slice recipient = log_take_bracketed(&rest, ",");
    if (!recipient.ptr || !take_name(&rest, ", Result: "))
        return LINE_UNKNOWN;
    struct slice result = take_word(&rest);
    enum log_status status = LOG_SENT;
    if (read_status(result, &status) == LINE_UNKNOWN)
        return log_name_unknown(f, &dialect_kerio, "a result of a delivery", result, line);
    struct log_event *e = log_attempt_add(f, line, id, status);
    e->recipient = recipient;
    e->is_last = status != LOG_DEFERRED;
    if (take_name(&rest, ", Status: "))
        read_answer(e, rest);
    return LINE_EVENT;
}

/* ", To: <bob@example.org>, <carl@example.org>": taken off. */
static bool take_recipients(struct slice *rest) {
    bool is_address = take_name(rest, ", To: ");
    while (is_address) {
        is_address = log_take_bracketed(rest, ",").ptr != NULL;
        if (!is_address || !starts(*rest, ", <"))
            break;
        *rest = slice_from(*rest, 2);
    }
    return is_address;
}

/* "Queue-ID: …, Service: SMTP, From: <ann@example.com>, To: <bob@example.org>, Size: 985, Sender-Host:
 * 192.0.2.9, User: ann@example.com, …" */
static enum line_result read_received(struct log_facts *f, const struct log_line *line, struct slice rest) {
    struct slice id = take_word(&rest);
    size_t from = slice_find(rest, SLICE(", From: <"));
    struct slice behind = slice_from(rest, from + 8);
    struct slice sender = log_take_bracketed(&behind, ",");
    if (from == rest.len || !sender.ptr)
        return LINE_UNKNOWN;
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->sender = sender;
    e->recipients = -1;
    if (!take_recipients(&behind) || !take_name(&behind, ", Size: "))
        return LINE_EVENT;
    e->size = slice_number(behind, NULL);
    take_word(&behind);
    e = log_event_add(f, LOG_CLIENT, line);
    e->queue_id = id;
    if (take_name(&behind, ", Sender-Host: "))
        e->client_ip = take_word(&behind);
    if (take_name(&behind, ", User: "))
        e->user = take_word(&behind);
    return LINE_EVENT;
}

static enum line_result kerio_read(struct log_facts *f, const struct log_line *line) {
    struct slice text = line->message;
    bool is_sent = slice_equal(line->program, SLICE("Sent"));
    bool is_received = slice_equal(line->program, SLICE("Recv"));
    if (!is_sent && !is_received) {
        is_sent = take_name(&text, "Sent: ");
        is_received = take_name(&text, "Recv: ");
    }
    if ((!is_sent && !is_received) || !take_name(&text, "Queue-ID: "))
        return LINE_NOT_MINE;
    return is_sent ? read_sent(f, line, text) : read_received(f, line, text);
}

const struct dialect dialect_kerio = {.name = "kerio", .read = kerio_read};
