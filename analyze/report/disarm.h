/* What a stranger wrote, for readers who follow links: nothing in it is taken for one by a program that shows
 * text, as mail programs and browsers do. "https://example.org/x" becomes "https[:]//example[.]org/x", and
 * the dots of any other name that could be a host's are bracketed too. Addresses of mailboxes stay. */
#ifndef MAILWHY_DISARM_H
#define MAILWHY_DISARM_H

#include "parsers/base/arena.h"

/* `text` is valid UTF-8; the result is `text` itself where it holds nothing of the sort. */
struct slice disarm(struct slice text, struct arena *arena);

#endif
