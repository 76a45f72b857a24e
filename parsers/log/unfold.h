/* Lines that a mail program or a page broke where somebody pasted them. Only what no line of a log can be is
 * put together: one that ends before what it must say, and behind it lines that begin as none does. A small
 * file is one chunk, so that nothing depends on where it is cut. */
#ifndef MAILWHY_UNFOLD_H
#define MAILWHY_UNFOLD_H

#include "parsers/base/arena.h"
#include "parsers/log/stamp.h"

/* How the lines of a paste were broken. */
struct unfold {
    int64_t now;     /* for stamps */
    bool has_stamps; /* its lines begin with one */
    size_t
        width; /* of the terminal that broke them wherever they stood then; 0: they were broken at blanks */
};

struct unfold unfold_begin(struct slice text, int64_t now);

/* Up to where the line of `len` bytes at the start of `rest` goes on; `len` where it is whole. */
size_t unfold_length(const struct unfold *unfold, struct slice rest, size_t len);

/* Where another line begins in this one, because the end of the line above it was lost: one of syslog, behind
 * a blank only of the same host and program, or one of Exim in one of Exim; line.len: nowhere. Whoever writes
 * into a log may write such words, so it is not to be believed. */
size_t unfold_joined(struct slice line, int64_t now);

/* It in one line, without what marks a quotation. */
struct slice unfold_text(const struct unfold *unfold, struct slice lines, struct arena *arena);

#endif
