/* Mailboxes: mbox files (RFC 4155 and the older habits). */
#ifndef MAILWHY_MAILBOX_H
#define MAILWHY_MAILBOX_H

#include "parsers/base/slice.h"

/* Does it begin as an mbox does: with a line "From sender date"? */
bool is_mbox(struct slice bytes);

/* Take the next message off an mbox; *line is kept at the number of the first line of *rest.
 * The "From " line is not part of the message. */
bool mbox_next(struct slice *rest, unsigned *line, struct slice *message, unsigned *first_line);

#endif
