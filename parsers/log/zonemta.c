/* ZoneMTA: "info Sender/default/867[1] id=… 19001ba5ad80001cdc.001 DEFERRED[other] from=… to=… src=…
 * mx=host[ip] id=<…> (550 …)". Behind the dot of a message's name stands the number of the recipient. */
#define _GNU_SOURCE
#include "parsers/log/dialect.h"

/* The word at the end of what is left in front of `s`, taken off. */
static struct slice take_last_word(struct slice *s) {
    *s = slice_trim(*s);
    const char *blank = s->len ? memrchr(s->ptr, ' ', s->len) : NULL;
    size_t start = blank ? (size_t)(blank - s->ptr) + 1 : 0;
    struct slice word = slice_from(*s, start);
    *s = slice_upto(*s, start);
    return word;
}

static struct slice value_of(struct slice text, const char *key) {
    struct slice value = slice_from(text, slice_find(text, slice_of(key)) + strlen(key));
    return slice_upto(value, slice_find_char(value, ' '));
}

/* "1984e8a65b30004db0.001" with a tab for the dot; empty: it is no such name. */
static struct slice name_of(struct log_facts *f, struct slice word) {
    size_t dot = slice_find_char(word, '.');
    for (size_t i = 0; i < word.len; i++)
        if (!ascii_is_alnum(word.ptr[i]) && i != dot)
            return SLICE_EMPTY;
    return dot < 8 || dot >= word.len ? SLICE_EMPTY
                                      : arena_printf(&f->chunk, "%.*s%c%.*s", S(slice_upto(word, dot)),
                                                     LOG_ID_END, S(slice_from(word, dot + 1)));
}

static enum line_result read_end(struct log_facts *f, const struct log_line *line, struct slice word,
                                 struct slice id, struct slice rest) {
    static const struct {
        const char *word;
        enum log_status status;
    } words[] = {{"ACCEPTED", LOG_SENT}, {"DEFERRED", LOG_DEFERRED}, {"REJECTED", LOG_BOUNCED}};
    word = slice_upto(word, slice_find_char(word, '['));
    size_t i = 0;
    while (i < sizeof words / sizeof *words && !slice_equal(word, slice_of(words[i].word)))
        i++;
    if (i == sizeof words / sizeof *words)
        return log_name_unknown(f, &dialect_zonemta, "a result of a delivery", word, line);
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = id;
    e->sender = value_of(rest, "from=");
    e->recipients = 1;
    e = log_event_add(f, LOG_ATTEMPT, line);
    e->queue_id = id;
    e->recipient = value_of(rest, " to=");
    e->status = (unsigned char)words[i].status;
    e->is_remote = true;
    e->is_last = e->status != LOG_DEFERRED;
    if (slice_has(rest, " mx="))
        log_split_host(value_of(rest, " mx="), &e->relay, &e->relay_ip);
    struct slice reply = slice_from(rest, slice_find(rest, SLICE(" (")) + 2);
    e->text = reply.len && reply.ptr[reply.len - 1] == ')' ? slice_upto(reply, reply.len - 1) : reply;
    return LINE_EVENT;
}

static enum line_result zonemta_read(struct log_facts *f, const struct log_line *line) {
    struct slice text = line->message;
    size_t sender = slice_find(slice_upto(text, 64), SLICE(" Sender/"));
    if (sender >= 64 || sender >= text.len ||
        sender > 5) /* behind "info", "ERR!", "verbose" is not written */
        return LINE_NOT_MINE;
    size_t from = slice_find(text, SLICE(" from="));
    struct slice head = slice_upto(text, from);
    struct slice word = take_last_word(&head);
    struct slice id = name_of(f, take_last_word(&head));
    if (from >= text.len || !id.len || !slice_has(slice_from(text, from), " to="))
        return log_pass(f, &dialect_zonemta, "a step of a delivery", line);
    return read_end(f, line, word, id, slice_from(text, from + 1));
}

const struct dialect dialect_zonemta = {.name = "zonemta", .read = zonemta_read};
