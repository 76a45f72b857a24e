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

/* Is it one that the world's name servers know nothing of, and are not to hear of? Internal names, those
 * below a label that is no top domain (as .test and .alt), .onion, addresses in the place of a domain, and
 * names that begin with an address of a private network, as it is written or reversed (RFC 6303). */
bool host_is_private(struct slice host);

/* Is it a top domain, or another below which anybody may register a name: co.uk? */
bool host_is_registry(struct slice host);

#endif
