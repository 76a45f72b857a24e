/* Reports that receivers send to the owner of a domain: DMARC aggregate reports (RFC 7489 appendix C, RFC
 * 9990) and TLS reports (RFC 8460), bare or in a mail, plain, gzip or zip. */
#ifndef MAILWHY_FEEDBACK_H
#define MAILWHY_FEEDBACK_H

#include "parsers/feedback/feedback_facts.h"
#include "parsers/message/message.h"

/* The report that a message carries, or that `bytes`, of which it was made, are themselves; false: there is
 * none. Problems go to the message's. */
bool feedback_read(struct feedback *feedback, struct slice bytes, struct message *message);

/* Are the bytes a report without a mail around it, or may be one: a zip file, XML or JSON that begins so? */
bool feedback_is_bare(struct slice bytes);

#endif
