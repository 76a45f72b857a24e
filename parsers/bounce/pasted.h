/* A text that is no mail but tells of one: a program's error, a session of SMTP, a sentence of a customer
 * with a reply in it. */
#ifndef MAILWHY_PASTED_H
#define MAILWHY_PASTED_H

#include "parsers/bounce/about_mail.h"

struct pasted {
    struct slice reply;   /* with its code; lines of one reply joined by line ends */
    struct slice command; /* that it answers, canonical ("RCPT TO"); empty: not told */
    bool
        is_anchored; /* a form of a known program, or of a session, marks it; else it is the strongest line */
};

/* Find the reply that refuses in `text`; false: there is none. Linear, whatever the bytes. */
bool pasted_read(struct pasted *pasted, struct slice text, struct arena *arena);

/* Is each line of the text a reply of its own? Then several begin with a code that refuses, and next to none
 * is part of a session or goes on from the one before. */
bool pasted_is_list(struct slice text);

/* Does a header, such as a message was read to have, hold a field that mail has? */
bool pasted_header_is_mail(struct slice header);

/* Does it hold one that stands in mail beside those, so that it may be a part of a header? */
bool pasted_header_may_be_mail(struct slice header);

/* Does the text begin with a header in which a field stands that servers write ("Received", "Return-Path")?
 */
bool pasted_begins_as_mail(struct slice text);

/* Does it begin with labels and values as panels of mail systems show them ("Sender: …", "Result: … 550 no"),
 * of which some have names that fields of mail have too? Then a refusal stands among them, and no field that
 * a mail system writes. Or with what Outlook shows in the place of a header, with a refusal behind it? */
bool pasted_is_labels(struct slice text);

#endif
