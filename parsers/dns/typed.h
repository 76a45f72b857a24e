/* Records that came through an editor of texts, or a form: what it made of plain characters. */
#ifndef MAILWHY_TYPED_H
#define MAILWHY_TYPED_H

#include "parsers/base/arena.h"

/* With plain quotation marks, dashes, blanks, semicolons and letters in the place of typographic ones, of
 * wide ones and of those of Greek and Cyrillic that look the same, and without characters that have no width.
 * Where there is none of them it is `text` itself. For texts that are ASCII by their format. */
struct slice text_as_typed(struct slice text, struct arena *arena);

#endif
