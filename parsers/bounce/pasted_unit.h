/* What belongs together in a text that somebody pasted: a paragraph, or a line of a log. */
#ifndef MAILWHY_PASTED_UNIT_H
#define MAILWHY_PASTED_UNIT_H

#include "parsers/base/slice.h"

/* The next of them; `rest` becomes what follows. A blank line ends one, a fence of Markdown ("```"), and the
 * next line of a log. Empty at the end of the text, and between two blank lines. */
struct slice pasted_unit_next(struct slice *rest);

/* A reply that a log or a list of a queue had in parentheses ("(host … said: 550 no)"), without the one that
 * closes them and an address behind it. */
struct slice pasted_unclosed(struct slice reply);

#endif
