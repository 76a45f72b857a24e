/* What programs say in the comments of Received fields, and words that bear a meaning of their own. */
#ifndef MAILWHY_RECEIVED_COMMENT_H
#define MAILWHY_RECEIVED_COMMENT_H

#include "parsers/facts.h"

enum clause { IN_NOTHING, IN_FROM, IN_BY, IN_VIA, IN_WITH, IN_ID, IN_FOR, IN_DATE };

/* Read a comment, which stands in the from clause (then it is about the client), the by clause (about the
 * server) or elsewhere, into `hop`. Returns whether it names a user: what looks like another one directly
 * behind it may be the end of that name. */
bool received_comment(struct hop *hop, enum clause clause, struct slice comment, struct arena *arena);

/* A word outside comments that bears its own meaning, as "auth=yes" or "envelope-from <a@b>"; `next` is
 * taken when the word needs a second one. Returns whether it did. */
bool received_word(struct hop *hop, struct slice word, struct slice next);

/* An address as it stands there: in brackets or bare, with a port behind it or inside. */
bool received_address(struct slice word, struct ip *ip, struct slice *text, struct slice *port);

#endif
