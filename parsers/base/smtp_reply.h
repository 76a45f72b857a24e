/* Replies of SMTP servers (RFC 5321 section 4.2), with enhanced status codes (RFC 3463). */
#ifndef MAILWHY_SMTP_REPLY_H
#define MAILWHY_SMTP_REPLY_H

#include "parsers/base/arena.h"

/* What an SMTP server answered. */
struct reply {
    int code;             /* 0: none */
    int enhanced[3];      /* RFC 3463: class, subject, detail; class 0: none */
    struct slice text;    /* without codes, continuation lines joined; clean UTF-8 */
    struct slice command; /* the command that it answers, as "RCPT TO" */
};

/* A server's reply in text that may hold line ends, continuation lines and prefixes. */
void reply_parse(struct reply *reply, struct slice text, struct arena *arena);

/* The SMTP code at the start of `s`: three digits, of which the first is 2 to 5 (RFC 5321 section 4.2.1); 0:
 * there is none. */
int reply_code(struct slice s);

/* The same where a blank, a hyphen or nothing follows it, as on a line of a reply. */
int reply_line_code(struct slice s);

/* Is the number at `at` that of a port, as in "smtp.example.org, port: 587", or of a line of a program, as in
 * "mail.php:445"? Then it is no code. */
bool reply_is_other_number(struct slice s, size_t at);

/* An RFC 3463 code at the start of `s`; class 0 when there is none. Returns its length. */
size_t enhanced_parse(struct slice s, int code[3]);

/* An RFC 3463 code as text, "5.7.1"; empty where the class is 0. The first writes into `out`, to which the
 * slice points; what it wrote is terminated. */
#define ENHANCED_TEXT_SIZE 36
struct slice enhanced_write(const int code[3], char out[ENHANCED_TEXT_SIZE]);
struct slice enhanced_text(struct arena *arena, const int code[3]);

/* The canonical name of an SMTP command as reports write it ("rcpt to:<x>" → RCPT TO); empty when
 * it is none. */
struct slice command_canonical(struct slice s);

/* The same of a line that is a command as a client sends it (RFC 5321 section 4.1.1, RFC 3207, 3030, 4954),
 * and no sentence that begins with its word. */
struct slice command_typed(struct slice line);

#endif
