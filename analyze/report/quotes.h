/* Marks of quotation in the scripts of the world, written as ASCII has them. */
#ifndef MAILWHY_QUOTES_H
#define MAILWHY_QUOTES_H

#include "parsers/base/arena.h"

/* The text itself where it has none. */
struct slice quotes_plain(struct slice text, struct arena *arena);

#endif
