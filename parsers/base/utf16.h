/* UTF-16 (RFC 2781), as Windows and PowerShell write texts. */
#ifndef MAILWHY_UTF16_H
#define MAILWHY_UTF16_H

#include "parsers/base/slice.h"

enum utf16 { UTF16_NOT, UTF16_LITTLE, UTF16_BIG };

/* Does a text begin so? By its byte order mark, or because every other byte is zero, as in a text of ASCII.
 */
enum utf16 utf16_find(struct slice start);

/* Move units from `in` to `out` as UTF-8, without byte order marks; what is no character becomes U+FFFD.
 * Returns how many bytes were written; a pair that is cut stays in `in`, until `is_all`: nothing follows. */
size_t utf16_expand(enum utf16 order, struct slice *in, bool is_all, char *out, size_t room);

#endif
