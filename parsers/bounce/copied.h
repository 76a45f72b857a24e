/* Where a report that is only text ends and the message begins that it returns: the words behind that line
 * are the sender's, not the report's. */
#ifndef MAILWHY_COPIED_H
#define MAILWHY_COPIED_H

#include "parsers/base/slice.h"

/* The text up to the line that says that a copy follows, and with it; all of it where no line does. What
 * follows is put into *copy. */
struct slice text_before_copy(struct slice text, struct slice *copy);

/* The same, without what follows. */
struct slice text_without_copy(struct slice text);

#endif
