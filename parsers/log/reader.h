/* Mail logs, line by line: what each says of a message. A log is read in chunks of whole lines, each by
 * itself (time stamps, hosts and dialects are found out anew), so that threads may read it side by side.
 * Nothing is joined here: see analyze/deliveries. */
#ifndef MAILWHY_LOG_READER_H
#define MAILWHY_LOG_READER_H

#include "parsers/log/dialects.h"
#include "parsers/log/frame.h"
#include "parsers/log/log_facts.h"

#define LIMIT_LOG_LINE ((size_t)256 << 10) /* bytes of a line that are read */

struct log_reader { /* all zero before its first chunk; facts.wants_stories may be set */
    struct log_facts facts;
    struct frames frames;
    uint64_t lines, cut, dialect_lines[LOG_DIALECTS]; /* of the chunk; cut: lines that were too long */
    uint64_t records;        /* of the chunk: lines that are not empty, or what stands in several of them */
    int64_t first, last;     /* times of its lines; -1: none */
    int first_offset;        /* of the zone that the line at `first` names; 0: it names none */
    size_t last_dialect;     /* the number of facts.last_dialect */
    size_t above, above_end; /* the events of the line above */
    bool is_queue;           /* the file is the listing of a queue */
    bool is_newest_first;    /* the newest line stands first, and the events were turned round */
};

struct log_input {
    struct slice bytes;            /* whole lines */
    struct slice header;           /* the first lines of the file, which may name the columns of a table */
    int64_t now;                   /* when the file was last written */
    uint64_t number;               /* of the chunk */
    const struct log_clock *clock; /* NULL: stamps without zone or year are UTC, and of the latest year */
    bool is_newest_first;          /* it is known of the whole file that its newest line stands first */
};

/* Read a chunk. Its events stand in reader->facts until the next call and point into the bytes. */
void log_read(struct log_reader *reader, const struct log_input *input);
void log_reader_free(struct log_reader *reader);

#define LIKELY_BYTES                                                                                         \
    ((size_t)16 << 10) /* in which it must show that it is one; most do in the first 4 KiB                   \
                        */

/* Does it begin with a field of a message? Then it is no log, and no dialect need be tried on it. */
bool log_begins_as_message(struct slice bytes);

/* Does it look like a mail log? For inputs whose kind is not said. */
bool log_is_likely(struct slice bytes);

#endif
