/* ZoneMTA: "info Sender/default/867[1] id=… 19001ba5ad80001cdc.001 DEFERRED[other] from=… to=… src=…
 * mx=host[ip] id=<…> (550 …)". Behind the dot of a message's name stands the number of the recipient. */
#include "parsers/log/dialect.h"

static struct slice take_word(struct slice *rest) {
    size_t end = slice_find_char(*rest, ' ');
    struct slice word = slice_upto(*rest, end);
    *rest = slice_from(*rest, end + 1);
    return word;
}

/* Of addresses a quoted local part may hold blanks and the next key. */
static struct slice value_of(struct slice text, const char *key) {
    struct slice value = slice_from(text, log_find_outside(text, key) + strlen(key));
    return slice_upto(value, log_find_outside(value, " "));
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
    e = log_attempt_add(f, line, id, words[i].status);
    e->recipient = value_of(rest, " to=");
    e->is_remote = true;
    e->is_last = e->status != LOG_DEFERRED;
    if (log_find_outside(rest, " mx=") < rest.len)
        log_split_host(value_of(rest, " mx="), &e->relay, &e->relay_ip);
    struct slice reply = slice_from(rest, log_find_outside(rest, " (") + 2);
    e->text = reply.len && reply.ptr[reply.len - 1] == ')' ? slice_upto(reply, reply.len - 1) : reply;
    return LINE_EVENT;
}

static enum line_result zonemta_read(struct log_facts *f, const struct log_line *line) {
    struct slice rest = line->message;
    struct slice level = take_word(&rest);
    struct slice sender = take_word(&rest);
    if (level.len > 7 || !starts(sender, "Sender/") || sender.ptr[sender.len - 1] != ']')
        return LINE_NOT_MINE;
    if (starts(rest, "id="))
        take_word(&rest);
    struct slice id = name_of(f, take_word(&rest));
    struct slice word = take_word(&rest);
    bool is_end = starts(word, "ACCEPTED") || starts(word, "DEFERRED[") || starts(word, "REJECTED[");
    if (id.len && is_end && !rest.len) /* somebody cut off the rest */
        return read_end(f, line, word, id, rest);
    if (!id.len || !starts(rest, "from=") || log_find_outside(rest, " to=") == rest.len)
        return log_pass(f, &dialect_zonemta, "a step of a delivery", line);
    return read_end(f, line, word, id, rest);
}

const struct dialect dialect_zonemta = {.name = "zonemta", .read = zonemta_read};
