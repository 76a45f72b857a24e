/* Names by which people ask, compared as people write them: case, and what stands between words (blanks,
 * hyphens, dots, colons, nothing at all), do not count; nor does an s at the end of a word, nor the order of
 * words. */
#ifndef MAILWHY_KNOWN_NAME_H
#define MAILWHY_KNOWN_NAME_H

#include "parsers/base/slice.h"

/* "Auto Reply", "auto-replys" and "autoreply" are the same. */
bool name_agrees(struct slice one, struct slice other);

/* Is it one of them? The list ends with NULL; NULL: no. */
bool name_among(struct slice word, const char *const *names);

/* How many words the name has, where they stand in the text one after the other; 0: they do not. */
size_t name_within(struct slice text, struct slice name);

/* How many words of the text (of three letters and more, and no mere "the", "not" or "mail") stand in the
 * name. */
size_t name_shares(struct slice text, struct slice name);

#endif
