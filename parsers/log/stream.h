/* The text of a file of logs, or of a file inside an archive, from its beginning to its end: expanded where
 * it is compressed, in UTF-8 where it is UTF-16. */
#ifndef MAILWHY_LOG_STREAM_H
#define MAILWHY_LOG_STREAM_H

#include "parsers/base/decompress.h"
#include "parsers/base/utf16.h"

#include <stdint.h>

/* What of a file is read: all of it, or a file that an archive has inside. */
enum part_kind { PART_ALL, PART_OF_TAR, PART_STORED, PART_DEFLATED };
struct stream_part {
    enum part_kind kind;
    uint64_t offset, size; /* where its bytes stand: of tar, in the archive's expanded bytes */
    int64_t written;       /* when it was last written, as the archive says */
};

/* One step of the way from bytes to text: it reads what is below it. */
struct layer {
    size_t (*read)(struct layer *layer, char *out, size_t room, const char **damage);
    struct layer *below;
    struct expander *expander;
    enum utf16 order;
    char *in; /* bytes that were read from below, of which `left` is not used yet */
    struct slice left;
    bool is_all, has_begun;
    int fd;
    uint64_t skip, most; /* bytes that are left to be passed over, and to be read behind them */
    uint64_t taken;
    int64_t
        at; /* where the next bytes stand: several streams may read one descriptor; -1: only read in order */
};

#define MOST_LAYERS 5

struct stream {
    struct layer layers[MOST_LAYERS];
    unsigned count;
};

extern const char stream_unread[]; /* the damage of what could not be read */

/* The descriptor, or the bytes where it is negative, must stand as long as the stream is read; neither is
 * closed. A file is read from where its descriptor is, which stays there. */
void stream_open(struct stream *stream, int fd, struct slice bytes, const struct stream_part *part);
void stream_close(struct stream *stream);

/* Up to `room` bytes, of which there must be 64 or more; 0 at the end. *damage is static text. */
size_t stream_read(struct stream *stream, char *out, size_t room, const char **damage);

/* Up to `most` bytes of the text. */
size_t stream_fill(struct stream *stream, char *out, size_t most, const char **damage);

uint64_t stream_taken(const struct stream *stream); /* bytes of the file that were read so far */

#endif
