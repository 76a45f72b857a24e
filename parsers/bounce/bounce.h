/* What a message says about a delivery: RFC 3464 and 6533 reports, feedback reports (RFC 5965),
 * and bounces, auto-replies and challenges that are told by their text alone. */
#ifndef MAILWHY_BOUNCE_H
#define MAILWHY_BOUNCE_H

#include "parsers/message/message.h"
#include "parsers/rules/matcher.h"

/* Read all that `message` says. bounce->kind is KIND_MESSAGE for ordinary mail. */
void bounce_read(struct bounce *bounce, struct message *message, struct matcher *matcher);

#endif
