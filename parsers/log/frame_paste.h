/* Layers without a time of their own: what programs that show lines put in front of them, and what is left
 * around lines that somebody pasted. */
#ifndef MAILWHY_LOG_FRAME_PASTE_H
#define MAILWHY_LOG_FRAME_PASTE_H

#include "parsers/log/frame_kind.h"

frame_take_one paste_take_mark;   /* a byte order mark, a record separator (RFC 7464), "data: " (json-sse) */
frame_take_one paste_take_margin; /* blanks, "> " of a quotation */
frame_take_one paste_take_quotes; /* "…", as a string of JSON or a cell */
frame_take_one paste_take_emphasis; /* "*Nov 24 09:14:07* …", "`Nov 24 …" of Markdown */
frame_take_one paste_take_sign;     /* "[CODE]Nov 24 …", "# 2026-11-24 …", "- Nov 24 …" */
frame_take_one paste_take_row;    /* "| Nov 24 09:14:07 | mail | … |", as mysql and Markdown draw tables */
frame_take_one paste_take_count;  /* "83 <22>1 …": RFC 6587 section 3.4.1 */
frame_take_one paste_take_field;  /* "\"message\" => \"Nov 24 …\"," of Logstash's rubydebug */
frame_take_one paste_take_stream; /* "stdout F …" of CRI, behind its time */
frame_take_one paste_take_place;  /* "mail.log:12:…" of grep, "    12\t…" of cat -n */

/* Does a line begin there, of those that begin with a time? */
bool paste_begins_a_line(const struct framing *framing, struct slice text);

/* The line without what colours it on a terminal (ECMA-48 section 5.4: CSI sequences), in the arena where
 * there is any. */
struct slice paste_without_colours(struct slice text, struct arena *arena);

#endif
