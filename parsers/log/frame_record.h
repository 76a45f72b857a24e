/* Records of several lines: the journal's export format (systemd.io/JOURNAL_EXPORT_FORMATS), and JSON
 * whose objects are printed over several lines, follow each other without a line end, or stand in a list, and
 * the listings of queues (queue_list.h). */
#ifndef MAILWHY_LOG_FRAME_RECORD_H
#define MAILWHY_LOG_FRAME_RECORD_H

#include "parsers/log/frame_kind.h"

enum record_form {
    RECORD_LINE,    /* each line is one */
    RECORD_EXPORT,  /* lines "FIELD=value", up to an empty one */
    RECORD_COUNTED, /* each with its length in front, and no line end behind it (RFC 6587 section 3.4.1) */
    RECORD_VERBOSE, /* `journalctl -o verbose`: a line with the time, and indented ones "FIELD=value" */
    RECORD_STRING,  /* strings of a list of JSON, also as Loki answers: ["1795511647000000000","line"] */
    RECORD_OBJECT,  /* objects of JSON, wherever they begin and end */
    RECORD_QUEUE    /* entries of a queue's listing, and lines around them */
};

/* What a file that begins with `header` is made of. */
enum record_form record_form_of(struct slice header);

/* How many bytes at the start of `bytes`, where a record begins, are whole records; not for RECORD_LINE. */
size_t record_whole(enum record_form form, struct slice bytes);

/* Where a record is longer than `bytes`, which are all its own: where it is taken up again. */
struct record_cut {
    size_t used; /* of the bytes: behind them stands the beginning of a field */
    uint64_t
        missing;  /* bytes behind them that are still of a field with line ends in it, whatever they say */
    bool is_open; /* the rest of a line is still of it */
};
struct record_cut record_cut_of(enum record_form form, struct slice bytes);

/* Take the next record off `rest`; false at its end. */
bool record_next(enum record_form form, struct slice *rest, struct slice *record);

/* The frame of a record of RECORD_EXPORT or RECORD_VERBOSE. */
frame_take_one record_take;

#endif
