/* A mail that somebody attached to another one: as a message (RFC 2046 section 5.2.1), or as a file of which
 * no more is said than that it is bytes, as web mailers and ticket systems attach what was saved as .eml. */
#ifndef MAILWHY_ATTACHED_H
#define MAILWHY_ATTACHED_H

#include "parsers/message/message.h"

#define MOST_ATTACHED 8 /* parts that are looked at */

/* The first mail among the parts behind *part (NULL: all) that is the message's own attachment, parsed into
 * `mail`. *part becomes where it stood. Lines are those of the message around it; where it was encoded,
 * mail->first_line is 0, and no line of it means anything. False: there is none. */
bool attached_next(struct message *message, const struct part **part, struct message *mail);

#endif
