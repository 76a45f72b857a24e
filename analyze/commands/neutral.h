/* A reply's words without what tells whose mail it was: for examples that are sent to others. */
#ifndef MAILWHY_NEUTRAL_H
#define MAILWHY_NEUTRAL_H

#include "parsers/base/arena.h"

/* Addresses become user@example.org, IP addresses 192.0.2.1 and 2001:db8::1 (RFC 5737, RFC 3849), `own` and
 * names below it example.com, `other` example.org (RFC 2606). Either may be empty. */
struct slice neutral_words(struct arena *arena, struct slice words, struct slice own, struct slice other);

/* A pattern that matches such words, with gaps for what varies: addresses, IP addresses, the names above,
 * ids. `letters`: how many it holds to. To be freed. */
char *neutral_pattern(struct slice words, size_t *letters);

#endif
