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

/* "bob@example.org: local_delivery transport succeeded", "bob@x.example <bob@example.org>: …" */
static enum line_result read_success(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice address = slice_upto(text, slice_find_last(text, SLICE(": ")));
    struct slice rest = address;
    struct slice id = id_of(f, false);
    struct log_event *e = log_attempt_add(f, line, id, LOG_SENT);
    e->recipient = exim_take_word(&rest);
    rest = slice_trim(rest);
    if (starts(rest, "<"))
        e->original = slice_between(rest, "<", ">");
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
    if (slice_ends_nocase(text, SLICE(" transport succeeded")) &&
        slice_find_last(text, SLICE(": ")) < text.len)
        return read_success(f, line, text);
    if (starts(text, routing.ptr))
        return read_as(f, line, "**", slice_from(text, routing.len));
    if (exim_lost_arrow(text))
        return read_as(f, line, slice_has(text, " defer (") ? "==" : "**", text);
    return exim_pass(f, "a step in the log of one message", line);
}
