/* What the words of programs around a refusal tell of it. */
#ifndef MAILWHY_TOLD_H
#define MAILWHY_TOLD_H

#include "parsers/base/arena.h"

/* The command that was refused, canonical ("RCPT TO"), by the first words in the text that tell one: names of
 * exceptions, frames of a stack, what programs write. Empty: none does. */
struct slice told_command(struct slice text);

/* The host that refused, by the first label that names one ("Remote-MTA: dns; mx.example.org"). Points into
 * the text; empty: none does. */
struct slice told_host(struct slice text);

/* The server that a mail program sends through, by its settings ("host: 'smtp.example.com'", "MAIL_HOST=…"),
 * or by words ("to send mail via smtp.example.com"), where one only is named. Points into the text; empty:
 * not told. */
struct slice told_outgoing(struct slice text);

/* The recipient whom it is about, by the first words that name one ("to=<bob@example.org>"). Points into the
 * text; empty: none does. */
struct slice told_recipient(struct slice text);

/* Where somebody's words say that the mail is forwarded ("mail forwarding", "wird weitergeleitet"); empty:
 * they do not. Points into the text. */
struct slice told_forwarding(struct slice text);

/* Does a server's own line tell that it did not take what a client sent ("NOQUEUE: reject: RCPT from …")? */
bool told_refused_here(struct slice text);

#endif
