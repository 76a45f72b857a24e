/* gzip, zstd, xz and bzip2, found out by their magic, expanded in memory within limits. */
#ifndef MAILWHY_DECOMPRESS_H
#define MAILWHY_DECOMPRESS_H

#include "parsers/base/slice.h"

/* A compressed input is read until it gives more than LIMIT_BOMB_BYTES and expands more than
 * LIMIT_BOMB_RATIO times: real mail and logs stay far below that, bombs do not. */
#define LIMIT_BOMB_BYTES ((size_t)32 << 20)
#define LIMIT_BOMB_RATIO 250

/* One message is at most this large, expanded or as it is; the rest of it is not read. */
#define LIMIT_INPUT_BYTES ((size_t)2000 << 20)

bool is_compressed(struct slice bytes);

/* Expand `bytes` (several members in a row too) into *plain, which is allocated with g_malloc.
 * What could be read is given even when the data is damaged; the result says what was wrong
 * (static text), or is NULL. */
const char *decompress(struct slice bytes, struct slice *plain);

/* The same piece by piece, for what is larger than memory. */
struct expander;
struct expander *expander_new(struct slice start); /* NULL: it does not begin as compressed data does */
struct expander *expander_new_deflate(void);       /* RFC 1951, without anything around it */
void expander_free(struct expander *expander);

/* Move bytes from *in to `out`; returns how many were written. *damage (static text) is set when the data
 * is damaged or a bomb; when `is_all` (no more input will come) and nothing is written, it has ended. */
size_t expander_step(struct expander *expander, struct slice *in, bool is_all, void *out, size_t room,
                     const char **damage);

#endif
