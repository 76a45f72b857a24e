/* Whole inputs in memory, decompressed. They are read, not mapped: a file that another program cuts while it
 * is read gives what there was of it. */
#ifndef MAILWHY_INPUT_H
#define MAILWHY_INPUT_H

#include "parsers/base/slice.h"

struct input {
    struct slice bytes;
    const char *damage; /* what cut the input short; NULL when it was read whole (static text) */
    char *owned;        /* the bytes, from malloc */
};

/* Read `path` ("-": standard input), decompressing gzip, zstd, xz and bzip2 by their magic.
 * Returns 0, or an errno when it cannot be opened or read at all. A device or FIFO is read to its end, and
 * waited for, as by any other program. */
int input_open(struct input *input, const char *path);

/* The same of a file of settings, which is no input: EFBIG where it holds more than `most` bytes, as it is or
 * expanded. */
int input_open_small(struct input *input, const char *path, size_t most);

/* The same of a file that was found in a folder (folder.h): `folder` is how many bytes of `path` name the
 * folder; 0: it was named itself. */
int input_open_found(struct input *input, const char *path, size_t folder);

/* The same of what is open already: from where it stands. `is_opened_here`: from its beginning, so that its
 * size tells whether all of it came. The descriptor stays open. */
int input_read(struct input *input, int fd, bool is_opened_here);

/* The same in two steps: the bytes as they are, and what they are compressed. Who may not trust them does the
 * second in a sandbox. */
int input_read_raw(struct input *input, int fd, bool is_opened_here);
void input_expand(struct input *input);

void input_close(struct input *input);
void input_forget(struct input *input); /* the same, and nothing of its bytes stays in memory */

/* Open `path` for reading, found or named as above: a descriptor, for "-" a copy of standard input's; or -1
 * with errno. A folder is refused with EISDIR. */
int input_descriptor(const char *path, size_t folder);

#endif
