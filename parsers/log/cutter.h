/* The text of a file of logs, cut into chunks of whole lines, or of whole records where these are of several
 * lines. A file whose newest line stands first is cut from its end on. */
#ifndef MAILWHY_LOG_CUTTER_H
#define MAILWHY_LOG_CUTTER_H

#include "parsers/log/stream.h"

#define CHUNK_BYTES ((size_t)1 << 20)

struct log_chunk {
    char *buffer; /* of CHUNK_BYTES, owned */
    struct slice bytes;
    struct slice header;  /* the first lines of the file; stands until the source is freed */
    unsigned file;        /* its place among the paths, in whatever order they are read */
    int64_t now;          /* when the file was last written */
    bool is_cut;          /* a line longer than the chunk was cut */
    bool is_newest_first; /* the file is read from its end on */
    uint64_t first_line;  /* of such a file: how many lines stand before the chunk */
};

struct cutter { /* all zero but for its stream, which is open, before its first chunk */
    struct stream stream;
    char *carry; /* what stands behind the last whole line or record */
    size_t carried;
    bool is_skipping; /* the rest of a line that was too long */
    uint64_t to_skip; /* bytes of a field that was too long */
    char *header;     /* the first lines, which stay their taker's */
    size_t header_len;
    int fd;         /* of a file that is read from its end on */
    uint64_t ahead; /* its bytes that were not read yet; 0: another file */
    uint64_t lines; /* that stand in these */
};

/* Sets bytes, header and is_cut of the chunk. Returns how many bytes of text were read; *is_all: it is the
 * last one, which may be empty. *damage is static text. */
size_t cutter_next(struct cutter *cutter, struct log_chunk *chunk, bool *is_all, const char **damage);

struct log_input;

/* The time of the oldest line of a file of more than CHUNK_BYTES that begins with `start` and, by that, with
 * its newest line, of the time `newest`; -1: its end does not say so, or it is no plain text of lines. */
int64_t cutter_oldest(int fd, uint64_t size, const struct log_input *start, int64_t newest);

/* From now on the chunks are those of this file of `size` bytes, the last one first. It must be plain text,
 * of lines, and stands open until the cutter ends. */
void cutter_turn(struct cutter *cutter, int fd, uint64_t size);

/* Closes the stream too. */
void cutter_end(struct cutter *cutter);

#endif
