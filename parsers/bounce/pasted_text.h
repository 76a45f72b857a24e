/* What was pasted, as a person reads it. */
#ifndef MAILWHY_PASTED_TEXT_H
#define MAILWHY_PASTED_TEXT_H

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* The text without tags and references of HTML, where it holds any, or without the marks of a mail program
 * that quoted it. */
struct slice pasted_text(struct slice text, struct arena *arena);

#endif
