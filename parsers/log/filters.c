/* Filters beside the mail system that decide what becomes of a mail which it calls sent or holds: Proxmox's
 * pmg-smtp-filter (the lines are those of src/PMG/RuleDB of pmg-api), MailScanner (Message.pm, Postfix.pm)
 * and amavis (its $log_templ). */
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
    if (!starts(text, mark) && starts(text, "Message ") && slice_has(text, " is spam"))
        return pass(f, "a mail that MailScanner calls spam: its \"Spam Actions\" say what becomes of it",
                    line);
    if (!starts(text, mark) || is_kept || !slice_has(actions, "delete"))
        return pass(f, "a step of MailScanner", line);
    struct log_event *e = log_event_add(f, LOG_ENDED, line);
    e->queue_id = held_id(slice_from(text, sizeof mark - 1));
    e->status = LOG_DISCARDED;
    return LINE_EVENT;
}

/* What amavis did with it: "Blocked SPAM {DiscardedInbound,Quarantined}, …" */
static bool amavis_status(struct slice head, struct slice text, enum log_status *status) {
    static const struct {
        const char *word;
        enum log_status status;
    } ends[] = {{"{Discarded", LOG_DISCARDED}, {"{Bounced", LOG_BOUNCED}, {"{Quarantined", LOG_HELD}};
    struct slice how =
        slice_from(head, slice_find_last(head, SLICE("{"))); /* names of files stand before it */
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (slice_has(how, ends[i].word)) {
            *status = ends[i].status;
            return true;
        }
    if (slice_has(head, "Blocked TEMPFAIL") || slice_has(head, "Blocked MTA-BLOCKED"))
        return false;
    /* before 2.7 it does not say how it blocked: what it blocks is kept where it names the quarantine */
    *status = slice_has(text, ", quarantine: ") ? LOG_HELD : LOG_DISCARDED;
    return slice_find_char(head, '{') == head.len;
}

/* "> -> <", behind the sender. Before it stand the names of files that the sender chose, where the mail was
 * blocked for them, and behind it a subject: of two nobody knows which is amavis's. */
static size_t find_arrow(struct slice text) {
    static const struct slice mark = SLICE("> -> <");
    size_t first = log_find_word_outside(text, mark);
    struct slice behind = slice_from(text, first + 1);
    bool is_riddle =
        slice_has(slice_upto(text, first), "(") && log_find_word_outside(behind, mark) < behind.len;
    return is_riddle ? text.len : first;
}

/* What stands before the sender's address, which ends `text`. */
static struct slice before_sender(struct slice text) {
    for (size_t at = 0, next; at < text.len; at += next + 1) {
        next = slice_find_char(slice_from(text, at), '<');
        struct slice rest = slice_from(text, at + next);
        struct slice inside = slice_from(rest, 1);
        bool is_whole = slice_find_char(slice_from(inside, log_quoted_length(inside)), '<') >=
                        inside.len - log_quoted_length(inside);
        if (log_take_bracketed(&rest, "").ptr && !rest.len && is_whole)
            return slice_upto(text, at + next);
    }
    return text;
}

/* "(03491-01) Blocked SPAM {DiscardedInbound,Quarantined}, [192.0.2.9] <a@b> -> <c@d>,<e@f>, …" */
static enum line_result read_amavis(struct log_facts *f, const struct log_line *line) {
    struct slice id = slice_between(line->message, "(", ")");
    struct slice text = slice_from(line->message, slice_find(line->message, SLICE(") ")) + 2);
    size_t arrow = find_arrow(text);
    struct slice rest = slice_from(text, arrow + 5);
    struct slice head = before_sender(slice_upto(text, arrow + 1));
    enum log_status status;
    if (starts(text, "Passed "))
        return pass(f, "a mail that amavis let through", line);
    if (!starts(text, "Blocked "))
        return pass(f, "a step of amavis", line);
    if (!amavis_status(head, text, &status))
        return pass(f, "a mail that was refused or put off by the line of its mail system", line);
    if (!rest.len)
        return LINE_UNKNOWN;
    size_t kind = slice_find_last(head, SLICE("}, ")) + 1; /* the end of "Blocked SPAM {…}" */
    struct slice what = slice_upto(text, kind < head.len ? kind : slice_find_char(text, ','));
    for (bool goes_on = true; goes_on; rest = slice_from(rest, goes_on)) {
        struct log_event *e = log_event_add(f, LOG_VERDICT, line);
        e->try_id = log_verdict_id(f, id);
        e->status = (unsigned char)status;
        e->text = what;
        e->recipient = log_take_bracketed(&rest, ",");
        goes_on = e->recipient.len && starts(rest, ",<");
    }
    return LINE_EVENT;
}

static enum line_result filters_read(struct log_facts *f, const struct log_line *line) {
    if (slice_equal(line->program, SLICE("pmg-smtp-filter")))
        return read_proxmox(f, line);
    if (slice_equal(line->program, SLICE("MailScanner")))
        return read_mailscanner(f, line);
    if (slice_starts_nocase(line->program, SLICE("amavis")) && starts(line->message, "("))
        return read_amavis(f, line);
    return LINE_NOT_MINE;
}

const struct dialect dialect_filters = {.name = "filters", .read = filters_read, .is_bystander = true};
