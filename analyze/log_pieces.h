/* The pieces of logs that a process of a stage reads, one behind the other, as if each had a process of its
 * own: what was counted of them is merged already (docs/decisions/0011-stages.md). */
#ifndef MAILWHY_LOG_PIECES_H
#define MAILWHY_LOG_PIECES_H

#include "parsers/base/slice.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct log_piece {
    uint64_t from, to; /* the lines that begin in these bytes; `to` 0: all of the file. Of "-" its next bytes,
                          all that are between */
    unsigned place;    /* among the pieces of all, in whose order its events stand */
    int64_t after;     /* the time of the latest line of the file's pieces before it, since the epoch */
    int64_t written;   /* when it was last written, since the epoch; 0: the file says it */
    const char *same_as, *start_of; /* another log that says all of it, which is left out; NULL: none */
    const char *name;               /* of the log, as reports tell it */
    const char *path;               /* where it is read; "-": from standard input, which brings several */
};

struct log_pieces { /* all zero: none */
    GArray *pieces; /* struct log_piece */
    char *bytes;    /* of their texts */
};

/* Nine texts for each piece, each with a byte 0 at its end: from, to, place, after, written, "" or "same-as"
 * or "start-of", the other log's name, its own name, its path. Takes `bytes`, which g_malloc gave. False:
 * they make no sense. */
bool log_pieces_read(struct log_pieces *pieces, char *bytes, size_t len);
void log_pieces_free(struct log_pieces *pieces);

#endif
