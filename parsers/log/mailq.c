/* Listings of a queue, as queue_list.h has them: each recipient that waits, and why. They say when a mail
 * came in, not when it was tried. */
#include "parsers/log/dialect.h"
#include "parsers/log/queue_list.h"

#include "parsers/base/address.h"

/* "Mon Nov 18 20:03" is of the minute. */
static int64_t time_of(struct log_facts *f, struct slice when) {
    int64_t time = -1;
    bool is_short = when.len > 5 && when.ptr[when.len - 3] == ':' && when.ptr[when.len - 6] == ' ';
    struct slice stamp = arena_printf(&f->chunk, "%.*s%s ", S(when), is_short ? ":00" : "");
    return when.len && stamp_take(&f->stamps, &stamp, &time) ? time : -1;
}

/* A reason without its brackets, in one line. */
static struct slice reason_of(struct log_facts *f, struct slice text) {
    if (text.len && text.ptr[text.len - 1] == ')')
        text.len--;
    text = slice_from(text, 1);
    if (starts(text, "Deferred: "))
        text = slice_from(text, 10);
    if (slice_find_char(text, '\n') == text.len)
        return text;
    char *line = arena_open(&f->chunk, text.len + 1);
    size_t used = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_blank = ascii_is_space(text.ptr[i]);
        if (!is_blank)
            line[used++] = text.ptr[i];
        else if (used && line[used - 1] != ' ')
            line[used++] = ' ';
    }
    return arena_close(&f->chunk, line, used);
}

static void add_recipient(struct log_facts *f, const struct log_line *line, const struct queue_head *head,
                          enum queue_part part, struct slice recipient, struct slice reason) {
    enum log_status status = part == QUEUE_DELIVERED ? LOG_SENT : head->is_held ? LOG_HELD : LOG_DEFERRED;
    bool is_waiting = status == LOG_DEFERRED && !reason.len;
    struct log_event *e = log_event_add(f, is_waiting ? LOG_WAITS : LOG_ATTEMPT, line);
    e->queue_id = head->id;
    e->recipient = address_unbracket(recipient);
    e->status = (unsigned char)status;
    e->text = status == LOG_SENT ? SLICE_EMPTY : reason;
    e->is_remote = !is_waiting;
}

static enum line_result read_entry(struct log_facts *f, const struct log_line *line, struct queue_head *head,
                                   struct slice rest) {
    struct log_line own = *line;
    struct slice reason = head->reason.len ? reason_of(f, head->reason) : SLICE_EMPTY;
    struct slice text;
    enum queue_part part;
    own.time = time_of(f, head->when);
    struct log_event *e = log_event_add(f, LOG_QUEUED, &own);
    e->queue_id = head->id;
    e->sender = head->sender;
    e->size = head->size;
    e->recipients = -1;
    size_t before = f->count;
    while ((part = queue_next_part(&rest, &text)) != QUEUE_END) {
        if (part == QUEUE_REASON)
            reason = reason_of(f, text);
        else if (part == QUEUE_NOTE)
            head->is_held |= starts(text, "***");
        else
            add_recipient(f, &own, head, part, text, reason);
    }
    if (f->count == before)
        return LINE_UNKNOWN;
    return LINE_EVENT;
}

/* Titles, sums, and a queue without mail. */
static bool is_title(struct slice text) {
    static const char *const begin[] = {"-Queue ID- ",
                                        "-----Q-ID----- ",
                                        "-- ",
                                        "--- ",
                                        "Total requests: ",
                                        "MSP Queue status...",
                                        "MTA Queue status...",
                                        "Mail queue is empty",
                                        "/var/spool/mqueue",
                                        "/var/spool/clientmqueue"};
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++)
        if (starts(text, begin[i]))
            return i != 2 && i != 3 ? true : slice_has(text, "Kbytes in ");
    return false;
}

static enum line_result mailq_read(struct log_facts *f, const struct log_line *line) {
    struct slice text = line->message;
    size_t end = slice_find_char(text, '\n');
    struct queue_head head;
    if (line->program.len)
        return LINE_NOT_MINE;
    if (end < text.len && queue_head_read(slice_upto(text, end), &head))
        return read_entry(f, line, &head, slice_from(text, end + 1));
    return is_title(slice_trim(text)) ? log_pass(f, &dialect_mailq, "a title of a queue's listing", line)
                                      : LINE_NOT_MINE;
}

const struct dialect dialect_mailq = {.name = "mailq", .read = mailq_read};
