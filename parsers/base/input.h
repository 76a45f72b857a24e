/* Whole inputs in memory, decompressed. */
#ifndef MAILWHY_INPUT_H
#define MAILWHY_INPUT_H

#include "parsers/base/slice.h"

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
