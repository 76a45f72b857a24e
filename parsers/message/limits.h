/* What a hostile message may cost. A message within these limits is given to the MIME parser as it
 * is; of any other a bounded copy is read, and a problem says what was left out. What one field may cost
 * stands in field_limits.h. */
#ifndef MAILWHY_MESSAGE_LIMITS_H
#define MAILWHY_MESSAGE_LIMITS_H

#include "parsers/facts.h"

#define LIMIT_HEADER_LINE  ((size_t)256 << 10) /* longer lines of a header are cut */
#define LIMIT_HEADER_LINES 100000              /* of all headers in the message together */
#define LIMIT_PARTS        10000               /* MIME parts */
#define LIMIT_NESTING      1024                /* GMime's own: deeper parts are not opened */

struct bounded_message {
    struct slice bytes; /* what is read: the input, or a copy in the arena that is cut. Line ends are kept, so
                           lines count the same in both */
    struct slice for_mime; /* the same bytes at the same places, for the MIME parser: blanks stand where a
                              field goes beyond its limits. A copy only where there is such a field */
};

struct bounded_message message_within_limits(struct slice bytes, struct arena *arena,
                                             struct problem_list *problems);

#endif
