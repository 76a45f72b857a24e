/* What a frame is: a function that takes one layer off, and what it may remember from line to line. */
#ifndef MAILWHY_LOG_FRAME_KIND_H
#define MAILWHY_LOG_FRAME_KIND_H

#include "parsers/base/arena.h"
#include "parsers/log/frame_keys.h"
#include "parsers/log/table.h"

/* Of a table of which a column holds lines. */
struct frame_columns {
    bool is_table;      /* it is one, and has such a column */
    struct slice names; /* its first line */
    struct table table;
};

#define FRAME_DEPTH 8 /* layers that are taken off one line; what is inside of more stays as it is */

struct frames {                     /* all zero: no header is known */
    char prefix[96];                /* of the last header of syslog: time stamp and host, up to the program */
    size_t prefix_len, prefix_host; /* prefix_host: where the host begins */
    int64_t prefix_time;
    char stamp[40]; /* of the last line of Exim's own log, with the blank behind it */
    size_t stamp_len;
    int64_t stamp_time;
    unsigned char last[FRAME_DEPTH]; /* which frame each layer of the last line was, from 1: tried first */
    struct frame_columns columns;    /* of a file that is a table of lines */
    bool is_altered;                 /* its lines are not as they were written, for one of these holds: */
    bool has_escapes;                /* of a terminal */
    bool has_cells; /* empty cells stand behind the lines, of the table as which somebody kept the file */
    bool has_wide_blanks; /* U+00A0 for blanks, as pages have it */
    bool is_flush;        /* of Exim's own log, whose lines have no margin: what begins with a blank there was
                             written by whoever sent the mail of which the header is shown */
    struct slice service; /* the container of which alone the start of the file has lines, most of them of a
                             mail system, without a number behind its name; empty: of several, or of none */
    bool is_direct;       /* a mail system writes into this file itself: what other programs carry there was
                             sent to them */
    char name[128];       /* of the container that was asked about last, and whether it is believed */
    size_t name_len;
    bool is_believed;
    struct json_nodes nodes; /* of the record that is read; owned */
};

struct framing {
    struct frames *frames;
    struct stamps *stamps;
    struct arena *arena;
    size_t depth; /* of the layer: 0 is the outermost */
};

/* Take one layer off line->message, and note what it says of time, host and program. False, and nothing
 * changed: it does not begin with such a layer. */
typedef bool frame_take_one(const struct framing *framing, struct log_line *line);

#endif
