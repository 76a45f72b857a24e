/* Whom a server could mean when it answered a command: until RCPT TO it knows no recipient (RFC 5321 section
 * 3.3), and what it answers to AUTH is about one's own account (RFC 4954). */
#ifndef MAILWHY_STAGE_H
#define MAILWHY_STAGE_H

#include "parsers/base/slice.h"

/* The cause that words of `cause` have as the answer to `command`: "user unknown" in reply to MAIL FROM is
 * said of the sender, "user is locked" in reply to AUTH of who logs in. NULL: the cause may stand. */
const char *stage_cause(struct slice command, const char *cause);

#endif
