/* Which organisation a host's name belongs to, by the public suffix list (libpsl). */
#ifndef MAILWHY_ORGANISATION_H
#define MAILWHY_ORGANISATION_H

#include "parsers/base/arena.h"

/* The organisational domain in lower case (RFC 7489 section 3.2): example.co.uk of mail.example.co.uk.
 * Empty for addresses and for names without a dot. */
struct slice organisation_of(struct arena *arena, struct slice host);

/* Is there one? */
bool organisation_is_known(struct slice host);

/* Do both hosts belong to one? The list is asked only where the names end in the same two labels: it takes
 * longer to search than all else that is asked about a host. */
bool organisation_is_same(struct slice host, struct slice other);

/* Is it a name that only means something inside a network: localhost, a name without a dot, .local, … */
bool host_is_internal(struct slice host);

#endif
