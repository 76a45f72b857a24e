/* sSMTP: "Sent mail for ann@example.com (221 2.0.0 Bye) uid=1000 username=ann outbytes=872". It has no queue,
 * and names a recipient only where the server refused him: what it could not hand over is lost. */
#include "parsers/log/dialect.h"

/* A mail of its own. */
static struct log_event *add_try(struct log_facts *f, const struct log_line *line, struct slice id,
                                 enum log_status status) {
    struct log_event *e = log_attempt_add(f, line, id, status);
    e->is_relayed = status == LOG_SENT;
    e->is_remote = true;
    e->is_last = true;
    return e;
}

static enum line_result read_sent(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice id = log_own_id(f);
    struct slice rest = slice_from(text, 14);
    size_t end = slice_find(rest, SLICE(" ("));
    size_t uid = slice_find_last(rest, SLICE(") uid="));
    struct slice counts = slice_from(rest, uid);
    struct log_event *e = log_event_add(f, LOG_CLIENT, line);
    e->queue_id = id;
    e->user = slice_between(counts, " username=", " ");
    e->uid = slice_number(slice_from(counts, 6), NULL);
    e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->sender = slice_upto(rest, end);
    e->size = slice_number(slice_from(counts, slice_find(counts, SLICE(" outbytes=")) + 10), NULL);
    e->recipients = 1;
    if (uid > end)
        add_try(f, line, id, LOG_SENT)->text = slice_upto(slice_from(rest, end + 2), uid - end - 2);
    else
        add_try(f, line, id, LOG_SENT);
    return LINE_EVENT;
}

/* Its last words are "(534 5.7.14 …)" where the server gave some; "RCPT TO:<bob@example.org> (550 …)" names
 * whom it was for. */
static enum line_result read_failed(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice id = log_own_id(f);
    struct slice said = slice_from(text, slice_find(text, SLICE(" (")) + 2);
    bool is_said = said.len > 3 && ascii_is_digit(said.ptr[0]) && said.ptr[said.len - 1] == ')';
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->recipients = 1;
    struct slice recipient = slice_from(text, starts(text, "RCPT TO:") ? 8 : text.len);
    e = add_try(f, line, id, LOG_BOUNCED);
    e->text = is_said ? slice_upto(said, said.len - 1) : text;
    e->recipient = log_take_bracketed(&recipient, " ");
    return LINE_EVENT;
}

static enum line_result ssmtp_read(struct log_facts *f, const struct log_line *line) {
    static const char *const steps[] = {"Creating SSL connection", "SSL connection using",
                                        "Unable to connect to", "Set "};
    static const char *const failures[] = {"Cannot open ", "Authorization failed", "Invalid response",
                                           "RCPT TO:",     "MAIL FROM:",           "Server didn't like"};
    struct slice text = line->message;
    if (!slice_equal(line->program, SLICE("sSMTP")))
        return LINE_NOT_MINE;
    if (starts(text, "Sent mail for "))
        return read_sent(f, line, text);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (starts(text, steps[i]))
            return log_pass(f, &dialect_ssmtp, "a step, or what the line below tells", line);
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (starts(text, failures[i]))
            return read_failed(f, line, text);
    return LINE_UNKNOWN;
}

const struct dialect dialect_ssmtp = {.name = "ssmtp", .read = ssmtp_read};
