/* How a line of a log is wrapped, whoever wrote what stands in it: syslog's lines (RFC 3164 and RFC 5424,
 * with or without their priority), multilog's ("@4000…"), a bare time stamp, or a record of the journal. */
#ifndef MAILWHY_LOG_FRAME_H
#define MAILWHY_LOG_FRAME_H

#include "parsers/base/arena.h"
#include "parsers/log/line.h"
#include "parsers/log/stamp.h"

struct frames {                     /* all zero at the beginning of a chunk */
    char prefix[96];                /* of the last line: time stamp and host, up to the program */
    size_t prefix_len, prefix_host; /* prefix_host: where the host begins */
    int64_t prefix_time;
};

/* Take the frame off a line of one byte or more. What is not found is empty, and stands in the message.
 * Slices of `line` point into `text`, or into `arena` where the frame escapes its text. */
void frame_take(struct frames *frames, struct stamps *stamps, struct slice text, struct arena *arena,
                struct log_line *line);

#endif
