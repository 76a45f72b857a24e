/* Cisco's mail gateway (IronPort, AsyncOS), mail_logs and bounce_logs: "Info: Message done DCID 5 MID 4 to
 * RID [0]". A message is a MID, a recipient of it a RID: who that is stands in the line of its RCPT alone, so
 * that each of them is a try with a name of its own, which goes on until it is delivered. */
#include "parsers/log/dialect.h"

#define MOST_BEFORE 200 /* bytes of a frame in front of the level */

static enum line_result pass(struct log_facts *f, const char *kind, const struct log_line *line) {
    return log_pass(f, &dialect_ironport, kind, line);
}

/* The digits at the start, taken off. */
static struct slice take_number(struct slice *rest) {
    size_t n = 0;
    while (n < rest->len && ascii_is_digit(rest->ptr[n]))
        n++;
    struct slice number = slice_upto(*rest, n);
    *rest = slice_from(*rest, n);
    return number;
}

/* The digits behind the first `key`; empty: there are none. */
static struct slice number_behind(struct slice s, const char *key) {
    size_t at = slice_find(s, slice_of(key));
    struct slice rest = slice_from(s, at + strlen(key));
    return at < s.len ? take_number(&rest) : SLICE_EMPTY;
}

static struct slice name_of(struct log_facts *f, struct slice mid, struct slice rid) {
    return arena_printf(&f->chunk, "%.*s%c%.*s", S(mid), LOG_ID_END, S(rid));
}

/* "<a@b>", or a word, taken off. */
static struct slice take_address(struct slice *rest) {
    if (starts(*rest, "<"))
        return log_take_bracketed(rest, NULL);
    struct slice word = slice_upto(*rest, slice_find_char(*rest, ' '));
    *rest = slice_from(*rest, word.len);
    return word;
}

static struct slice address_behind(struct slice s, const char *key) {
    struct slice rest = slice_from(s, log_find_outside(s, key) + strlen(key));
    return take_address(&rest);
}

/* Who the RID is. */
static void name_recipient(struct log_facts *f, const struct log_line *line, struct slice mid,
                           struct slice rid, struct slice recipient) {
    struct log_event *e = log_event_add(f, LOG_TRY_REPLIED, line); /* one of the message's */
    e->queue_id = mid;
    e->recipient = recipient;
    e = log_event_add(f, LOG_TRY_BEGINS, line);
    e->queue_id = mid;
    e->try_id = name_of(f, mid, rid);
    e->recipient = recipient;
}

static struct log_event *add_sender(struct log_facts *f, const struct log_line *line, struct slice mid,
                                    struct slice sender) {
    struct log_event *e = log_event_add(f, LOG_QUEUED, line);
    e->queue_id = mid;
    e->sender = sender;
    e->recipients = -1;
    return e;
}

static struct log_event *add_try(struct log_facts *f, const struct log_line *line, struct slice mid,
                                 struct slice rid, enum log_status status) {
    struct log_event *e = log_event_add(f, LOG_ATTEMPT, line);
    e->try_id = name_of(f, mid, rid);
    e->status = (unsigned char)status;
    e->is_for_open = status == LOG_DEFERRED;
    return e;
}

static enum line_result end_all(struct log_facts *f, const struct log_line *line, struct slice mid,
                                enum log_status status, struct slice text) {
    struct log_event *e = log_attempt_add(f, line, mid, status);
    e->is_for_open = true;
    e->text = text;
    return LINE_EVENT;
}

/* "MID 4 to RID [0, 1]", before 4.0 "Message 4 to [0]": each of them. */
static enum line_result end_listed(struct log_facts *f, const struct log_line *line, struct slice text,
                                   enum log_status status) {
    struct slice mid = number_behind(text, "MID ");
    struct slice rest = slice_from(text, slice_find_char(text, '[') + 1);
    if (!mid.len || !rest.len || !ascii_is_digit(rest.ptr[0]))
        return LINE_UNKNOWN;
    for (struct slice rid; (rid = take_number(&rest)).len;) {
        add_try(f, line, mid, rid, status)->is_remote = status == LOG_SENT;
        rest = slice_from(rest, starts(rest, ", ") ? 2 : rest.len);
    }
    return LINE_EVENT;
}

/* "5.1.0 - Unknown address error ('550', ['no such user']) []": the code and words of the other side; where
 * it gave none, '000', the gateway's own. What it calls 5.1.0 is any refusal of a recipient. */
static void read_reason(struct log_facts *f, struct log_event *e, struct slice text) {
    size_t open = slice_find(text, SLICE("('"));
    struct slice own = slice_trim(slice_upto(text, open));
    struct slice code = slice_upto(slice_from(text, open + 2), 3);
    struct slice words = slice_from(text, open + 2);
    words = slice_from(words, slice_find_char(words, '[') + 1);
    size_t end = slice_find_last(words, SLICE("])"));
    words = slice_upto(words, end);
    if (words.len > 1 && (words.ptr[0] == '\'' || words.ptr[0] == '"'))
        words = slice_upto(slice_from(words, 1), words.len - 2);
    bool is_own = open >= text.len || slice_equal(code, SLICE("000"));
    if (!is_own) {
        e->text = arena_printf(&f->chunk, "%.*s %.*s", S(code), S(words));
        return;
    }
    size_t dash = slice_find(own, SLICE(" - "));
    e->status_code = slice_upto(own, dash);
    own = slice_from(own, dash + 3);
    e->text = words.len ? arena_printf(&f->chunk, "%.*s: %.*s", S(own), S(words)) : own;
    if (e->status == LOG_BOUNCED && slice_equal(e->status_code, SLICE("5.4.7")))
        e->status = LOG_GIVEN_UP;
}

/* "DCID 3 MID 4 to RID 0 - 5.1.0 - …", "DCID 3 MID 4 From: <a@b> To: <c@d> RID 0 - 5.4.7 - …"; in bounce_logs
 * "4:0 From:<a@b> To:<c@d> Reason: "5.1.0 - …" Response: "('550', ['…'])"". */
static enum line_result read_failure(struct log_facts *f, const struct log_line *line, struct slice text,
                                     enum log_status status) {
    struct slice rest = text;
    struct slice mid = take_number(&rest);
    struct slice rid = number_behind(slice_upto(rest, 20), ":");
    bool is_own_log = mid.len && starts(rest, ":");
    size_t reason = log_find_outside(text, is_own_log ? "Reason:" : " - ");
    if (!is_own_log) {
        struct slice behind = slice_from(text, log_find_outside(text, " RID "));
        mid = number_behind(text, "MID ");
        mid = mid.len ? mid : number_behind(text, "Message ");
        rid = behind.len ? number_behind(behind, "RID ") : number_behind(text, " to ");
    }
    if (!mid.len || !rid.len || reason >= text.len)
        return LINE_UNKNOWN;
    struct slice said = slice_from(text, reason + (is_own_log ? 7 : 3));
    struct slice own = slice_upto(text, reason);
    if (log_find_outside(own, "To:") < own.len) {
        add_sender(f, line, mid, address_behind(own, is_own_log ? "From:" : "From: "));
        name_recipient(f, line, mid, rid, address_behind(own, is_own_log ? "To:" : "To: "));
    }
    struct log_event *e = add_try(f, line, mid, rid, status);
    if (is_own_log) {
        own = slice_between(said, "\"", "\"");
        struct slice response = slice_from(said, slice_find(said, SLICE("Response:")));
        response = slice_from(response, slice_find(response, SLICE("('")));
        said = arena_printf(&f->chunk, "%.*s %.*s", S(own), S(response));
    }
    read_reason(f, e, said);
    return LINE_EVENT;
}

/* "LDAP: Drop query x.ldapaccept MID 3 RID 1 address bob@example.org" */
static enum line_result read_ldap(struct log_facts *f, const struct log_line *line, struct slice text) {
    bool is_bounce = starts(text, "LDAP: Bounce query ");
    struct slice mid = number_behind(text, " MID ");
    struct slice rid = number_behind(text, " RID ");
    if ((!is_bounce && !starts(text, "LDAP: Drop query ")) || !mid.len || !rid.len)
        return pass(f, "a question to LDAP", line);
    add_try(f, line, mid, rid, is_bounce ? LOG_BOUNCED : LOG_DISCARDED)->text = text;
    return LINE_EVENT;
}

/* "MID 4 ICID 5 From: <a@b>", "MID 4 ICID 5 RID 0 To: <c@d>", "MID 4 ICID 5 To: <c@d> Rejected by RAT" */
static enum line_result read_envelope(struct log_facts *f, const struct log_line *line, struct slice mid,
                                      struct slice text) {
    struct slice rest = slice_from(text, 6);
    take_number(&rest);
    if (starts(rest, " From: ")) {
        add_sender(f, line, mid, address_behind(rest, " From: "));
        return LINE_EVENT;
    }
    struct slice rid = starts(rest, " RID ") ? number_behind(rest, " RID ") : SLICE_EMPTY;
    rest = slice_from(rest, rid.len ? 5 + rid.len : 0);
    bool has_to = starts(rest, " To: ");
    rest = slice_from(rest, has_to ? 5 : 0);
    struct slice to = has_to ? take_address(&rest) : SLICE_EMPTY;
    if (to.len && starts(slice_trim(rest), "Rejected by ")) {
        struct log_event *e = log_event_add(f, LOG_REJECT, line);
        e->recipient = to;
        e->text = slice_trim(rest);
    } else if (rid.len && to.len) {
        name_recipient(f, line, mid, rid, to);
    } else {
        return pass(f, "a step of a message", line);
    }
    return LINE_EVENT;
}

static enum line_result read_message(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice rest = slice_from(text, 4);
    struct slice mid = take_number(&rest);
    if (!mid.len)
        return pass(f, "a step of a message", line);
    if (starts(rest, " ICID "))
        return read_envelope(f, line, mid, rest);
    if (starts(rest, " quarantined to "))
        return end_all(f, line, mid, LOG_HELD, slice_from(rest, 1));
    if (starts(rest, " ready ")) {
        int size = slice_number(slice_from(rest, 7), NULL);
        add_sender(f, line, mid, address_behind(rest, " from "))->size = size;
        return LINE_EVENT;
    }
    if (!starts(rest, " Message-ID '"))
        return pass(f, "a step of a message", line);
    struct log_event *e = log_event_add(f, LOG_MESSAGE_ID, line);
    struct slice id = slice_from(rest, 13);
    e->queue_id = mid;
    e->message_id = slice_upto(id, slice_find_char(id, '\''));
    if (starts(e->message_id, "<") && e->message_id.ptr[e->message_id.len - 1] == '>')
        e->message_id = slice_upto(slice_from(e->message_id, 1), e->message_id.len - 2);
    return LINE_EVENT;
}

/* "ICID 7 REJECT SG BLACKLIST match sbrs[-10.0:-2.0] SBRS -9.9" */
static enum line_result read_connection(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice rest = slice_from(text, 5);
    take_number(&rest);
    if (!starts(rest, " REJECT SG ") && !starts(rest, " TCPREFUSE SG "))
        return pass(f, "a connection", line);
    log_event_add(f, LOG_REJECT, line)->text = slice_from(rest, 1);
    return LINE_EVENT;
}

/* "SMTP Auth: (ICID 7) failed for user: kim using AUTH mechanism: LOGIN with profile: x" */
static enum line_result read_login(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice user = slice_between(text, ") failed for user: ", " using AUTH mechanism");
    if (!user.len)
        return pass(f, "a login", line);
    log_event_add(f, LOG_LOGIN, line)->user = user;
    return LINE_EVENT;
}

static enum line_result read_ending(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice mid = number_behind(text, " MID ");
    size_t dropped = slice_find(text, SLICE(" Dropped by "));
    if (starts(text, "Message done "))
        return end_listed(f, line, text, LOG_SENT);
    if (starts(text, "Message aborted ") && mid.len && dropped < text.len)
        return end_all(f, line, mid, LOG_DISCARDED, slice_from(text, dropped + 1));
    if (!starts(text, "Message finished ") || !mid.len)
        return pass(f, "a step of a message", line);
    log_event_add(f, LOG_DONE, line)->queue_id = mid;
    return LINE_EVENT;
}

static enum line_result read_quarantine(struct log_facts *f, const struct log_line *line, struct slice text) {
    struct slice mid = number_behind(text, "Q: Quarantined MID ");
    return mid.len ? end_all(f, line, mid, LOG_HELD, text) : pass(f, "a step of a message", line);
}

static bool is_step(struct slice text) {
    static const char *const steps[] = {"Start MID ",      "New SMTP ",   "Delivery start DCID ",
                                        "DCID ",           "RPC ",        "SDR: ",
                                        "Start delivery ", "Delivery of", "Connection Error: ",
                                        "Status: ",        "URL ",        "Internal SMTP ",
                                        "Alias match: ",   "Begin Log",   "End Log"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (starts(text, steps[i]))
            return true;
    return false;
}

static enum line_result read_info(struct log_facts *f, const struct log_line *line, struct slice text) {
    static const struct {
        const char *start;
        enum line_result (*read)(struct log_facts *, const struct log_line *, struct slice);
    } kinds[] = {{"MID ", read_message},   {"Message ", read_ending},  {"ICID ", read_connection},
                 {"LDAP: ", read_ldap},    {"ISQ: ", read_quarantine}, {"EUQ: ", read_quarantine},
                 {"SMTP Auth", read_login}};
    static const struct {
        const char *start;
        enum log_status status;
    } failures[] = {
        {"Bounced: ", LOG_BOUNCED}, {"Double bounce: ", LOG_BOUNCED}, {"Delayed: ", LOG_DEFERRED}};
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (starts(text, failures[i].start))
            return read_failure(f, line, slice_from(text, strlen(failures[i].start)), failures[i].status);
    if (starts(text, "Deleted: MID "))
        return end_listed(f, line, text, LOG_DISCARDED);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (starts(text, kinds[i].start))
            return kinds[i].read(f, line, text);
    return is_step(text) ? pass(f, "a connection or step", line) : LINE_NOT_MINE;
}

/* Does it name a message or a connection, as no other program does? */
static bool is_own(struct slice text) {
    static const char *const marks[] = {"MID ", "DCID ", "DCID: ", "ICID ", "RCID ", " to RID ["};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (number_behind(text, marks[i]).len)
            return true;
    return (starts(text, "Bounced: ") || starts(text, "Delayed: ")) && slice_has(text, " Reason:");
}

#define MOST_WORDS                                                                                           \
    4 /* of a frame that nobody knows, behind its time: a host, a facility, the name of the log */

static bool is_of_time(struct slice word) {
    return ascii_is_digit(word.ptr[0]) || (word.len == 3 && ascii_is_alpha(word.ptr[2])); /* "Mon", "Mar" */
}

/* Does nothing but a frame stand there? Other programs say "Info: " too, in words of their clients. */
static bool is_frame(struct slice s) {
    size_t words = 0;
    struct slice word;
    struct slice last = SLICE_EMPTY;
    for (size_t i = 0; i < s.len; i++)
        if (!ascii_is_alnum(s.ptr[i]) && !strchr(" :-.,_/+[]", s.ptr[i]))
            return false;
    while (slice_next_word(&s, &word)) {
        if (!last.len && !is_of_time(word))
            return false;
        words += words > 0 || !is_of_time(word);
        last = word;
    }
    return !words || (words <= MOST_WORDS && slice_find_nocase(last, SLICE("mail")) < last.len);
}

/* The level that stands first; *before is what stands in front of it, *rest what it says. -1: none. */
static int take_level(struct slice line, struct slice *before, struct slice *rest) {
    static const char *const levels[] = {"Info: ", "Warning: ", "Critical: ", "Debug: ", "Trace: "};
    struct slice head = slice_upto(line, MOST_BEFORE);
    size_t first = head.len;
    int level = -1;
    for (int i = 0; i < (int)(sizeof levels / sizeof *levels); i++) {
        size_t at = slice_find(head, slice_of(levels[i]));
        if (at >= first)
            continue;
        first = at;
        level = i;
        *before = slice_upto(line, at);
        *rest = slice_from(line, at + strlen(levels[i]));
    }
    return level;
}

static enum line_result ironport_read(struct log_facts *f, const struct log_line *line) {
    struct slice text = SLICE_EMPTY;
    struct slice before = SLICE_EMPTY;
    int level = take_level(line->program.len ? line->message : line->text, &before, &text);
    if (line->program.len ? before.len > 0 : !is_frame(before))
        return LINE_NOT_MINE;
    bool goes_on = f->last_dialect == &dialect_ironport;
    if (level == 0 && is_own(text))
        return read_info(f, line, text);
    if (goes_on && level == 0 && is_step(text))
        return pass(f, "a connection or step", line);
    return goes_on && level > 0 ? pass(f, "a notice", line) : LINE_NOT_MINE;
}

const struct dialect dialect_ironport = {.name = "ironport", .read = ironport_read};
