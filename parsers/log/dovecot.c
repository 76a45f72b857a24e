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

/* What Pigeonhole and lib-lda say of a mail that was not stored. */
static const struct {
    const char *words;
    enum log_status status;
    bool is_refused; /* by LMTP: the MTA's line has the words, and no session */
} ends[] = {{"marked message to be discarded", LOG_DISCARDED, false},
            {"discarded message", LOG_DISCARDED, false},
            {"rejected message from", LOG_BOUNCED, false},
            {"save failed to ", LOG_BOUNCED, true}};

static enum line_result read_delivery(struct log_facts *f, const struct log_line *line,
                                      const struct store_line *d) {
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t at = slice_find_nocase(d->text, slice_of(ends[i].words));
        if (at == d->text.len)
            continue;
        struct slice words = slice_from(d->text, at);
        size_t reason = ends[i].is_refused ? slice_find(words, SLICE(": ")) : words.len;
        struct log_event *e = log_event_add(f, LOG_VERDICT, line);
        e->try_id = log_verdict_id(f, ends[i].is_refused ? d->user : d->session);
        e->recipient = d->user;
        e->status = (unsigned char)ends[i].status;
        e->text = reason < words.len ? slice_from(words, reason + 2) : words;
        return LINE_EVENT;
    }
    if (slice_has(d->text, "saved mail to") || slice_has(d->text, "stored mail into"))
        return pass(f, "a mail that was stored", line);
    if (slice_has(d->text, "forwarded to") || slice_has(d->text, "redirect"))
        return pass(f, "a mail that Sieve passed on", line);
    return pass(f, "a session or notice", line);
}

/* "imap-login: … (auth failed, 3 attempts in 5 secs): user=<kim>, method=PLAIN, rip=192.0.2.7, …" */
static enum line_result read_failed_login(struct log_facts *f, const struct log_line *line,
                                          struct slice text) {
    struct log_event *e = log_event_add(f, LOG_LOGIN, line);
    int times = slice_number(slice_between(text, "auth failed, ", " attempts"), NULL);
    e->times = times > 1 ? times : 1;
    e->user = slice_between(text, "user=<", ">");
    struct slice rip = slice_from(text, slice_find(text, SLICE(", rip=")) + 6);
    e->client_ip = slice_upto(rip, slice_find_char(rip, ','));
    return LINE_EVENT;
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

static enum line_result dovecot_read(struct log_facts *f, const struct log_line *line) {
    struct slice text = line->message;
    struct store_line d;
    if (!slice_starts_nocase(line->program, SLICE("dovecot")) && (line->program.len || !is_own_file(text)))
        return LINE_NOT_MINE;
    if (read_head(text, &d))
        return read_delivery(f, line, &d);
    if (slice_has(text, "auth failed"))
        return read_failed_login(f, line, text);
    if (slice_has(text, "Password mismatch") || slice_has(text, "unknown user"))
        return pass(f, "why a login fails: the line of the login process counts", line);
    if (slice_has(text, "SSL_accept() failed") || slice_has(text, "TLS handshaking") ||
        slice_has(text, "SSL routines")) {
        log_event_add(f, LOG_TLS, line);
        return LINE_EVENT;
    }
    if (slice_has(text, "saved mail to") || slice_has(text, "stored mail into"))
        return pass(f, "a mail that was stored", line);
    if (slice_has(text, "forwarded to") || slice_has(text, "redirect"))
        return pass(f, "a mail that Sieve passed on", line);
    return pass(f, "a session or notice", line);
}

const struct dialect dialect_dovecot = {.name = "dovecot", .read = dovecot_read};
