/* Which of several texts of logs are the same (a file named twice, a rotated one beside its .gz, one in an
 * archive too), and which stand whole at the beginning of another (a copy of a log that was written on). It
 * is told from what they say, whatever they are called. Texts that begin alike are read once or twice more,
 * in whole, and compared by SHA-256 (FIPS 180-4), so that nobody can write one that passes for another. */
#ifndef MAILWHY_LOG_REPEATS_H
#define MAILWHY_LOG_REPEATS_H

#include "parsers/log/stream.h"

#define REPEAT_LEAST 64 /* bytes by which two texts must begin alike */
#define REPEAT_MARKS 11 /* these, and twice as many each time */

struct repeat_text {
    uint64_t marks[REPEAT_MARKS]; /* hashes of its first 64, 128, … 65536 bytes */
    unsigned mark_count;          /* so many it has, of a shorter text one of all; 0: it is not compared */
    unsigned number;              /* its place among the texts */
    bool is_read, is_damaged;
    uint64_t length;
    unsigned char digest[32];     /* of all of it */
    const struct repeat_text *of; /* says all of it; NULL: none does */
    bool is_start;                /* that one says more behind it */
};

/* What the text begins with: its first 65536 bytes, or all; empty: it is not compared. */
void repeat_begin(struct repeat_text *text, struct slice start);

/* Opens a text by its number; false: it cannot be read. One is open at a time. */
struct repeat_reader {
    bool (*open)(void *context, unsigned number, struct stream *stream);
    void (*close)(void *context, unsigned number, struct stream *stream);
    void *context;
};

/* Sets `of` of each. Of texts that are the same the first one counts; one that is the beginning of several
 * belongs to the longest. */
void repeats_find(struct repeat_text **texts, unsigned count, const struct repeat_reader *reader);

#endif
