/* What is known of pieces that are put together: of which logs they are, so that none counts twice; with
 * which rules and filters they were made; and how many events they handed on, so that none is lost on the way
 * (docs/decisions/0011-stages.md). */
#ifndef MAILWHY_PIECES_H
#define MAILWHY_PIECES_H

#include "parsers/base/slice.h"

#include <glib.h>
#include <stdint.h>

#define LOG_HEAD 4096 /* bytes by which logs are told apart */

struct log_identity {
    uint64_t head;  /* of its first LOG_HEAD bytes: hash_alike */
    uint64_t begin; /* of its first line, of no more than these; it is that of a log's beginning, too */
    uint64_t bytes;
};

struct event_account { /* adds up; the sums are of the events' own checks */
    uint64_t written, written_sum, read, read_sum;
};

struct pieces {        /* all zero: none */
    GArray *logs;      /* struct log_identity, of all pieces so far; NULL: none */
    GHashTable *heads; /* of these: head → its place + 1; NULL: not needed yet */
    char *filters;     /* of the first piece, in words; NULL: none was read */
    struct event_account events;
};

void pieces_free(struct pieces *pieces);

/* Bytes of a log were read, in order; `log` is its number. Logs of no bytes are none. */
void pieces_note_bytes(struct pieces *pieces, unsigned log, struct slice bytes);

/* Is one of these logs among those of the pieces so far? */
enum piece_met {
    PIECE_NEW,
    PIECE_KNOWN,   /* all of them are */
    PIECE_OVERLAPS /* some are, or one begins as another one does: what both have counts twice */
};
enum piece_met pieces_meet(struct pieces *pieces, const GArray *logs);
void pieces_add(struct pieces *pieces, const GArray *logs);

/* Were all events read that were written, and no others? False: `*problem` is text, to be freed. */
bool pieces_are_whole(const struct pieces *pieces, char **problem);

#endif
