/* Received fields (RFC 5321 section 4.4, and what mail systems really write). */
#ifndef MAILWHY_RECEIVED_H
#define MAILWHY_RECEIVED_H

#include "parsers/facts.h"

/* Read one field; `value` is its body, unfolded and clean, and slices in `hop` point into it.
 * Returns false when it names no host, no address and no local origin: the time and the text of the hop
 * are filled in all the same. */
bool received_parse(struct slice value, struct arena *arena, struct hop *hop);

#endif
