/* Whole inputs in memory, decompressed. */
#ifndef MAILWHY_INPUT_H
#define MAILWHY_INPUT_H

#include "parsers/base/slice.h"

/* A compressed input is read until it gives more than LIMIT_BOMB_BYTES and expands more than
 * LIMIT_BOMB_RATIO times: real mail and logs stay far below that, bombs do not. */
#define LIMIT_BOMB_BYTES ((size_t)32 << 20)
#define LIMIT_BOMB_RATIO 250

/* One message is at most this large; the rest of it is not read. */
#define LIMIT_INPUT_BYTES ((size_t)2000 << 20)

struct input {
    struct slice bytes;
    const char *damage; /* what cut the input short; NULL when it was read whole (static text) */
    void *mapped;       /* owned: an mmap of mapped_len bytes, or malloc when mapped_len is 0 */
    size_t mapped_len;
};

/* Read `path` ("-": standard input), decompressing gzip, zstd, xz and bzip2 by their magic.
 * Returns 0, or an errno when it cannot be opened or read at all. */
int input_open(struct input *input, const char *path);
void input_close(struct input *input);

#endif
