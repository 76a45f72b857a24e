/* Courier: "courieresmtp: id=…,from=<…>,addr=<…>: 550 …", and then the same with ",status: failure". */
#include "parsers/log/dialect.h"

static struct slice field_of(struct slice text, const char *key) {
    size_t at = log_find_outside(text, key);
    if (at == text.len)
        return SLICE_EMPTY;
    struct slice value = slice_from(text, at + strlen(key));
    if (value.len && value.ptr[0] == '<')
        return log_take_bracketed(&value, NULL);
    return slice_upto(value, slice_find_char(value, ','));
}

static enum line_result read_try(struct log_facts *f, const struct log_line *line, struct slice text) {
    static const struct {
        const char *word;
        enum log_status status;
    } words[] = {{"status: failure", LOG_BOUNCED},
                 {"status: deferred", LOG_DEFERRED},
                 {"status: success", LOG_SENT},
                 {",success: ", LOG_SENT}};
    struct slice id = field_of(text, "id=");
    struct slice recipient = field_of(text, "addr=");
    size_t address = log_find_outside(text, "addr=<");
    struct slice said = slice_from(text, address < text.len ? address + 5 : 0);
    log_take_bracketed(&said, ",:");
    bool has_reply = starts(said, ": ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (has_reply || !slice_has(said, words[i].word))
            continue;
        struct log_event *e = log_attempt_add(f, line, id, words[i].status);
        e->recipient = recipient;
        e->is_retold = e->status == LOG_SENT; /* "success: delivered: mx…", and then "status: success" */
        return LINE_EVENT;
    }
    if (!has_reply)
        return log_pass(f, &dialect_courier, "a step of a delivery", line);
    struct log_event *e = log_event_add(f, LOG_TRY_REPLIED, line);
    e->queue_id = id;
    e->recipient = recipient;
    e->text = slice_from(said, 2);
    return LINE_EVENT;
}

static enum line_result read_daemon(struct log_facts *f, const struct log_line *line, struct slice text) {
    if (slice_starts_nocase(text, SLICE("completed,id="))) {
        log_event_add(f, LOG_DONE, line)->queue_id = slice_from(text, 13);
        return LINE_EVENT;
    }
    if (!slice_starts_nocase(text, SLICE("started,id=")))
        return log_pass(f, &dialect_courier, "a step of the queue", line);
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = field_of(text, "id=");
    e->sender = field_of(text, "from=");
    return LINE_EVENT;
}

static enum line_result read_refusal(struct log_facts *f, const struct log_line *line, struct slice text) {
    size_t colon = slice_find(text, SLICE(": "));
    if (!slice_starts_nocase(text, SLICE("error,")) || colon == text.len)
        return log_pass(f, &dialect_courier, "a connection", line);
    struct slice client_ip = field_of(text, "relay=");
    client_ip = slice_from(client_ip, slice_starts_nocase(client_ip, SLICE("::ffff:")) ? 7 : 0);
    size_t message = slice_find(text, SLICE(",msg=\"")); /* with cmd: what the client sent */
    if (message < text.len && starts(slice_from(text, message + 6), "535 ")) {
        log_event_add(f, LOG_LOGIN, line)->client_ip = client_ip;
        return LINE_EVENT;
    }
    if (message < text.len)
        return log_pass(f, &dialect_courier, "a client's mistake", line);
    struct log_event *e = log_event_add(f, LOG_REJECT, line);
    e->client_ip = client_ip;
    e->sender = field_of(text, "from=");
    e->recipient = field_of(text, "to=");
    size_t behind = log_find_outside(text, ">: ");
    e->text = slice_from(text, behind < text.len ? behind + 3 : colon + 2);
    return LINE_EVENT;
}

/* "LOGIN FAILED, user=bob, ip=[::ffff:192.0.2.9]" of Courier's IMAP and POP3 servers: behind what the client
 * sent as its user, the last address is the program's. */
static enum line_result read_failed_login(struct log_facts *f, const struct log_line *line) {
    struct log_event *e = log_event_add(f, LOG_LOGIN, line);
    static const char mark[] = ", ip=[";
    struct slice ip = SLICE_EMPTY;
    struct slice rest = line->message;
    for (size_t at; (at = slice_find(rest, SLICE(mark))) < rest.len;)
        ip = rest = slice_from(rest, at + sizeof mark - 1);
    ip = slice_upto(ip, slice_find_char(ip, ']'));
    e->client_ip = slice_from(ip, slice_starts_nocase(ip, SLICE("::ffff:")) ? 7 : 0);
    e->user = field_of(line->message, "user=");
    return LINE_EVENT;
}

static enum line_result courier_read(struct log_facts *f, const struct log_line *line) {
    struct slice program = line->program;
    if (starts(line->message, "LOGIN FAILED, ") && program.len)
        return read_failed_login(f, line);
    if (!slice_starts_nocase(program, SLICE("courier")))
        return LINE_NOT_MINE;
    if (slice_equal(program, SLICE("courierd")))
        return read_daemon(f, line, line->message);
    if (slice_equal(program, SLICE("courieresmtpd")))
        return read_refusal(f, line, line->message);
    if (slice_equal(program, SLICE("courieresmtp")) || slice_equal(program, SLICE("courierlocal")))
        return read_try(f, line, line->message);
    return log_pass(f, &dialect_courier, "another part of Courier", line);
}

const struct dialect dialect_courier = {.name = "courier", .read = courier_read};
