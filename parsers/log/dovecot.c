/* Dovecot: what it stores (LMTP, Sieve) the MTA in front of it counts as delivered already; here are counted
 * the logins that failed and the connections that were lost. */
#include "parsers/log/dialect.h"

static enum line_result dovecot_read(struct log_facts *f, const struct log_line *line) {
    struct slice text = line->message;
    if (!slice_starts_nocase(line->program, SLICE("dovecot")))
        return LINE_NOT_MINE;
    if (slice_has(text, "auth failed") || slice_has(text, "Password mismatch") ||
        slice_has(text, "unknown user")) {
        log_event_add(f, LOG_LOGIN, line);
        return LINE_EVENT;
    }
    if (slice_has(text, "SSL_accept() failed") || slice_has(text, "TLS handshaking") ||
        slice_has(text, "SSL routines")) {
        log_event_add(f, LOG_TLS, line);
        return LINE_EVENT;
    }
    if (slice_has(text, "saved mail to") || slice_has(text, "stored mail into"))
        return log_pass(f, &dialect_dovecot, "a mail that was stored", line);
    if (slice_has(text, "forwarded to") || slice_has(text, "redirect"))
        return log_pass(f, &dialect_dovecot, "a mail that Sieve passed on", line);
    return log_pass(f, &dialect_dovecot, "a session or notice", line);
}

const struct dialect dialect_dovecot = {.name = "dovecot", .read = dovecot_read};
