/* The DragonFly Mail Agent: "dma[837e45.1e13660]: <bob@example.org> trying delivery". The mail and the
 * recipient stand for the process, with the process behind them in newer ones: "dma[837e45.1e13660][72412]:
 * ". A delivery that failed has a line for why and one for the report that goes back. The words are those of
 * dma.c, net.c, local.c and mail.c of dma 0.1 to 0.14. */
#include "parsers/log/dialect.h"

/* "837e45.1e13660" with a tab for the dot: one recipient of a mail; empty: it is none. */
static struct slice name_of(struct log_facts *f, struct slice id) {
    size_t dot = slice_find_char(id, '.');
    for (size_t i = 0; i < id.len; i++)
        if (!ascii_is_alnum(id.ptr[i]) && i != dot)
            return SLICE_EMPTY;
    return !dot || dot + 1 >= id.len ? SLICE_EMPTY
                                     : arena_printf(&f->chunk, "%.*s%c%.*s", S(slice_upto(id, dot)),
                                                    LOG_ID_END, S(slice_from(id, dot + 1)));
}

/* What stands in the first brackets behind the program's name; empty: nothing. */
static struct slice take_id(const struct log_line *line) {
    struct slice from = line->program;
    if (from.ptr >= line->text.ptr && from.ptr < line->text.ptr + line->text.len)
        from = slice_from(line->text, (size_t)(from.ptr - line->text.ptr));
    from = slice_from(from, 3);
    return starts(from, "[") ? slice_from(slice_upto(from, slice_find_char(from, ']')), 1) : SLICE_EMPTY;
}

static void name_recipient(struct log_facts *f, const struct log_line *line, struct slice id,
                           struct slice recipient) {
    struct log_event *e = log_event_add(f, LOG_TRY_REPLIED, line);
    e->queue_id = id;
    e->recipient = recipient;
}

/* "mail to=<bob@example.org> queued as 837e45.1e13660" */
static enum line_result read_queued(struct log_facts *f, const struct log_line *line, struct slice text) {
    static const char mark[] = " queued as ";
    size_t end = slice_find_last(text, SLICE(mark));
    struct slice id = name_of(f, slice_from(text, end + sizeof mark - 1));
    struct slice to = slice_from(slice_upto(text, end), 8);
    bool is_bracketed = to.len > 2 && to.ptr[0] == '<' && to.ptr[to.len - 1] == '>';
    if (!id.len)
        return LINE_UNKNOWN;
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->recipients = -1;
    name_recipient(f, line, id, is_bracketed ? slice_from(slice_upto(to, to.len - 1), 1) : to);
    return LINE_EVENT;
}

static struct log_event *add_try(struct log_facts *f, const struct log_line *line, struct slice id,
                                 enum log_status status) {
    struct log_event *e = log_attempt_add(f, line, id, status);
    e->is_for_open = true;
    return e;
}

static enum line_result read_last(struct log_facts *f, const struct log_line *line, struct slice id,
                                  enum log_status status) {
    add_try(f, line, id, status)->is_remote = true;
    log_event_add(f, LOG_DONE, line)->queue_id = id;
    return LINE_EVENT;
}

/* "deferred: DNS lookup failure: …", "failed: …", "to mx.example.org [192.0.2.25] failed after RCPT TO: 550
 * …", "deferred: mx.example.org [192.0.2.25] failed after MAIL FROM: 450 …" */
static enum line_result read_end(struct log_facts *f, const struct log_line *line, struct slice id,
                                 struct slice said) {
    bool is_deferred = starts(said, "deferred: ");
    struct slice where = slice_from(said, slice_find_char(said, ' ') + 1);
    size_t after = starts(said, "failed: ") ? said.len : slice_find(said, SLICE("failed after "));
    if (!is_deferred && !starts(said, "failed: ") && !starts(said, "failed after ") && !starts(said, "to "))
        return LINE_UNKNOWN;
    struct log_event *e = add_try(f, line, id, is_deferred ? LOG_DEFERRED : LOG_BOUNCED);
    e->is_remote = starts(line->message, "remote ");
    if (after == said.len) {
        e->text = where;
        return LINE_EVENT;
    }
    struct slice reply = slice_from(said, after + 13);
    size_t host = slice_find_char(where, ' ');
    e->text = slice_from(reply, slice_find(reply, SLICE(": ")) + 2);
    if (starts(slice_from(where, host), " [")) {
        e->relay = slice_upto(where, host);
        e->relay_ip = slice_from(where, host + 2);
        e->relay_ip = slice_upto(e->relay_ip, slice_find_char(e->relay_ip, ']'));
    }
    return LINE_EVENT;
}

/* "<bob@example.org> trying delivery", in older ones without the recipient */
static enum line_result read_named(struct log_facts *f, const struct log_line *line, struct slice id,
                                   struct slice text) {
    size_t end = slice_find_last(text, SLICE("> "));
    struct slice words = slice_from(text, end + 2);
    if (!slice_equal(words, SLICE("trying delivery")) && !slice_equal(words, SLICE("delivery successful")))
        return LINE_UNKNOWN;
    name_recipient(f, line, id, slice_from(slice_upto(text, end), 1));
    return starts(words, "trying") ? LINE_EVENT : read_last(f, line, id, LOG_SENT);
}

static enum line_result read_step(struct log_facts *f, const struct log_line *line, struct slice text) {
    static const char *const steps[] = {"new mail from user=",
                                        "trying ",
                                        "using ",
                                        "SSL initialization successful",
                                        "Server ",
                                        " Server ",
                                        "smarthost ",
                                        "SMTP login not available",
                                        "in opportunistic TLS mode"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (starts(text, steps[i]))
            return log_pass(f, &dialect_dma, "a step of a delivery", line);
    return LINE_UNKNOWN;
}

static enum line_result read_text(struct log_facts *f, const struct log_line *line, struct slice id) {
    static const struct {
        const char *words;
        enum log_status status;
    } ends[] = {{"delivery successful", LOG_SENT},
                {"delivery failed, bouncing as ", LOG_BOUNCED},
                {"error creating bounce", LOG_BOUNCED},
                {"can not bounce a bounce message", LOG_BOUNCED}};
    struct slice text = line->message;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (starts(text, ends[i].words))
            return read_last(f, line, id, ends[i].status);
    if (starts(text, "<"))
        return read_named(f, line, id, text);
    if (starts(text, "remote delivery "))
        return read_end(f, line, id, slice_from(text, 16));
    if (starts(text, "local delivery "))
        return read_end(f, line, id, slice_from(text, 15));
    if (starts(text, "connect to ") || starts(text, "connection ")) {
        struct log_event *e = add_try(f, line, id, LOG_DEFERRED);
        e->text = text;
        e->is_remote = true;
        return LINE_EVENT;
    }
    return read_step(f, line, text);
}

static enum line_result read_own(struct log_facts *f, const struct log_line *line) {
    struct slice said = take_id(line);
    struct slice id = name_of(f, said);
    if (starts(line->message, "mail to="))
        return read_queued(f, line, line->message);
    if (said.len && !id.len)
        return read_step(f, line, line->message);
    return read_text(f, line, id.len ? id : SLICE("\tdma"));
}

static enum line_result dma_read(struct log_facts *f, const struct log_line *line) {
    if (slice_equal(line->program, SLICE("dma")) || starts(line->program, "dma["))
        return read_own(f, line);
    bool is_bare = !line->program.len && (starts(line->message, "dma: ") || starts(line->message, "dma["));
    size_t end = is_bare ? slice_find(slice_upto(line->message, 64), SLICE(": ")) : 64;
    if (end + 2 >= line->message.len || end >= 62)
        return LINE_NOT_MINE;
    struct log_line bare = *line; /* as somebody shortened it */
    bare.program = slice_upto(line->message, 3);
    bare.message = slice_from(line->message, end + 2);
    return read_own(f, &bare);
}

const struct dialect dialect_dma = {.name = "dma", .read = dma_read};
