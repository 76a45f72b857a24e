/* nullmailer: "Starting delivery: protocol: smtp host: mx.example.org file: 1287431649.1999", then, of the
 * protocol's own process, "smtp: Succeeded: 250 …" or "smtp: Failed: 550 …". One file goes out after the
 * other. Before 2.0 a refused mail is tried again for ever; since then it is moved to the failed ones. */
#include "parsers/log/dialect.h"

/* The delivery that is under way, of which there is one at a time. */
static const struct slice under_way = SLICE("nullmailer");

static enum line_result pass(struct log_facts *f, const char *kind, const struct log_line *line) {
    return log_pass(f, &dialect_nullmailer, kind, line);
}

static enum line_result read_begin(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice file = slice_from(text, slice_find(text, SLICE(" file: ")) + 7);
    struct log_event *e = log_event_add(f, LOG_TRY_BEGINS, line);
    e->queue_id = slice_trim(file);
    e->try_id = under_way;
    return LINE_EVENT;
}

/* "From: <ann@example.com> to: <bob@example.org>", of the delivery that began */
static enum line_result read_names(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice to = slice_from(text, log_find_outside(text, " to: <") + 5);
    struct log_event *e = log_event_add(f, LOG_TRY_BEGINS, line);
    e->try_id = under_way;
    e->recipient = to.len ? log_take_bracketed(&to, NULL) : to;
    return LINE_EVENT;
}

static enum line_result read_end(struct log_facts *f, const struct log_line *line, struct slice text,
                                 enum log_status status) {
    struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
    e->try_id = under_way;
    e->status = (unsigned char)status;
    e->is_relayed = status == LOG_SENT;
    e->text = slice_from(text, slice_find(text, SLICE("ed: ")) + 4);
    e->is_remote = true;
    return LINE_EVENT;
}

/* "Moving message 1559199706.31426 into failed" */
static enum line_result read_moved(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct log_event *e = log_event_add(f, LOG_ENDED, line);
    e->queue_id = slice_upto(slice_from(text, 15), slice_find_char(slice_from(text, 15), ' '));
    e->status = LOG_BOUNCED;
    return LINE_EVENT;
}

/* A line that says so of itself, where there is no frame: from a terminal. */
static bool is_own(struct slice text) {
    static const char *const words[] = {"Starting delivery", "Moving message ", "Sending failed: "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (starts(text, words[i]))
            return true;
    return false;
}

static bool is_begin(struct slice text) {
    return starts(text, "Starting delivery: ") && slice_has(text, " file: ");
}

static enum line_result nullmailer_read(struct log_facts *f, const struct log_line *line) {
    static const struct {
        const char *words;
        const char *kind;
    } steps[] = {
        {"Starting delivery, ", "a run of the queue"},  {"Delivery complete, ", "a run of the queue"},
        {"Rescanning queue", "a run of the queue"},     {"Trigger pulled", "a run of the queue"},
        {"Sent file", "what the line above tells"},     {"Sending failed: ", "what the line above tells"},
        {"Message-Id: ", "the name of a message"},      {"Generating bounce", "a notice to the sender"},
        {"Not generating", "a notice that is not sent"}};
    bool is_named = slice_starts_nocase(line->program, SLICE("nullmailer"));
    bool goes_on = f->last_dialect == &dialect_nullmailer && !line->host.len; /* from a terminal */
    struct slice text = is_named ? line->message : line->text;
    if (!is_named && !goes_on && !is_begin(text) && !is_own(text))
        return LINE_NOT_MINE;
    if (is_begin(text))
        return read_begin(f, line, text);
    if (starts(text, "From: <"))
        return read_names(f, line, text);
    if (starts(text, "Moving message "))
        return read_moved(f, line, text);
    if (starts(text, "smtp: Succeeded: ") || starts(text, "qmqp: Succeeded: "))
        return read_end(f, line, text, LOG_SENT);
    if (starts(text, "smtp: Failed: ") || starts(text, "qmqp: Failed: "))
        return read_end(f, line, text, LOG_DEFERRED);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (starts(text, steps[i].words))
            return pass(f, steps[i].kind, line);
    return is_named ? LINE_UNKNOWN : LINE_NOT_MINE;
}

const struct dialect dialect_nullmailer = {.name = "nullmailer", .read = nullmailer_read};
