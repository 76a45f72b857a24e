/* Feedback reports (RFC 5965). */
#ifndef MAILWHY_COMPLAINT_H
#define MAILWHY_COMPLAINT_H

#include "parsers/facts.h"

/* Read the fields of a message/feedback-report body into bounce->complaint, the recipients and the sender of
 * the returned message. */
void complaint_read(struct bounce *bounce, struct slice text, struct arena *arena);

/* The same of lines in a text for people, "Name: value" with blanks before them, up to a line that begins
 * with
 * "--": what follows was returned. Where it is about DMARC the type is that of an authentication failure. */
void complaint_read_text(struct bounce *bounce, struct slice text, struct arena *arena);

#endif
