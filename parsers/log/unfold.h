/* Lines that a mail program or a page broke where somebody pasted them. Only what no line of a log can be is
 * put together: one that ends before what it must say, and behind it lines that begin as none does. A small
 * file is one chunk, so that nothing depends on where it is cut. */
#ifndef MAILWHY_UNFOLD_H
#define MAILWHY_UNFOLD_H

#include "parsers/base/arena.h"
#include "parsers/log/stamp.h"

/* Up to where the line of `len` bytes at the start of `rest` goes on; `len` where it is whole. `now` is for
 * stamps. */
size_t unfold_length(struct slice rest, size_t len, int64_t now);

/* It in one line, without what marks a quotation. */
struct slice unfold_text(struct slice lines, struct arena *arena);

#endif
