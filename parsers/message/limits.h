/* What a hostile message may cost. A message within these limits is given to the MIME parser as it
 * is; of any other a bounded copy is read, and a problem says what was left out. */
#ifndef MAILWHY_MESSAGE_LIMITS_H
#define MAILWHY_MESSAGE_LIMITS_H

#include "parsers/facts.h"

#define LIMIT_HEADER_LINE  ((size_t)256 << 10) /* longer lines of a header are cut */
#define LIMIT_HEADER_LINES 120000              /* of all headers in the message together */
#define LIMIT_PARTS        10000               /* MIME parts */
#define LIMIT_NESTING      1024                /* GMime's own: deeper parts are not opened */

/* The bytes to parse: `bytes` itself, or a copy in the arena. Line ends are kept, so lines count
 * the same in both. */
struct slice message_within_limits(struct slice bytes, struct arena *arena, struct problem_list *problems);

#endif
