/* hMailServer: "SMTPD"<tab>4532<tab>154<tab>"2026-11-24 09:14:07.250"<tab>"192.0.2.9"<tab>"SENT: 220 …": kind
 * of session (SMTPD: others hand mail in; SMTPC: it sends), thread, session, time, address of the other side,
 * and what was said, with [nl] between lines. What it logs of itself ("APPLICATION", "DEBUG", "TCPIP", …) has
 * no session, and what became of mail is said in the sessions. A first and last quote may be taken off
 * already. */
#include "parsers/log/dialect.h"

#define MOST_LINES 64 /* of one answer */

/* The next cell, without its quotes; the last one takes what is left. */
static struct slice take_cell(struct slice *rest) {
    struct slice cell = slice_upto(*rest, slice_find_char(*rest, '\t'));
    *rest = slice_from(*rest, cell.len + 1);
    cell = slice_from(cell, starts(cell, "\""));
    return slice_upto(cell, cell.len - (cell.len && cell.ptr[cell.len - 1] == '"'));
}

static bool is_number(struct slice cell) {
    size_t used = 0;
    return cell.len && slice_number(cell, &used) >= 0 && used == cell.len;
}

/* "250-x": more lines of the answer follow. */
static bool goes_on(struct slice line) {
    return line.len > 3 && line.ptr[3] == '-' && ascii_is_digit(line.ptr[0]);
}

/* Of an answer each line is said; of a command, and behind the last line, [nl] is whatever was sent. */
static void add_said(struct log_facts *f, const struct log_line *line, struct slice session,
                     struct slice peer, struct slice text, bool is_remote) {
    static const struct slice mark = SLICE("[nl]");
    for (int i = 0; i < MOST_LINES && text.len; i++) {
        size_t end = goes_on(text) ? slice_find(text, mark) : text.len;
        struct log_event *e = log_event_add(f, LOG_SAID, line);
        e->queue_id = session;
        e->text = slice_upto(text, end);
        e->relay_ip = peer;
        e->is_remote = is_remote;
        text = slice_from(text, end + mark.len);
    }
}

/* Behind the kind: thread, session, time, peer, what was said. */
static enum line_result read_session(struct log_facts *f, const struct log_line *line, struct slice rest) {
    struct log_line timed = *line;
    struct slice thread = take_cell(&rest);
    struct slice session = take_cell(&rest);
    struct slice time = take_cell(&rest);
    struct slice peer = take_cell(&rest);
    struct slice said = slice_from(rest, starts(rest, "\""));
    said = slice_upto(said, said.len - (said.len && said.ptr[said.len - 1] == '"'));
    bool is_received = starts(said, "RECEIVED: ");
    if (!is_number(thread) || !is_number(session) || !stamp_take(&f->stamps, &time, &timed.time) ||
        (!is_received && !starts(said, "SENT: ")))
        return LINE_UNKNOWN;
    said = slice_from(said, is_received ? 10 : 6);
    if (starts(said, "220 ")) /* numbers of sessions begin anew with the server */
        log_event_add(f, LOG_DONE, &timed)->queue_id = session;
    add_said(f, &timed, session, peer, said, is_received);
    if (starts(said, "221 "))
        log_event_add(f, LOG_DONE, &timed)->queue_id = session;
    return LINE_EVENT;
}

static enum line_result hmailserver_read(struct log_facts *f, const struct log_line *line) {
    static const char *const others[] = {"APPLICATION", "DEBUG", "TCPIP", "ERROR", "IMAPD", "POP3D", "POP3C"};
    struct slice rest = line->message;
    struct slice head = slice_upto(rest, 20);
    if (line->program.len || slice_find(head, SLICE("\"\t")) == head.len)
        return LINE_NOT_MINE;
    struct slice kind = take_cell(&rest);
    if (slice_equal(kind, SLICE("SMTPD")) || slice_equal(kind, SLICE("SMTPC")))
        return read_session(f, line, rest);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (slice_equal(kind, slice_of(others[i])) && is_number(take_cell(&rest)))
            return log_pass(f, &dialect_hmailserver, "what it logs of itself", line);
    return LINE_NOT_MINE;
}

const struct dialect dialect_hmailserver = {.name = "hmailserver", .read = hmailserver_read};
