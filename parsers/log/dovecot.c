/* Dovecot: what it stores (LMTP, Sieve) the MTA in front of it counts as delivered already. Here is read what
 * it does else with a mail, which the MTA's line names by Dovecot's session or by the recipient; and the
 * logins that failed and connections that were lost. */
#include "parsers/log/dialect.h"

static enum line_result pass(struct log_facts *f, const char *kind, const struct log_line *line) {
    return log_pass(f, &dialect_dovecot, kind, line);
}

/* Behind whom it was for: "lmtp(bob@example.org)<123><session>: …", before 2.3 "lmtp(123, bob@example.org):
 * session: …". */
struct store_line {
    struct slice user, session, text;
};

static bool read_head(struct slice text, struct store_line *d) {
    if (!starts(text, "lmtp("))
        return false;
    size_t colon = slice_find(text, SLICE("): "));
    size_t session = slice_find(text, SLICE(")<"));
    *d = (struct store_line){.text = SLICE_EMPTY};
    d->user = slice_from(slice_upto(text, session < colon ? session : colon), 5);
    d->user = slice_from(
        d->user, slice_find(d->user, SLICE(", ")) < d->user.len ? slice_find(d->user, SLICE(", ")) + 2 : 0);
    if (session < colon) {
        struct slice rest = slice_from(text, session + 1);
        d->text = slice_from(rest, slice_find(rest, SLICE(">: ")) + 3);
        rest = slice_from(rest, slice_find(rest, SLICE("><")) + 2);
        d->session = slice_upto(rest, slice_find_char(rest, '>'));
    } else {
        struct slice rest = slice_from(text, colon + 3);
        size_t end = slice_find(rest, SLICE(": "));
        d->session = slice_upto(rest, end);
        d->text = slice_from(rest, end + 2);
    }
    return d->user.len > 0;
}

/* What Pigeonhole and lib-lda say of a mail, behind what names it: "msgid=<…>: " (deliver_log_format), which
 * may hold its subject and sender too, and so any of these words. The last that stand there are the
 * program's; `end` is how the line ends then. */
enum end_kind { NOT_STORED, REFUSED, STORED, PASSED_ON };

static const struct {
    const char *words, *end;
    enum log_status status;
    enum end_kind kind; /* REFUSED: by LMTP, the MTA's line has the words, and no session */
} ends[] = {{"marked message to be discarded", "to be discarded", LOG_DISCARDED, NOT_STORED},
            {"marked message to be discarded", "explicitly delivered", LOG_DISCARDED, NOT_STORED},
            {"marked message to be discarded", "(discard action)", LOG_DISCARDED, NOT_STORED},
            {"discarded message", "discarded message", LOG_DISCARDED, NOT_STORED},
            {"rejected message from", "reject)", LOG_BOUNCED, NOT_STORED},
            {"save failed to ", "", LOG_BOUNCED, REFUSED},
            {"failed to store into mailbox 'INBOX'", "", LOG_BOUNCED, REFUSED}, /* of others it goes there */
            {"saved mail to", "", LOG_SENT, STORED},
            {"stored mail into", "", LOG_SENT, STORED},
            {"forwarded to", "", LOG_SENT, PASSED_ON},
            {"redirect", "", LOG_SENT, PASSED_ON}};
#define ENDS (sizeof ends / sizeof *ends)

/* Which of them ended it, and where its words begin; ENDS: none. */
static size_t find_end(struct slice text, size_t *place) {
    size_t end = ENDS;
    for (size_t i = 0; i < ENDS; i++) {
        size_t at = slice_find_last_nocase(text, slice_of(ends[i].words));
        bool is_whole = at < text.len && slice_ends_nocase(text, slice_of(ends[i].end));
        if (is_whole && (end == ENDS || at > *place)) {
            end = i;
            *place = at;
        }
    }
    return end;
}

static enum line_result pass_end(struct log_facts *f, const struct log_line *line, size_t end) {
    if (end < ENDS && ends[end].kind == STORED)
        return pass(f, "a mail that was stored", line);
    if (end < ENDS && ends[end].kind == PASSED_ON)
        return pass(f, "a mail that Sieve passed on", line);
    return pass(f, "a session or notice", line);
}

/* "stored mail into mailbox 'Junk'": a folder in which nobody looks for it. */
static bool is_out_of_sight(struct slice words) {
    static const char *const folders[] = {"'Junk'",       "'Spam'",       "'Trash'",
                                          "'INBOX.Junk'", "'INBOX.Spam'", "'INBOX.Trash'"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (slice_ends_nocase(words, slice_of(folders[i])))
            return true;
    return false;
}

static enum line_result read_delivery(struct log_facts *f, const struct log_line *line,
                                      const struct store_line *d) {
    size_t place = 0;
    size_t end = find_end(d->text, &place);
    if (end == ENDS)
        return pass_end(f, line, end);
    struct slice words = slice_from(d->text, place);
    bool is_told = ends[end].kind == STORED && d->session.len && is_out_of_sight(words);
    if (ends[end].kind > REFUSED && !is_told)
        return pass_end(f, line, end);
    bool is_refused = ends[end].kind == REFUSED;
    size_t reason = is_refused ? slice_find(words, SLICE(": ")) : words.len;
    struct log_event *e = log_event_add(f, LOG_VERDICT, line);
    e->try_id = log_store_id(f, is_refused ? d->user : d->session);
    e->recipient = d->user;
    e->status = (unsigned char)ends[end].status;
    e->is_last = is_told;
    e->text = reason < words.len ? slice_from(words, reason + 2) : words;
    return LINE_EVENT;
}

/* Before the last `mark`; the whole where there is none. */
static struct slice before_last(struct slice s, const char *mark) {
    return slice_upto(s, slice_find_last_nocase(s, slice_of(mark)));
}

/* "imap-login: … (auth failed, 3 attempts in 5 secs): user=<kim>, method=PLAIN, rip=192.0.2.7, …": the user
 * is what the client sent, up to the last of the words that may stand behind it. */
static enum line_result read_failed_login(struct log_facts *f, const struct log_line *line,
                                          struct slice text) {
    struct log_event *e = log_event_add(f, LOG_LOGIN, line);
    int times = slice_number(slice_between(text, "auth failed, ", " attempts"), NULL);
    e->times = times > 1 ? times : 1;
    struct slice head = before_last(text, ", rip=");
    struct slice rip = slice_from(text, head.len + 6);
    e->client_ip = slice_upto(rip, slice_find_char(rip, ','));
    struct slice user = slice_from(head, slice_find(head, SLICE("user=<")) + 6);
    user = before_last(user, ">, method=");
    if (user.len && user.ptr[user.len - 1] == '>')
        user.len--;
    e->user = user;
    return LINE_EVENT;
}

/* Of a process that takes logins, not of one that repeats what a client calls himself or his program, or a
 * message or folder is called. */
static bool is_failed_login(struct slice text) {
    static const struct slice repeated =
        SLICE(" times: [ "); /* "message repeated 2 times: [ imap-login: …" */
    struct slice inner = slice_from(text, slice_find(text, repeated) + repeated.len);
    text = starts(text, "message repeated ") ? inner : text;
    struct slice service = slice_upto(text, slice_find_char(text, ':'));
    return slice_ends_nocase(service, SLICE("-login")) && slice_has(text, "auth failed") &&
           !slice_has(text, ": ID sent: ");
}

/* "imap-login: Info: ", "lmtp(bob@example.org)<123><session>: Error: ": a line of Dovecot's own file
 * (log_path), which names no program. */
static bool is_own_file(struct slice text) {
    static const char *const services[] = {"auth",
                                           "auth-worker",
                                           "imap-login",
                                           "pop3-login",
                                           "submission-login",
                                           "lmtp",
                                           "lda",
                                           "managesieve-login",
                                           "imap",
                                           "pop3",
                                           "anvil",
                                           "master",
                                           "config",
                                           "managesieve"};
    static const char *const levels[] = {
        ": Info: ", ": Warning: ", ": Error: ", ": Fatal: ", ": Panic: ", ": Debug: "};
    size_t end = 0;
    while (end < text.len && (ascii_is_alnum(text.ptr[end]) || text.ptr[end] == '-'))
        end++;
    bool is_service = false;
    for (size_t i = 0; i < sizeof services / sizeof *services; i++)
        is_service |= slice_equal(slice_upto(text, end), slice_of(services[i]));
    if (!is_service || (end < text.len && text.ptr[end] != ':' && text.ptr[end] != '('))
        return false;
    struct slice rest = slice_from(text, slice_find(text, SLICE(": ")));
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (starts(rest, levels[i]))
            return true;
    return false;
}

static bool says_tls_failed(struct slice text) {
    return slice_has(text, "SSL_accept() failed") || slice_has(text, "TLS handshaking") ||
           slice_has(text, "SSL routines");
}

static enum line_result dovecot_read(struct log_facts *f, const struct log_line *line) {
    struct slice text = line->message;
    struct store_line d;
    if (!slice_starts_nocase(line->program, SLICE("dovecot")) && (line->program.len || !is_own_file(text)))
        return LINE_NOT_MINE;
    if (read_head(text, &d))
        return read_delivery(f, line, &d);
    size_t place = 0;
    struct slice before_user = slice_upto(text, slice_find(text, SLICE("user=<")));
    struct slice behind_user = slice_from(text, before_last(text, ", rip=").len);
    if (is_failed_login(before_user))
        return read_failed_login(f, line, text);
    if (slice_has(before_user, "Password mismatch") || slice_has(before_user, "unknown user"))
        return pass(f, "why a login fails: the line of the login process counts", line);
    if (says_tls_failed(before_user) || says_tls_failed(behind_user)) {
        log_event_add(f, LOG_TLS, line);
        return LINE_EVENT;
    }
    return pass_end(f, line, find_end(text, &place));
}

const struct dialect dialect_dovecot = {.name = "dovecot", .read = dovecot_read};
