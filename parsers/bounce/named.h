/* Of whom a report is, where its formats do not say it all: addresses in its header, in its text and in what
 * it returns; and what those that it names are called for good. */
#ifndef MAILWHY_NAMED_H
#define MAILWHY_NAMED_H

#include "parsers/message/message.h"
#include "parsers/rules/matcher.h"

/* One message while it is read. */
struct reading {
    struct bounce *b;
    struct message *m;
    struct matcher *matcher;
    struct arena *arena;
    const struct part *report, *human;
    struct slice text; /* the whole text for people; b->human is what of it is the report */
    struct slice own;  /* the same without the copy of the mail that it may return */
    struct slice returned;
    unsigned text_line;  /* of the text's first line; 0: not known */
    bool is_bare_status; /* there is nothing but fields of a report */
};

/* The value of a field of the report's own header. */
struct slice named_field(struct reading *r, struct slice name);

/* To whom the report itself is sent. */
struct slice named_addressee(struct reading *r);

/* Does a mail system write from it? */
bool named_is_daemon(struct slice address);

/* Recipients that the header names (Exim, Gmail). */
void named_add_failed(struct reading *r);

/* Of what a text names, the report's own addressee is no recipient of the mail that came back. */
void named_drop_own(struct reading *r);

void named_add_in_text(struct reading *r); /* every address of its own words */
void named_add_returned(struct reading *r);
void named_add_sender(struct reading *r);

/* Whose mailbox asks to be confirmed: who writes, where the words name that address too; else it may be the
 * service's own. */
void named_add_challenger(struct reading *r);

/* Who is it about, where the report does not say? */
void named_find(struct reading *r);

/* What is said of each, and their addresses where the report gives a file, a pipe, a channel or a name alone.
 */
void named_fill_gaps(struct reading *r);

#endif
