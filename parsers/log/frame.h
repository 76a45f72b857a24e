/* How a line of a log is wrapped, whoever wrote what stands in it. A frame is one layer: a header of syslog,
 * a record of the journal or of a container's log, a cell of a table, the mark of whoever pasted it. Each
 * takes its layer off and leaves the rest to the next, so that they nest. They are rows of a table in
 * frame.c; docs/dialects.md says where the form of each was seen. */
#ifndef MAILWHY_LOG_FRAME_H
#define MAILWHY_LOG_FRAME_H

#include "parsers/log/frame_kind.h"

/* Another chunk begins, of a file that begins with `header`: lines before a table's first row and colours are
 * found out there. */
void frames_begin(struct frames *frames, struct slice header, struct arena *arena);
void frames_free(struct frames *frames);

/* Take all frames off a line of one byte or more. What is not found is empty, and stands in the message: the
 * time is that of the innermost layer that names one, the host that of the innermost header that names one.
 * `line->text` is the innermost layer that begins with a time; without one, what stands in all layers.
 * Slices of `line` point into `text`, or into `arena` where a frame escapes its text. */
void frame_take(struct frames *frames, struct stamps *stamps, struct slice text, struct arena *arena,
                struct log_line *line);

#endif
