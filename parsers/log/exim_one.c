/* Exim's log of one message: see exim_one.h. What its lines say is written by deliver_msglog in Exim's
 * src/deliver.c and src/transports/smtp.c. */
#include "parsers/log/exim_one.h"

#include "parsers/log/exim_message.h"
#include "parsers/log/exim_text.h"

#define STAMP_BYTES 20 /* "2026-11-24 09:14:07 " */
#define FEW_LINES   8  /* in front of the first one with a stamp: the command that was typed */

static const struct slice arrival = {"Received from ", 14};

bool exim_is_one(const struct log_facts *f) {
    struct slice rest = f->header;
    struct slice text;
    for (int i = 0; i < FEW_LINES && slice_next_line(&rest, &text); i++)
        if (text.len > STAMP_BYTES && ascii_is_digit(text.ptr[0]) && text.ptr[4] == '-' &&
            text.ptr[13] == ':')
            return text.ptr[STAMP_BYTES - 1] == ' ' && starts(slice_from(text, STAMP_BYTES), arrival.ptr);
    return false;
}

/* The name of the message: that of the line which says from whom it came. */
static struct slice id_of(struct log_facts *f, bool begins) {
    struct slice last = f->count && !begins ? f->events[f->count - 1].queue_id : SLICE_EMPTY;
    bool is_own = f->last_dialect == &dialect_exim && last.len && last.ptr[0] == LOG_ID_END;
    return is_own ? arena_copy(&f->chunk, last) : log_own_id(f);
}

/* "bob@example.org: local_delivery transport succeeded", "bob@x.example <bob@example.org>: …", and no more:
 * what servers answer stands in other lines, behind a host. */
static enum line_result read_success(struct log_facts *f, const struct log_line *line, struct slice text) {
    static const struct slice end = {" transport succeeded", 20};
    if (!slice_ends_nocase(text, end) || starts(text, "H="))
        return LINE_UNKNOWN;
    struct slice head = slice_upto(text, text.len - end.len);
    size_t colon = slice_find_last(head, SLICE(": "));
    struct slice transport = slice_from(head, colon + 2);
    struct slice rest = slice_upto(head, colon);
    struct slice recipient = exim_take_word(&rest);
    rest = slice_trim(rest);
    bool is_parent = rest.len > 2 && rest.ptr[0] == '<' && slice_find_char(rest, '>') == rest.len - 1;
    if (!transport.len || slice_find_char(transport, ' ') < transport.len || (rest.len && !is_parent))
        return LINE_UNKNOWN;
    struct log_event *e = log_attempt_add(f, line, id_of(f, false), LOG_SENT);
    e->recipient = recipient;
    if (is_parent)
        e->original = slice_upto(slice_from(rest, 1), rest.len - 2);
    return LINE_EVENT;
}

/* As the main log says it. */
static enum line_result read_as(struct log_facts *f, const struct log_line *line, const char *arrow,
                                struct slice text) {
    struct slice id = id_of(f, arrow[0] == '<');
    return exim_read_message_line(f, line, id, arena_printf(&f->chunk, "%s %.*s", arrow, S(text)));
}

enum line_result exim_read_one(struct log_facts *f, const struct log_line *line, struct slice text) {
    static const struct slice routing = {"routing failed for ", 19};
    if (starts(text, arrival.ptr))
        return read_as(f, line, "<=", slice_from(text, arrival.len));
    if (starts(text, routing.ptr))
        return read_as(f, line, "**", slice_from(text, routing.len));
    if (exim_lost_arrow(text))
        return read_as(f, line, slice_has(text, " defer (") ? "==" : "**", text);
    enum line_result result = read_success(f, line, text);
    return result == LINE_UNKNOWN ? exim_pass(f, "a step in the log of one message", line) : result;
}
