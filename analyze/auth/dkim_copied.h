/* The fields as they were when they were signed, where the signature kept copies of them (z=: RFC 6376
 * section 3.5). They are no proof by themselves: with one in its place the signature must hold. */
#ifndef MAILWHY_DKIM_COPIED_H
#define MAILWHY_DKIM_COPIED_H

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* The first copy of a field of that name in the value of a DKIM-Signature field, decoded; a NULL address:
 * none. */
struct slice dkim_copied(struct slice signature, struct slice name, struct arena *arena);

#endif
