/* A header, or a piece of one, that somebody pasted: alone, or behind words of their own ("it lands in the
 * junk folder, here is the header"). */
#ifndef MAILWHY_PASTED_HEADER_H
#define MAILWHY_PASTED_HEADER_H

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* Where the fields begin that servers wrote; text.len: there are none, or a reply or a line that announces a
 * copy stands before them, so that the text is about a refusal. Linear. */
size_t pasted_header_at(struct slice text, struct arena *arena);

/* What Gmail's page "Show original" prints in the place of fields (SPF: PASS with IP …, DKIM: 'PASS' with
 * domain …), as a header with the same in Authentication-Results; empty: the text is none. */
struct slice pasted_shown_original(struct slice text, struct arena *arena);

#endif
