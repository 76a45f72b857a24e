/* Letters that look like others are these, before anything is hidden. */
#ifndef MAILWHY_REDACT_PLAIN_H
#define MAILWHY_REDACT_PLAIN_H

#include "parsers/base/arena.h"

/* A text as it is searched: full-width letters and the like (NFKC) are the letters that they look like. The
 * text is valid UTF-8; what is returned is it, or stands in the arena. */
struct slice redact_plain(struct slice text, struct arena *arena);

#endif
