/* What a reply denies: "the mailbox is not full; it was deactivated", "DKIM is fine, but SPF failed". A
 * clause that only says what is not the reason would be read as the reason by rules that look for its words.
 */
#ifndef MAILWHY_DENIED_H
#define MAILWHY_DENIED_H

#include "parsers/base/arena.h"

/* The text with blanks in place of such clauses; the text itself where it has none, or where too little would
 * be left. The first 8 KB are looked at. Linear. */
struct slice without_denied(struct slice text, struct arena *arena);

#endif
