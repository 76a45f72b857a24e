/* Delivery status reports (RFC 3464, RFC 6533). */
#ifndef MAILWHY_DSN_H
#define MAILWHY_DSN_H

#include "parsers/facts.h"

/* Read the fields of a message/delivery-status body into `bounce`: they add to what it has. `first_line` is
 * the number of the first line of `text`, 0: not known. The recipients are not found by address before
 * recipients_index. */
void dsn_read(struct bounce *bounce, struct slice text, unsigned first_line, struct arena *arena);

#endif
