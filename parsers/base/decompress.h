/* gzip, zstd, xz and bzip2, found out by their magic, expanded in memory within limits. */
#ifndef MAILWHY_DECOMPRESS_H
#define MAILWHY_DECOMPRESS_H

#include "parsers/base/slice.h"

bool is_compressed(struct slice bytes);

/* Expand `bytes` (several members in a row too) into *plain, which is allocated with g_malloc.
 * What could be read is given even when the data is damaged; the result says what was wrong
 * (static text), or is NULL. */
const char *decompress(struct slice bytes, struct slice *plain);

#endif
