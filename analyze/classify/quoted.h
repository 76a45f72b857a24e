/* What a reply quotes of the mail in quotation marks: its subject, names and local parts of addresses, the
 * command that it answers; and lines of it behind a colon and "> ". Whoever sent it chose these words, so no
 * rule may take them for the reason. */
#ifndef MAILWHY_QUOTED_H
#define MAILWHY_QUOTED_H

#include "parsers/base/arena.h"

/* The text with blanks in place of such words, up to such lines; the text itself where it quotes none.
 * Linear. */
struct slice without_quoted(struct slice text, struct arena *arena);

#endif
