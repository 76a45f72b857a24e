/* What was pasted, as a person reads it. */
#ifndef MAILWHY_PASTED_TEXT_H
#define MAILWHY_PASTED_TEXT_H

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* The text without links around addresses (page_links.h), and without tags and references of HTML, where it
 * holds any, or the marks of a mail program that quoted it. */
struct slice pasted_text(struct slice text, struct arena *arena);

/* The same for looking for a reply among its words: lines that were folded are joined, marks of Markdown are
 * quotes or nothing, and a code has its place on a line: "error (554): 5.7.1 no" is "error: 554 5.7.1 no". A
 * copy, never to be shown as what was pasted. */
struct slice pasted_plain(struct slice text, struct arena *arena);

#endif
