/* Logs whose newest line stands first, and that are read from their beginning on all the same, since they are
 * compressed, come by a pipe or hold records of several lines: each chunk is turned round by itself, so that
 * mails whose lines stand in two of them are joined in the wrong order. It is found out to be told. */
#ifndef MAILWHY_BACKWARD_H
#define MAILWHY_BACKWARD_H

#include "parsers/log/cutter.h"
#include "parsers/log/reader.h"

#define BACKWARD_BYTES ((size_t)64 << 10) /* of a chunk that are looked at */

struct backward {  /* of a file; all zero: nothing of it was read */
    bool is_known; /* that it is none, or it was told */
    bool has_begun;
    int64_t oldest; /* of the lines at its beginning */
};

/* What stands at the beginning of the file's next chunk, of the first two. True, once: the newest line stands
 * first in both, and the second one has older ones. */
bool backward_is_shown(struct backward *backward, struct log_reader *reader, const struct log_chunk *chunk);

extern const char backward_words[]; /* what to tell then */

#endif
