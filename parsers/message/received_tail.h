/* What stands in a Received field behind its client: notes on the session, by, with, id, for, the date. */
#ifndef MAILWHY_RECEIVED_TAIL_H
#define MAILWHY_RECEIVED_TAIL_H

#include "parsers/base/slice.h"

enum tail_kind {
    TAIL_OF_CLIENT,  /* a client stands before it */
    TAIL_OF_SESSION, /* the same, and notes on the session may follow: "(using TLSv1.3 …)" */
    TAIL_OF_LOCAL    /* it is the whole field: "by host …", "(qmail 28454 invoked by uid 48); …" */
};

/* Does the inside of a comment begin as a note on the session does? */
bool received_is_note(struct slice comment);

/* With a name under which the client has logged in, or that its certificate bears? */
bool received_is_login(struct slice comment);

/* Is it as programs write it, up to its last byte: each clause once, comments closed, addresses whole, and a
 * date at the end? With `is_plain`, also without quoted local parts. */
bool received_tail_is_whole(struct slice tail, enum tail_kind kind, bool is_plain);

#endif
