/* Records that came through an editor of texts, or a form: what it made of plain characters. */
#ifndef MAILWHY_TYPED_H
#define MAILWHY_TYPED_H

#include "parsers/base/arena.h"

/* With plain quotation marks, dashes and blanks in the place of typographic ones (U+00AB, U+00BB, U+2018 to
 * U+201F, U+2010 to U+2015, U+2212, U+00A0), and without U+FEFF and U+200B to U+200F. Where there is none of
 * them it is `text` itself. */
struct slice text_as_typed(struct slice text, struct arena *arena);

#endif
