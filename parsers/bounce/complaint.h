/* Feedback reports (RFC 5965). */
#ifndef MAILWHY_COMPLAINT_H
#define MAILWHY_COMPLAINT_H

#include "parsers/facts.h"

/* Read the fields of a message/feedback-report body into bounce->complaint, the recipients and the sender of
 * the returned message. */
void complaint_read(struct bounce *bounce, struct slice text, struct arena *arena);

#endif
