/* The text of a file of logs, cut into chunks of whole lines, or of whole records where these are of several
 * lines. */
#ifndef MAILWHY_LOG_CUTTER_H
#define MAILWHY_LOG_CUTTER_H

#include "parsers/log/stream.h"

#define CHUNK_BYTES ((size_t)1 << 20)

struct log_chunk {
    char *buffer; /* of CHUNK_BYTES, owned */
    struct slice bytes;
    struct slice header; /* the first lines of the file; stands until the source is freed */
    unsigned file;       /* its place among the paths, in whatever order they are read */
    int64_t now;         /* when the file was last written */
    bool is_cut;         /* a line longer than the chunk was cut */
};

struct cutter { /* all zero but for its stream, which is open, before its first chunk */
    struct stream stream;
    char *carry; /* what stands behind the last whole line or record */
    size_t carried;
    bool is_skipping; /* the rest of a line that was too long */
    uint64_t to_skip; /* bytes of a field that was too long */
    char *header;     /* the first lines, which stay their taker's */
    size_t header_len;
};

/* Sets bytes, header and is_cut of the chunk. Returns how many bytes of text were read; *is_all: it is the
 * last one, which may be empty. *damage is static text. */
size_t cutter_next(struct cutter *cutter, struct log_chunk *chunk, bool *is_all, const char **damage);

/* Closes the stream too. */
void cutter_end(struct cutter *cutter);

#endif
