/* The first file of a zip archive in memory (PKWARE's APPNOTE 6.3.9): as receivers send their reports. */
#ifndef MAILWHY_ZIP_H
#define MAILWHY_ZIP_H

#include "parsers/base/slice.h"

bool zip_begins(struct slice bytes);

/* Expand it into *plain, from g_malloc, up to `most` bytes. Returns what was wrong (static text); NULL:
 * nothing. */
const char *zip_first(struct slice bytes, size_t most, struct slice *plain);

#endif
