/* HTML as text. */
#ifndef MAILWHY_HTML_TEXT_H
#define MAILWHY_HTML_TEXT_H

#include "parsers/base/arena.h"

/* Elements inside more others than these hide nothing, and are not known to be open; their text is read. */
#define LIMIT_HTML_NESTING 256

/* What a person would read of an HTML part, as clean UTF-8: white space folded, a line for each block, an
 * empty line between paragraphs, a blank between the cells of a table, <br> as a line end; comments, scripts,
 * styles, titles and hidden elements left out. A text without any tag that is known keeps its lines and its
 * words in angle brackets: it is plain text with the wrong label. Linear in time and memory; nothing is ever
 * loaded or run. */
struct slice html_to_text(struct arena *arena, struct slice html);

#endif
