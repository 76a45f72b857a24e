/* Encoded words (RFC 2047) are counted before a decoder sees them: GMime walks through the rest of a field
 * for each one that does not end. */
#ifndef MAILWHY_ENCODED_WORDS_H
#define MAILWHY_ENCODED_WORDS_H

#include "parsers/base/slice.h"

#define LIMIT_ENCODED_WORDS 10000 /* of one field */
#define LIMIT_BROKEN_WORDS  32    /* of these, without an end */
#define LIMIT_WORD          512   /* bytes within which a word must end (RFC 2047 section 2 allows 75) */

/* How much of a field's value may be decoded: all of it, or what stands before the first word beyond a limit.
 * Words of the last LIMIT_WORD bytes of that may have lost their end to the cut: some more without an end
 * than the limit says. */
size_t encoded_words_within(struct slice value);

#endif
