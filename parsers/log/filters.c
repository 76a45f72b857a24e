/* Filters beside the mail system that decide what becomes of a mail which it calls sent or holds: Proxmox's
 * pmg-smtp-filter (the lines are those of src/PMG/RuleDB of pmg-api) and MailScanner (Message.pm,
 * Postfix.pm). */
#include "parsers/log/dialect.h"

static enum line_result pass(struct log_facts *f, const char *kind, const struct log_line *line) {
    return log_pass(f, &dialect_filters, kind, line);
}

static enum line_result add_verdict(struct log_facts *f, const struct log_line *line, struct slice id,
                                    struct slice text, enum log_status status) {
    struct slice rest = slice_from(text, slice_find_char(text, '<'));
    struct slice recipient = log_take_bracketed(&rest, " ");
    if (!recipient.len)
        return LINE_UNKNOWN;
    struct log_event *e = log_event_add(f, LOG_VERDICT, line);
    e->try_id = log_verdict_id(f, id);
    e->recipient = recipient;
    e->status = (unsigned char)status;
    if (status == LOG_SENT) /* " (4Fq2xR6hLm) (rule: default-accept)" */
        e->next_queue_id = slice_between(rest, "(", ")");
    else
        e->text = text;
    return LINE_EVENT;
}

/* "2C225C6817C7EEE1481: accept mail to <bob@example.org> (9C1D02B4) (rule: default-accept)", "moved mail for
 * <…> to spam quarantine - … (rule: …)", "block mail to <…> (rule: …)" */
static enum line_result read_proxmox(struct log_facts *f, const struct log_line *line) {
    size_t colon = slice_find(line->message, SLICE(": "));
    struct slice id = slice_upto(line->message, colon);
    struct slice text = slice_from(line->message, colon + 2);
    if (starts(text, "accept mail to <"))
        return add_verdict(f, line, id, text, LOG_SENT);
    if (starts(text, "moved mail for <"))
        return add_verdict(f, line, id, text, LOG_HELD);
    if (starts(text, "block mail to <"))
        return add_verdict(f, line, id, text, LOG_DISCARDED);
    return pass(f, "a step of Proxmox's filter", line);
}

/* "4Fq2xR6hLm.A1B2C": the queue id that Postfix held it under, with what MailScanner adds. */
static struct slice held_id(struct slice s) {
    struct slice word = slice_upto(s, slice_find_char(s, ' '));
    return slice_upto(word, slice_find_char(word, '.'));
}

/* "Requeue: 4Fq2xR6hLm.A1B2C to 9C1D02B4", "Spam Actions: message 4Fq2xR6hLm.A1B2C actions are delete" */
static enum line_result read_mailscanner(struct log_facts *f, const struct log_line *line) {
    struct slice text = line->message;
    if (starts(text, "Requeue: ")) {
        log_event_add(f, LOG_MOVED, line)->queue_id = held_id(slice_from(text, 9));
        return LINE_EVENT;
    }
    static const char mark[] = "Spam Actions: message ";
    size_t are = slice_find(text, SLICE(" actions are "));
    struct slice actions = slice_from(text, are + 13);
    bool is_kept =
        slice_has(actions, "store") || slice_has(actions, "deliver") || slice_has(actions, "forward");
    if (!starts(text, mark) || is_kept || !slice_has(actions, "delete"))
        return pass(f, "a step of MailScanner", line);
    struct log_event *e = log_event_add(f, LOG_ENDED, line);
    e->queue_id = held_id(slice_from(text, sizeof mark - 1));
    e->status = LOG_DISCARDED;
    return LINE_EVENT;
}

static enum line_result filters_read(struct log_facts *f, const struct log_line *line) {
    if (slice_equal(line->program, SLICE("pmg-smtp-filter")))
        return read_proxmox(f, line);
    if (slice_equal(line->program, SLICE("MailScanner")))
        return read_mailscanner(f, line);
    return LINE_NOT_MINE;
}

const struct dialect dialect_filters = {.name = "filters", .read = filters_read, .is_bystander = true};
