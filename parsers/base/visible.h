/* What of a text from outside can be seen. The one place that knows, by Unicode property, which characters
 * show nothing or turn the text around them, and how a reader is told that they are there.
 *
 * Unseen are: controls (Cc), format characters (Cf: bidirectional controls, zero width, soft hyphens, tags),
 * the separators of lines and paragraphs (Zl, Zp), private use (Co), what this Unicode does not assign and
 * what is no character (Cn), and fillers, which have another property but no ink. As nothing is dropped
 * without a word, they are shown by their number: <U+202E>. Of a run of them the first VISIBLE_RUN are, and
 * then how many follow: <+9>. Combining marks are seen, but at most VISIBLE_MARKS on one character, and none
 * without one. */
#ifndef MAILWHY_VISIBLE_H
#define MAILWHY_VISIBLE_H

#include "parsers/base/arena.h"

#include <stdint.h>

#define VISIBLE_RUN   4
#define VISIBLE_MARKS 4

bool character_is_unseen(uint32_t c);

/* One character from `s`, which is not empty: its length in bytes, and in *c what it is; U+FFFD and one byte
 * where there is none. */
size_t character_next(struct slice s, uint32_t *c);

enum visible_form {
    VISIBLE_LINE, /* every white space is a blank */
    VISIBLE_TEXT  /* tabs, ends of lines and other blanks stay as they are */
};

/* As valid UTF-8 without anything unseen; `s` itself where it is already so. */
struct slice text_visible(struct arena *arena, struct slice s, enum visible_form form);

/* `s` without what is unseen, for comparing; `s` itself where all is seen. Bytes that are not UTF-8 stay. */
struct slice text_seen(struct arena *arena, struct slice s);

#endif
